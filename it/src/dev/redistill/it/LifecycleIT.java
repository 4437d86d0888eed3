package dev.redistill.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The server as a process: how it starts, what it says, how it ends. */
final class LifecycleIT {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"TERM", "INT"})
  void asksToStop_endsWithZero(String signal) throws Exception {
    try (ServerProcess server = ServerProcess.redistill("--loglevel", "notice");
        RawClient client = server.connect()) {
      client.call("SET", "k", "v");

      new Program("kill", "-" + signal, "" + server.process().pid()).run();

      assertThat(server.process().waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(server.process().exitValue()).isZero();
      assertThat(server.log()).contains("Ready to accept connections tcp");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REDIS", "REDISTILL"})
  void shutdown_endsWithZeroAndWithoutReply(Target target) throws Exception {
    try (ServerProcess server = target.start("--loglevel", "notice");
        RawClient client = server.connect()) {
      client.send(Wire.request("SHUTDOWN", "NOSAVE"));

      assertThat(client.observeEnd(20_000)).isEqualTo("(closed)");
      assertThat(server.process().waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(server.process().exitValue()).isZero();
    }
  }

  @Test
  void theCommandInHandIsFinished() throws Exception {
    int requests = 20_000;
    try (ServerProcess server = ServerProcess.redistill("--loglevel", "notice");
        RawClient client = server.connect()) {
      client.send(Wire.request("INCR", "n").repeat(requests));
      assertThat(client.read()).isEqualTo(":1\r\n");

      new Program("kill", "-TERM", "" + server.process().pid()).run();

      int complete = 1;
      String next = client.observe(20_000);
      for (; next.startsWith(":") && next.endsWith("\r\n"); next = client.observe(20_000)) {
        complete++;
        assertThat(next).isEqualTo(":" + complete + "\r\n");
      }
      assertThat(next).as("no reply is cut in two").isEqualTo("(closed)");
      assertThat(server.process().waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(server.process().exitValue()).isZero();
    }
  }

  @Test
  void logLinesHaveTheFormOfRedis() throws Exception {
    try (ServerProcess server = ServerProcess.redistill("--loglevel", "notice")) {
      assertThat(server.awaitLog("Ready to accept connections tcp"))
          .matches("\\d+:M \\d\\d \\w{3} \\d{4} \\d\\d:\\d\\d:\\d\\d\\.\\d{3} \\* Ready .*");
    }
  }

  @Test
  void aPortThatIsTaken_oneLineAndOne() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Program.Result result = start("--port", "" + taken.getLocalPort(), "--bind", "127.0.0.1");

      assertThat(result.exit()).isEqualTo(1);
      assertThat((result.out() + result.err()).lines().filter(line -> line.contains(" # ")))
          .singleElement()
          .asString()
          .contains(Integer.toString(taken.getLocalPort()));
    }
  }

  @Test
  void aBadConfiguration_everyProblemWithItsLineAndOne() throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("bad.conf"),
            """
            # fine
            port abc
            databases 16
            nosuchdirective 1
            maxmemory 12xb
            """);

    Program.Result result = start(file.toString());

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.out() + result.err())
        .containsPattern("line 2\\b.*\n.*port abc")
        .containsPattern("line 4\\b.*\n.*nosuchdirective 1")
        .containsPattern("line 5\\b.*\n.*maxmemory 12xb")
        .doesNotContain("Exception", "\tat ");
  }

  @Test
  void aBadOption_one() throws Exception {
    Program.Result result = start("--nosuchdirective", "1");

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.out() + result.err())
        .contains("nosuchdirective")
        .doesNotContain("Exception", "\tat ");
  }

  @ParameterizedTest
  @EnumSource(names = {"REDIS", "REDISTILL"})
  void aUnixSocketServesAsWell(Target target) throws Exception {
    Path path = directory.resolve("s.sock");
    try (ServerProcess server =
            target.start("--unixsocket", path.toString(), "--unixsocketperm", "700");
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(path));
      channel.write(ByteBuffer.wrap("SET k v\r\nGET k\r\n".getBytes(UTF_8)));
      ByteBuffer reply = ByteBuffer.allocate(100);
      while (reply.position() < "+OK\r\n$1\r\nv\r\n".length()) {
        assertThat(channel.read(reply)).isPositive();
      }

      assertThat(new String(reply.array(), 0, reply.position(), UTF_8))
          .isEqualTo("+OK\r\n$1\r\nv\r\n");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
          .isEqualTo("rwx------");
      assertThat(server.process().isAlive()).isTrue();
    }
    assertThat(path).doesNotExist();
  }

  @Test
  void aConfigurationFileInTheFormOfRedis() throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("redis.conf"),
            """
            # comment
            databases 4
            requirepass "my secret"
            timeout 0
            """);
    try (ServerProcess server = ServerProcess.redistill(file.toString());
        RawClient client = server.connect()) {
      assertThat(client.call("PING")).isEqualTo("-NOAUTH Authentication required.\r\n");
      assertThat(client.call("AUTH", "my secret")).isEqualTo("+OK\r\n");
      assertThat(client.call("SELECT", "4")).isEqualTo("-ERR DB index is out of range\r\n");
      assertThat(client.call("SELECT", "3")).isEqualTo("+OK\r\n");
    }
  }

  @Test
  void redisServerIsAnotherNameForIt() throws Exception {
    Program.Result result =
        new Program(ServerProcess.home().resolve("bin/redis-server").toString(), "--version").run();

    assertThat(result.exit()).isZero();
    assertThat(result.out()).containsIgnoringCase("redistill");
  }

  @Test
  void theSampleConfigurationWorksAsItIs() throws Exception {
    Path sample = ServerProcess.home().resolve("conf/redistill.conf");
    try (ServerProcess server = ServerProcess.redistill(sample.toString());
        RawClient client = server.connect()) {
      assertThat(client.call("PING")).isEqualTo("+PONG\r\n");
    }
  }

  private Program.Result start(String... arguments) throws IOException, InterruptedException {
    String[] command = new String[arguments.length + 1];
    command[0] = ServerProcess.launcher().toString();
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    return new Program(command).in(directory).run();
  }
}
