package dev.redistill.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that arrive in pieces, in heaps, or that are large. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class WireIT {
  private static final List<String> REQUESTS =
      List.of(
          Wire.request("PING"),
          Wire.request("SET", "k", "value"),
          Wire.request("GET", "k"),
          Wire.request("MSET", "a", "1", "b", "\r\n", "c", ""),
          Wire.request("MGET", "a", "b", "c", "none"),
          Wire.request("INCRBY", "n", "-17"),
          Wire.request("FOO", "a\r\nb", "c"),
          Wire.request("SET", "k"),
          Wire.request("ECHO", "x".repeat(200)),
          "PING\r\n",
          "PING hi\n",
          "SET k \"a b\\x00\"\r\n",
          "\r\n\r\nGET k\r\n",
          "*0\r\n*-1\r\nPING\r\n",
          Wire.request("MULTI") + Wire.request("INCR", "n") + Wire.request("EXEC"),
          "PING\r\n" + Wire.request("GET", "k") + "ECHO 'x'\r\n" + Wire.request("DEL", "k", "n"),
          Wire.request("HELLO", "2").toLowerCase(java.util.Locale.ROOT) + Wire.request("RESET"));

  @ParameterizedTest
  @EnumSource
  void aRequestCutAnywhereGetsTheSameReply(Target target) throws Exception {
    try (ServerProcess server = target.start()) {
      for (String request : REQUESTS) {
        List<String> whole = ask(server, List.of(request));
        for (int cut = 1; cut < request.length(); cut++) {
          List<String> cutUp = List.of(request.substring(0, cut), request.substring(cut));
          assertThat(ask(server, cutUp))
              .as("%s cut at %d", Wire.escape(request), cut)
              .isEqualTo(whole);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRequestOfSingleBytesGetsTheSameReply(Target target) throws Exception {
    try (ServerProcess server = target.start()) {
      for (String request : REQUESTS) {
        List<String> bytes = request.chars().mapToObj(c -> Character.toString((char) c)).toList();
        assertThat(ask(server, bytes))
            .as(Wire.escape(request))
            .isEqualTo(ask(server, List.of(request)));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void aStreamOfRequestsCutAtRandomGetsTheSameReplies(long seed) throws Exception {
    Random random = new Random(seed);
    StringBuilder stream = new StringBuilder();
    for (int i = 0; i < 3_000; i++) {
      stream.append(REQUESTS.get(random.nextInt(REQUESTS.size())));
      stream.append(Wire.request("SET", "r" + i, "v".repeat(random.nextInt(3_000))));
    }
    List<String> pieces = new ArrayList<>();
    for (int at = 0; at < stream.length(); ) {
      int end = Math.min(stream.length(), at + 1 + random.nextInt(20_000));
      pieces.add(stream.substring(at, end));
      at = end;
    }
    try (ServerProcess redis = Target.REDIS.start();
        ServerProcess ours = Target.REDISTILL.start()) {
      assertThat(concurrently(ours, pieces))
          .as("seed %d", seed)
          .isEqualTo(concurrently(redis, pieces));
    }
  }

  @ParameterizedTest
  @CsvSource({"REDIS,1", "REDISTILL,1", "REDIS,64", "REDISTILL,64"})
  void largeValues(Target target, int megabytes) throws Exception {
    String value = "0123456789abcdef".repeat(megabytes << 16);
    try (ServerProcess server = target.start();
        RawClient client = server.connect()) {
      assertThat(client.call("SET", "k", value)).isEqualTo("+OK\r\n");
      assertThat(client.integer("STRLEN", "k")).isEqualTo(value.length());
      assertThat(client.call("GET", "k").equals(Wire.bulk(value))).isTrue();
      assertThat(client.integer("APPEND", "k", "tail")).isEqualTo(value.length() + 4);
      assertThat(client.call("GETRANGE", "k", "-6", "-1")).isEqualTo(Wire.bulk("eftail"));
      assertThat(client.call("ECHO", value).equals(Wire.bulk(value))).isTrue();
      assertThat(client.call("PING")).isEqualTo("+PONG\r\n");
    }
  }

  @ParameterizedTest
  @CsvSource({"REDIS,3", "REDISTILL,3", "REDIS,200", "REDISTILL,200"})
  void aClientMayWriteAllBeforeItReads(Target target, int keyLength) throws Exception {
    int requests = 100_000;
    String key = "k".repeat(keyLength);
    String value = "v".repeat(1024);
    try (ServerProcess server = target.start();
        RawClient client = server.connect();
        RawClient other = server.connect()) {
      client.call("SET", key, value);

      client.send(Wire.request("GET", key).repeat(requests));
      assertThat(other.call("PING")).isEqualTo("+PONG\r\n");

      for (int i = 0; i < requests; i++) {
        assertThat(client.read().equals(Wire.bulk(value))).isTrue();
      }
    }
  }

  /** Sends the pieces with a pause between them and returns all replies. */
  private static List<String> ask(ServerProcess server, List<String> pieces) throws Exception {
    try (RawClient client = server.connect()) {
      client.call("FLUSHALL");
      for (String piece : pieces) {
        client.send(piece);
        if (pieces.size() > 1) {
          Thread.sleep(0, 500_000);
        }
      }
      client.send(Wire.request("ECHO", "the end"));
      return replies(client);
    }
  }

  private static List<String> concurrently(ServerProcess server, List<String> pieces)
      throws Exception {
    try (RawClient client = server.connect()) {
      Thread writer =
          Thread.ofPlatform()
              .start(() -> {
                try {
                  for (String piece : pieces) {
                    client.send(piece);
                  }
                  client.send(Wire.request("ECHO", "the end"));
                } catch (IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              });
      List<String> replies = replies(client);
      writer.join();
      return replies.stream().filter(reply -> !reply.contains("version")).toList();
    }
  }

  private static List<String> replies(RawClient client) throws IOException {
    List<String> replies = new ArrayList<>();
    for (String reply = client.read(); !reply.equals(Wire.bulk("the end")); reply = client.read()) {
      replies.add(reply.replaceAll("id\r\n:\\d+", "id"));
    }
    return replies;
  }
}
