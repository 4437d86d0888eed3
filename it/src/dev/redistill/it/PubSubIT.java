package dev.redistill.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Publish and subscribe under load: nothing lost, nothing torn, nobody held up. */
@Timeout(180)
final class PubSubIT {
  private static final Pattern NUMBER = Pattern.compile("\\$\\d+\r\n(\\d+)\r\n$");

  /** Publishes numbered messages in pipelines and reads all replies. */
  private static long publish(ServerProcess server, Listeners listeners, long count, int pipeline)
      throws IOException {
    long begin = System.nanoTime();
    try (RawClient publisher = server.connect()) {
      for (long sent = 0; sent < count; sent += pipeline) {
        StringBuilder requests = new StringBuilder();
        for (int i = 0; i < pipeline; i++) {
          requests.append(listeners.publish(sent + i));
        }
        publisher.send(requests.toString());
        for (int i = 0; i < pipeline; i++) {
          assertThat(publisher.read()).startsWith(":");
        }
      }
    }
    return System.nanoTime() - begin;
  }

  private static void measure(
      Target target, ServerProcess server, Listeners listeners, long count, int pipeline)
      throws Exception {
    try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
      long begin = System.nanoTime();
      Future<Long> publishing = threads.submit(() -> publish(server, listeners, count, pipeline));
      listeners.run(Duration.ofMinutes(2));
      long all = System.nanoTime() - begin;
      System.out.printf(
          "%s: %d messages, published in %d ms, all got them after %d ms%n",
          target, count, publishing.get() / 1_000_000, all / 1_000_000);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSubscriberThatNeverReads_isClosedAndTheOthersMissNothing(Target target) throws Exception {
    long count = 50_000;
    try (ServerProcess server = target.start("--client-output-buffer-limit", "pubsub 1mb 0 0");
        RawClient observer = server.connect();
        Listeners listeners = new Listeners(server.port(), 199, count, 150);
        RawClient slow = server.connect()) {
      slow.call("SUBSCRIBE", "c");
      assertThat(observer.integer("PUBLISH", "other", "x")).isZero();

      measure(target, server, listeners, count, 100);

      assertThat(observer.call("PUBSUB", "NUMSUB", "c")).endsWith(":199\r\n");
      assertThat(slow.observeEnd(5_000)).endsWith("(closed)");
      assertThat(observer.call("CLIENT", "LIST", "TYPE", "pubsub")).contains(" omem=0 ");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aMillionMessages_comeInTheirOrder(Target target) throws Exception {
    long count = 1_000_000;
    try (ServerProcess server = target.start();
        Listeners listeners = new Listeners(server.port(), 3, count, 10)) {
      measure(target, server, listeners, count, 500);
    }
  }

  @ParameterizedTest
  @EnumSource
  void messages_doNotTearLargeReplies(Target target) throws Exception {
    String value = "v".repeat(1 << 20);
    try (ServerProcess server = target.start();
        Together together = new Together(server)) {
      try (RawClient setter = server.connect()) {
        setter.call("SET", "k", value);
      }
      together
          .meanwhile(2, (client, number) -> client.call("PUBLISH", "c" + number, "m".repeat(2_000)))
          .add(3, (client, number) -> readBoth(client, value));

      together.run();
    }
  }

  private static void readBoth(RawClient client, String value) throws IOException {
    client.call("HELLO", "3");
    client.call("PSUBSCRIBE", "c*");
    int messages = 0;
    for (int round = 0; round < 20; round++) {
      client.send(Wire.request("GET", "k").repeat(5));
      for (int replies = 0; replies < 5; ) {
        String next = client.read();
        if (next.startsWith(">")) {
          assertThat(next).endsWith("m".repeat(2_000) + "\r\n");
          messages++;
        } else {
          assertThat(next).isEqualTo("$1048576\r\n" + value + "\r\n");
          replies++;
        }
      }
    }
    assertThat(messages).isPositive();
  }

  @ParameterizedTest
  @EnumSource
  void subscribing_beginsAndEndsWithItsConfirmations(Target target) throws Exception {
    try (ServerProcess server = target.start();
        Together together = new Together(server)) {
      Map<Integer, Long> published = new ConcurrentHashMap<>();
      together
          .meanwhile(
              3,
              (client, number) -> {
                long next = published.merge(number, 1L, Long::sum);
                client.call("PUBLISH", "c" + number, Long.toString(next));
              })
          .add(8, (client, number) -> storm(client));

      together.run();

      try (RawClient observer = server.connect()) {
        Thread.sleep(200);
        assertThat(observer.call("PUBSUB", "CHANNELS")).isEqualTo("*0\r\n");
        assertThat(observer.call("PUBSUB", "NUMPAT")).isEqualTo(":0\r\n");
      }
    }
  }

  /** Subscribes and unsubscribes; what comes in between is in order, and nothing comes after. */
  private static void storm(RawClient client) throws IOException {
    Map<String, Long> last = new HashMap<>();
    for (int round = 0; round < 300; round++) {
      String channel = "c" + round % 3;
      client.send(
          Wire.request("SUBSCRIBE", channel)
              + Wire.request("PSUBSCRIBE", "?" + round % 3)
              + Wire.request("PUNSUBSCRIBE", "?" + round % 3)
              + Wire.request("PING")
              + Wire.request("UNSUBSCRIBE", channel));
      List<String> seen = new ArrayList<>();
      for (String next = ""; !next.contains("\r\nunsubscribe\r\n"); ) {
        next = client.read();
        seen.add(next);
      }
      check(seen, last);
    }
  }

  private static void check(List<String> seen, Map<String, Long> last) {
    boolean byPattern = false;
    assertThat(seen.get(0)).contains("\r\nsubscribe\r\n");
    for (String next : seen) {
      byPattern |= next.contains("\r\npsubscribe\r\n");
      byPattern &= !next.contains("\r\npunsubscribe\r\n");
      Matcher number = NUMBER.matcher(next);
      if (next.contains("\r\nmessage\r\n") && number.find()) {
        long value = Long.parseLong(number.group(1));
        String channel = next.split("\r\n", -1)[4];
        assertThat(value).isGreaterThan(last.getOrDefault(channel, 0L));
        last.put(channel, value);
      } else if (next.contains("\r\npmessage\r\n")) {
        assertThat(byPattern).as(next).isTrue();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSubscriberThatLeavesInsideAMessage_isForgotten(Target target) throws Exception {
    String message = "m".repeat(4 << 20);
    try (ServerProcess server = target.start();
        RawClient publisher = server.connect();
        RawClient stays = server.connect()) {
      stays.call("SUBSCRIBE", "c");
      for (int i = 0; i < 5; i++) {
        RawClient leaves = server.connect();
        leaves.call("SUBSCRIBE", "c");
        assertThat(publisher.integer("PUBLISH", "c", message)).isEqualTo(2);
        leaves.close();
        assertThat(stays.read()).endsWith(message + "\r\n");
        awaitSubscribers(publisher, 1);
      }
      assertThat(publisher.integer("PUBLISH", "c", "x")).isEqualTo(1);
    }
  }

  private static void awaitSubscribers(RawClient client, int count) throws Exception {
    for (int i = 0; i < 250; i++) {
      if (client.call("PUBSUB", "NUMSUB", "c").endsWith(":" + count + "\r\n")) {
        return;
      }
      Thread.sleep(20);
    }
    throw new AssertionError(client.call("PUBSUB", "NUMSUB", "c"));
  }

  @ParameterizedTest
  @EnumSource
  void theSoftLimit_closesWhenItLasts(Target target) throws Exception {
    try (ServerProcess server = target.start("--client-output-buffer-limit", "pubsub 0 100kb 2");
        RawClient publisher = server.connect();
        RawClient slow = server.connect()) {
      slow.call("SUBSCRIBE", "c");
      Instant begin = Instant.now();
      while (publisher.integer("PUBLISH", "c", "m".repeat(1 << 18)) == 1) {
        assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(20));
        Thread.sleep(20);
      }

      assertThat(Duration.between(begin, Instant.now())).isGreaterThan(Duration.ofSeconds(2));
    }
  }

  @ParameterizedTest
  @EnumSource
  void theTimeout_doesNotCloseSubscribers(Target target) throws Exception {
    try (ServerProcess server = target.start("--timeout", "1");
        RawClient subscriber = server.connect()) {
      subscriber.call("SUBSCRIBE", "c");
      Thread.sleep(3_500);

      try (RawClient publisher = server.connect()) {
        assertThat(publisher.integer("PUBLISH", "c", "x")).isEqualTo(1);
      }
      assertThat(subscriber.read()).endsWith("$1\r\nx\r\n");
    }
  }

  @ParameterizedTest
  @EnumSource
  void repliesThatNobodyReads_areBoundedIfTheSettingsSaySo(Target target) throws Exception {
    try (ServerProcess server = target.start("--client-output-buffer-limit", "normal 8mb 0 0");
        RawClient busy = server.connect();
        RawClient lazy = server.connect()) {
      busy.call("SET", "k", "v".repeat(1 << 20));
      lazy.send(Wire.request("GET", "k").repeat(50));
      Thread.sleep(500);

      assertThat(lazy.observeEnd(5_000)).endsWith("(closed)");
      assertThat(busy.call("PING")).isEqualTo("+PONG\r\n");
    }
  }
}
