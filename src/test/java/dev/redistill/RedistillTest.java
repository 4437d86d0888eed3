package dev.redistill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;

/** The server inside another program, as its tests use it. */
@Timeout(60)
final class RedistillTest {

  private static RedisClient connect(Redistill server) {
    return RedisClient.create("127.0.0.1", server.port());
  }

  @Test
  void severalServers_inOneJvm_haveKeysOfTheirOwn() {
    try (Redistill one = Redistill.start(0);
        Redistill two = Redistill.start(0);
        RedisClient first = connect(one);
        RedisClient second = connect(two)) {
      assertThat(one.port()).isNotEqualTo(two.port());
      assertThat(first.set("key", "value")).isEqualTo("OK");
      assertThat(first.get("key")).isEqualTo("value");
      assertThat(second.get("key")).isNull();
    }
  }

  @Test
  void close_endsConnections_andFreesThePort() {
    Redistill server = Redistill.start(0);
    int port = server.port();
    try (RedisClient client = connect(server)) {
      assertThat(client.set("key", "value")).isEqualTo("OK");
      server.close();
      assertThatThrownBy(() -> client.get("key")).isInstanceOf(JedisException.class);
    }
    server.close();
    try (Redistill next = Redistill.start(port);
        RedisClient client = connect(next)) {
      assertThat(client.get("key")).as("a new server is empty").isNull();
    }
  }

  @Test
  void settings_areThoseOfTheConfiguration() {
    try (Redistill server = Redistill.start(0, Map.of("requirepass", "secret"));
        RedisClient client = connect(server)) {
      assertThatThrownBy(() -> client.get("key")).hasMessageContaining("NOAUTH");
    }
    assertThatThrownBy(() -> Redistill.start(0, Map.of("databases", "none")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("databases");
  }

  @Test
  void aDirectory_keepsKeysFromOneServerToTheNext(@TempDir Path directory) {
    Map<String, String> settings = Map.of("dir", directory.toString(), "save", "3600 1");
    try (Redistill server = Redistill.start(0, settings);
        RedisClient client = connect(server)) {
      assertThat(client.set("key", "value")).isEqualTo("OK");
    }
    assertThat(directory.resolve("dump.rdb")).exists();
    try (Redistill server = Redistill.start(0, settings);
        RedisClient client = connect(server)) {
      assertThat(client.get("key")).isEqualTo("value");
    }
  }

  @Test
  void aFileThatCannotBeLoaded_isTold_andNothingIsLeftRunning(@TempDir Path directory)
      throws IOException {
    Files.writeString(directory.resolve("dump.rdb"), "no snapshot");
    assertThatThrownBy(() -> Redistill.start(0, Map.of("dir", directory.toString())))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("dump.rdb");
    assertThat(Files.readString(directory.resolve("dump.rdb"))).isEqualTo("no snapshot");
  }

  @Test
  void aPortThatIsTaken_isTold() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> Redistill.start(taken.getLocalPort()))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining(Integer.toString(taken.getLocalPort()));
    }
  }
}
