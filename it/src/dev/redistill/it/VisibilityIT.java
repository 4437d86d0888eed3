package dev.redistill.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nobody sees half of a change that touches several keys. */
final class VisibilityIT {
  private static final int KEYS = 8;
  private static final int ROUNDS = 5_000;
  private static final int VALUE = 60;
  private static final String MISSING = "$-1\r\n";

  @ParameterizedTest
  @EnumSource
  void readersOfSeveralKeysSeeAllOfAnMset(Target target) throws Exception {
    try (ServerProcess server = target.start();
        Together clients = new Together(server)) {
      clients
          .add(3, (client, number) -> write(client, number))
          .meanwhile(3, (client, number) -> assertOneValue(client.call(mget())))
          .meanwhile(2, (client, number) -> assertOneValue(inTransaction(client)));
      clients.run();
    }
  }

  @ParameterizedTest
  @EnumSource
  void whoSawTheNewValueOfOneKeyNeverSeesTheOldOfAnother(Target target) throws Exception {
    try (ServerProcess server = target.start();
        Together clients = new Together(server)) {
      clients
          .add(1, (client, number) -> write(client, 0))
          .meanwhile(4, (client, number) -> assertVersionsRise(client, number));
      clients.run();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aTransactionIsSeenAsOne(Target target) throws Exception {
    try (ServerProcess server = target.start();
        Together clients = new Together(server)) {
      clients
          .add(
              2,
              (client, number) -> {
                for (int i = 0; i < ROUNDS / 2; i++) {
                  sets(client, number + ":" + i);
                }
              })
          .meanwhile(3, (client, number) -> assertOneValue(client.call(mget())))
          .meanwhile(2, (client, number) -> assertOneValue(inTransaction(client)));
      clients.run();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRenamedKeyIsAlwaysThereOnce(Target target) throws Exception {
    try (ServerProcess server = target.start();
        Together clients = new Together(server);
        RawClient first = server.connect()) {
      first.call("SET", "here", "value");
      Set<String> sides =
          Set.of("*2\r\n$5\r\nvalue\r\n" + MISSING, "*2\r\n" + MISSING + "$5\r\nvalue\r\n");

      clients
          .add(
              1,
              (client, number) -> {
                for (int i = 0; i < ROUNDS; i++) {
                  assertThat(client.call("RENAME", "here", "there")).isEqualTo("+OK\r\n");
                  assertThat(client.integer("RENAMENX", "there", "here")).isEqualTo(1);
                }
              })
          .meanwhile(
              2, (client, number) -> assertThat(client.call("MGET", "here", "there")).isIn(sides))
          .meanwhile(
              1,
              (client, number) ->
                  assertThat(client.integer("EXISTS", "here", "there")).isEqualTo(1))
          .meanwhile(1, (client, number) -> assertThat(client.integer("DBSIZE")).isEqualTo(1));
      clients.run();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFlushTakesAllOrNothing(Target target) throws Exception {
    try (ServerProcess server = target.start();
        Together clients = new Together(server)) {
      clients
          .add(1, (client, number) -> write(client, number))
          .meanwhile(
              1, (client, number) -> assertThat(client.call("FLUSHALL")).isEqualTo("+OK\r\n"))
          .meanwhile(3, (client, number) -> assertOneValue(client.call(mget())));
      clients.run();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aDelTakesAllOrNothing(Target target) throws Exception {
    try (ServerProcess server = target.start();
        Together clients = new Together(server)) {
      String[] del = mget();
      del[0] = "DEL";
      clients
          .add(1, (client, number) -> write(client, number))
          .meanwhile(1, (client, number) -> assertThat(client.integer(del)).isIn(0L, (long) KEYS))
          .meanwhile(3, (client, number) -> assertOneValue(client.call(mget())));
      clients.run();
    }
  }

  @ParameterizedTest
  @EnumSource
  void databasesAreSwappedAtOnce(Target target) throws Exception {
    try (ServerProcess server = target.start();
        Together clients = new Together(server);
        RawClient first = server.connect()) {
      msetAll(first, "zero");
      first.call("SELECT", "1");
      msetAll(first, "one");

      clients
          .add(
              1,
              (client, number) -> {
                for (int i = 0; i < ROUNDS / 5; i++) {
                  assertThat(client.call("SWAPDB", "0", "1")).isEqualTo("+OK\r\n");
                }
              })
          .meanwhile(3, (client, number) -> assertOneValue(client.call(mget())))
          .meanwhile(1, (client, number) -> assertThat(client.integer("DBSIZE")).isEqualTo(KEYS));
      clients.run();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aHashIsNeverSeenHalfOverwritten(Target target) throws Exception {
    try (ServerProcess server = target.start();
        Together clients = new Together(server);
        RawClient first = server.connect()) {
      String before = "a".repeat(VALUE);
      first.call("HSET", "hash", "alone", before, "left", before, "right", before);

      clients
          .add(2, (client, number) -> overwrite(client, number))
          .meanwhile(
              2, (client, number) -> assertOneLetter(client.call("HGET", "hash", "alone"), 1))
          .meanwhile(2, (client, number) -> assertOneLetter(client.call(bothSides()), 2));
      clients.run();
    }
  }

  private static String[] bothSides() {
    return new String[] {"HMGET", "hash", "left", "right"};
  }

  /** Gives fields values that are as long as those before, one alone and two in transactions. */
  private static void overwrite(RawClient client, int writer) throws IOException {
    for (int i = 0; i < ROUNDS; i++) {
      String value = String.valueOf((char) ('a' + (writer * 13 + i) % 26)).repeat(VALUE);
      assertThat(client.integer("HSET", "hash", "alone", value)).isZero();
      client.send(
          Wire.request("MULTI")
              + Wire.request("HSET", "hash", "left", value)
              + Wire.request("HSET", "hash", "right", value)
              + Wire.request("EXEC"));
      String last = "";
      for (int reply = 0; reply < 4; reply++) {
        last = client.read();
      }
      assertThat(last).isEqualTo("*2\r\n:0\r\n:0\r\n");
    }
  }

  private static void assertOneLetter(String reply, int values) {
    String letters = reply.replaceAll("[^a-z]", "");
    assertThat(letters).as(Wire.escape(reply)).hasSize(values * VALUE);
    assertThat(letters.chars().distinct().count()).as(Wire.escape(reply)).isEqualTo(1);
  }

  private static String key(int number) {
    return "key:" + number;
  }

  private static String[] mget() {
    List<String> request = new ArrayList<>(List.of("MGET"));
    for (int i = 0; i < KEYS; i++) {
      request.add(key(i));
    }
    return request.toArray(new String[0]);
  }

  private static void msetAll(RawClient client, String value) throws IOException {
    List<String> request = new ArrayList<>(List.of("MSET"));
    for (int i = 0; i < KEYS; i++) {
      request.add(key(i));
      request.add(value);
    }
    assertThat(client.call(request.toArray(new String[0]))).isEqualTo("+OK\r\n");
  }

  private static void write(RawClient client, int writer) throws IOException {
    for (int i = 1; i <= ROUNDS; i++) {
      msetAll(client, "%d%08d".formatted(writer, i));
    }
  }

  private static void sets(RawClient client, String value) throws IOException {
    StringBuilder requests = new StringBuilder(Wire.request("MULTI"));
    for (int i = KEYS - 1; i >= 0; i--) {
      requests.append(Wire.request("SET", key(i), value));
    }
    client.send(requests.append(Wire.request("EXEC")).toString());
    String last = "";
    for (int i = 0; i < KEYS + 2; i++) {
      last = client.read();
    }
    assertThat(last).isEqualTo("*" + KEYS + "\r\n" + "+OK\r\n".repeat(KEYS));
  }

  private static String inTransaction(RawClient client) throws IOException {
    StringBuilder requests = new StringBuilder(Wire.request("MULTI"));
    for (int i = 0; i < KEYS; i++) {
      requests.append(Wire.request("GET", key(i)));
    }
    client.send(requests.append(Wire.request("EXEC")).toString());
    String last = "";
    for (int i = 0; i < KEYS + 2; i++) {
      last = client.read();
    }
    return last;
  }

  private static void assertOneValue(String reply) {
    List<Tree> values = Tree.parse(reply).get(0).children();
    assertThat(values).hasSize(KEYS);
    assertThat(values.stream().distinct()).as(Wire.escape(reply)).hasSize(1);
  }

  /** Reads the keys one after the other, in one pipeline, from another end for every client. */
  private static void assertVersionsRise(RawClient client, int number) throws IOException {
    StringBuilder requests = new StringBuilder();
    for (int i = 0; i < KEYS; i++) {
      requests.append(Wire.request("GET", key((number * 3 + i * 5) % KEYS)));
    }
    client.send(requests.toString());
    long last = -1;
    for (int i = 0; i < KEYS; i++) {
      String text = Tree.parse(client.read()).get(0).text();
      long version = Long.parseLong(text);
      assertThat(version).isGreaterThanOrEqualTo(last);
      last = version;
    }
  }
}
