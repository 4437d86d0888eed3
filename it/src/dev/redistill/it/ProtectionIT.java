package dev.redistill.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a server does for those who forget about its password, and for the password itself. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ProtectionIT {
  private static final String SECRET = "never-shown-4711";
  private static final String OK = "+OK\r\n";

  @TempDir private Path directory;

  private static Optional<InetAddress> outerAddress() throws SocketException {
    return Collections.list(NetworkInterface.getNetworkInterfaces()).stream()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
        .findFirst();
  }

  @Test
  void whenThePasswordIsTakenAway_otherMachinesAreDenied() throws Exception {
    Optional<InetAddress> outer = outerAddress();
    assumeTrue(outer.isPresent(), "this machine has no address but those of itself");
    try (ServerProcess server = Target.REDISTILL.start("--requirepass", SECRET);
        RawClient admin = server.connect()) {
      assertThat(admin.call("AUTH", SECRET)).isEqualTo(OK);
      String both = "127.0.0.1 " + outer.get().getHostAddress();
      assertThat(admin.call("CONFIG", "SET", "bind", both)).isEqualTo(OK);
      assertThat(ping(outer.get(), server.port())).startsWith("-NOAUTH");
      assertThat(admin.call("CONFIG", "SET", "requirepass", "")).isEqualTo(OK);
      assertThat(ping(outer.get(), server.port())).startsWith("-DENIED");
      assertThat(admin.call("PING")).isEqualTo("+PONG\r\n");
      assertThat(admin.call("CONFIG", "SET", "protected-mode", "no")).isEqualTo(OK);
      assertThat(ping(outer.get(), server.port())).isEqualTo("+PONG");
    }
  }

  private static String ping(InetAddress address, int port) throws IOException {
    try (Socket socket = new Socket(address, port)) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(Wire.bytes("PING\r\n"));
      StringBuilder line = new StringBuilder();
      for (int c = socket.getInputStream().read(); c >= 0 && c != '\r'; ) {
        line.append((char) c);
        c = socket.getInputStream().read();
      }
      return line.toString();
    }
  }

  @Test
  void aPasswordOfAFile_countsAndIsShownNowhere() throws Exception {
    Path file = Files.writeString(directory.resolve("password"), SECRET + "\n");
    Path log = directory.resolve("log");
    int port = ServerProcess.freePort();
    ProcessBuilder builder =
        new ProcessBuilder(ServerProcess.launcher().toString(), "--port", "" + port, "--save", "")
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("REDISTILL_PASSWORD_FILE", file.toString());
    Process process = builder.start();
    try {
      Eventually.eventually("the server listens", () -> listens(port));
      try (RawClient client = RawClient.connect(port)) {
        assertThat(client.call("INFO")).startsWith("-NOAUTH");
        assertThat(client.call("AUTH", "x" + SECRET)).startsWith("-WRONGPASS");
        assertThat(client.call("AUTH", SECRET)).isEqualTo(OK);
        for (List<String> question :
            List.of(
                List.of("INFO", "everything"),
                List.of("ACL", "LIST"),
                List.of("ACL", "LOG"),
                List.of("SLOWLOG", "GET"),
                List.of("CLIENT", "LIST"))) {
          assertThat(client.call(question.toArray(new String[0])))
              .as(question.toString())
              .doesNotStartWith("-")
              .doesNotContain(SECRET);
        }
      }
      assertThat(Files.readString(Path.of("/proc", "" + process.pid(), "cmdline")))
          .contains("redistill")
          .doesNotContain(SECRET);
      assertThat(Files.readString(log)).isNotEmpty().doesNotContain(SECRET);
    } finally {
      process.destroy();
      assertThat(process.waitFor()).isZero();
    }
  }

  private static boolean listens(int port) {
    try (RawClient client = RawClient.connect(port)) {
      return client.call("PING").startsWith("-NOAUTH");
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void aBrokenFileOfUsers_endsTheStart() throws Exception {
    Path users = Files.writeString(directory.resolve("users"), "user a on >p +nosuchcommand\n");
    Program.Result result =
        new Program(
                ServerProcess.launcher().toString(),
                "--port",
                "" + ServerProcess.freePort(),
                "--aclfile",
                users.toString())
            .run();
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.out() + result.err()).contains("the users cannot be loaded");
  }
}
