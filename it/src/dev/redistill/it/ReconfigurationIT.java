package dev.redistill.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Settings that change while the server runs, where that is more than another value. */
final class ReconfigurationIT {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path directory;

  @ParameterizedTest
  @EnumSource(names = {"REDIS", "REDISTILL"})
  void anotherPort_isListenedOn_andWhoIsConnectedStays(Target target) throws Exception {
    try (ServerProcess server = target.start();
        RawClient client = server.connect()) {
      int other = ServerProcess.freePort();

      assertThat(client.call("CONFIG", "SET", "port", "" + other)).isEqualTo("+OK\r\n");

      try (RawClient there = RawClient.connect(other)) {
        assertThat(there.call("PING")).isEqualTo("+PONG\r\n");
      }
      assertThat(client.call("PING")).isEqualTo("+PONG\r\n");
      assertThatThrownBy(() -> RawClient.connect(server.port()).close())
          .isInstanceOf(IOException.class);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REDIS", "REDISTILL"})
  void anotherAddress_isListenedOn(Target target) throws Exception {
    try (ServerProcess server = target.start();
        RawClient client = server.connect()) {
      assertThat(client.call("CONFIG", "SET", "bind", "127.0.0.2")).isEqualTo("+OK\r\n");

      assertThat(ping("127.0.0.2", server.port())).isEqualTo("PONG\n");
      assertThat(ping("127.0.0.1", server.port())).contains("Could not connect");
      assertThat(client.call("CONFIG", "GET", "bind"))
          .isEqualTo("*2\r\n" + Wire.bulk("bind") + Wire.bulk("127.0.0.2"));
      assertThat(client.call("CONFIG", "SET", "bind", "127.0.0.1")).isEqualTo("+OK\r\n");
      assertThat(ping("127.0.0.1", server.port())).isEqualTo("PONG\n");
    }
  }

  private static String ping(String host, int port) throws IOException, InterruptedException {
    Program.Result result = new Program("redis-cli", "-h", host, "-p", "" + port, "ping").run();
    return result.out() + result.err();
  }

  @ParameterizedTest
  @EnumSource(names = {"REDIS", "REDISTILL"})
  void configRewrite_keepsWhatWasSet_andTheCommentsOfTheFile(Target target) throws Exception {
    String text = "# ours\nmaxclients 200\n# the end of it\ndir %s\n".formatted(directory);
    Path file = Files.writeString(directory.resolve("server.conf"), text);
    try (ServerProcess server = withFile(target, file);
        RawClient client = server.connect()) {
      assertThat(client.call("CONFIG", "SET", "maxclients", "300")).isEqualTo("+OK\r\n");
      assertThat(client.call("CONFIG", "SET", "requirepass", "a secret")).isEqualTo("+OK\r\n");

      assertThat(client.call("CONFIG", "REWRITE")).isEqualTo("+OK\r\n");
    }

    assertThat(Files.readString(file))
        .startsWith("# ours\nmaxclients 300\n# the end of it\n")
        .contains("requirepass \"a secret\"");
    try (ServerProcess server = withFile(target, file);
        RawClient client = server.connect()) {
      assertThat(client.call("AUTH", "a secret")).isEqualTo("+OK\r\n");
      assertThat(client.call("CONFIG", "GET", "maxclients"))
          .isEqualTo("*2\r\n" + Wire.bulk("maxclients") + Wire.bulk("300"));
    }
  }

  @Test
  void configRewrite_withoutAFile_isRefused() throws Exception {
    try (ServerProcess server = ServerProcess.redistill();
        RawClient client = server.connect()) {
      assertThat(client.call("CONFIG", "REWRITE"))
          .isEqualTo("-ERR The server is running without a config file\r\n");
    }
  }

  private static ServerProcess withFile(Target target, Path file) throws IOException {
    return target == Target.REDIS
        ? ServerProcess.redisWithFile(file)
        : ServerProcess.redistill(file.toString());
  }
}
