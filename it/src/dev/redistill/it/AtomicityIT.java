package dev.redistill.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What one command or one transaction changes, changes at once, and no change is lost. */
final class AtomicityIT {
  private static final int CLIENTS = 50;
  private static final int INCREMENTS = 20_000;
  private static final int DEPTH = 20;

  @ParameterizedTest
  @EnumSource
  void noIncrementIsLost_onOneKey(Target target) throws Exception {
    try (ServerProcess server = target.start();
        Together clients = new Together(server);
        RawClient reader = server.connect()) {
      String batch = Wire.request("INCR", "counter").repeat(DEPTH);

      clients.add(
          CLIENTS,
          (client, number) -> {
            long last = 0;
            for (int i = 0; i < INCREMENTS / DEPTH; i++) {
              client.send(batch);
              for (int j = 0; j < DEPTH; j++) {
                long next = integer(client.read());
                assertThat(next).isGreaterThan(last);
                last = next;
              }
            }
          });
      clients.run();

      assertThat(reader.call("GET", "counter"))
          .isEqualTo(Wire.bulk(Integer.toString(CLIENTS * INCREMENTS)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void noIncrementIsLost_onAHundredKeysInTransactions(Target target) throws Exception {
    int keys = 100;
    int rounds = INCREMENTS / keys;
    try (ServerProcess server = target.start();
        Together clients = new Together(server);
        RawClient reader = server.connect()) {
      clients.add(
          CLIENTS,
          (client, number) -> {
            String transaction = transaction(keys, number);
            for (int i = 0; i < rounds; i++) {
              client.send(transaction);
              String exec = exec(client, keys);
              assertThat(Tree.parse(exec).get(0).children().stream().distinct())
                  .as("all keys are increased in the same transactions: %s", exec)
                  .hasSize(1);
            }
          });
      clients.run();

      for (int i = 0; i < keys; i++) {
        assertThat(reader.call("GET", "counter:" + i))
            .isEqualTo(Wire.bulk(Integer.toString(CLIENTS * rounds)));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aCounterByWatchAndCompareIsExact(Target target) throws Exception {
    int rounds = 200;
    int competitors = 8;
    try (ServerProcess server = target.start();
        Together clients = new Together(server);
        RawClient reader = server.connect()) {
      reader.call("SET", "counter", "0");

      clients.add(
          competitors,
          (client, number) -> {
            for (int done = 0; done < rounds; done += compareAndIncrease(client) ? 1 : 0) {}
          });
      clients.run();

      assertThat(reader.call("GET", "counter"))
          .isEqualTo(Wire.bulk(Integer.toString(competitors * rounds)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void oneOfManyGetsTheLock(Target target) throws Exception {
    int rounds = 300;
    try (ServerProcess server = target.start();
        Together clients = new Together(server);
        RawClient reader = server.connect()) {
      clients.add(
          10,
          (client, number) -> {
            for (int i = 0; i < rounds; i++) {
              boolean mine =
                  client
                      .call("SET", "lock:" + i, "" + number, "NX", "PX", "60000")
                      .equals("+OK\r\n");
              boolean all =
                  client
                      .call("MSETNX", "a:" + i, "" + number, "b:" + i, "" + number)
                      .equals(":1\r\n");
              client.integer("INCRBY", "locks", mine ? "1" : "0");
              client.integer("INCRBY", "pairs", all ? "1" : "0");
            }
          });
      clients.run();

      assertThat(reader.call("GET", "locks")).isEqualTo(Wire.bulk("" + rounds));
      assertThat(reader.call("GET", "pairs")).isEqualTo(Wire.bulk("" + rounds));
      for (int i = 0; i < rounds; i++) {
        assertThat(reader.call("GET", "a:" + i)).isEqualTo(reader.call("GET", "b:" + i));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void changesOfPartsOfOneValueAreAllKept(Target target) throws Exception {
    int parts = 200;
    try (ServerProcess server = target.start();
        Together clients = new Together(server);
        RawClient reader = server.connect()) {
      clients.add(
          10,
          (client, number) -> {
            for (int i = 0; i < parts; i++) {
              String at = Integer.toString(number * parts + i);
              client.integer("APPEND", "text", "x");
              client.integer("SETBIT", "bits", at, "1");
              client.integer("SETRANGE", "range", at, "r");
              client.call("BITFIELD", "field", "INCRBY", "u32", "#3", "1");
            }
          });
      clients.run();

      assertThat(reader.integer("STRLEN", "text")).isEqualTo(10L * parts);
      assertThat(reader.integer("BITCOUNT", "bits")).isEqualTo(10L * parts);
      assertThat(reader.call("GET", "range")).isEqualTo(Wire.bulk("r".repeat(10 * parts)));
      assertThat(reader.call("BITFIELD", "field", "GET", "u32", "#3"))
          .isEqualTo("*1\r\n:" + 10 * parts + "\r\n");
    }
  }

  @ParameterizedTest
  @EnumSource
  void eachValueIsTakenOnce(Target target) throws Exception {
    int values = 3_000;
    try (ServerProcess server = target.start();
        Together clients = new Together(server);
        RawClient reader = server.connect()) {
      List<Integer> taken = new ArrayList<>();
      clients.add(
          8,
          (client, number) -> {
            for (int i = 0; i < values; i++) {
              if (number == 0) {
                client.call("SET", "v:" + i, "x");
              }
              if (!client.call("GETDEL", "v:" + i).equals("$-1\r\n")) {
                synchronized (taken) {
                  taken.add(i);
                }
              }
            }
          });
      clients.run();
      for (int i = 0; i < values; i++) {
        if (reader.integer("DEL", "v:" + i) == 1) {
          taken.add(i);
        }
      }

      assertThat(taken)
          .containsExactlyInAnyOrderElementsOf(IntStream.range(0, values).boxed().toList());
    }
  }

  private static boolean compareAndIncrease(RawClient client) throws IOException {
    client.call("WATCH", "counter");
    long value = Long.parseLong(Tree.parse(client.call("GET", "counter")).get(0).text());
    client.call("MULTI");
    client.call("SET", "counter", Long.toString(value + 1));
    return client.call("EXEC").equals("*1\r\n+OK\r\n");
  }

  /** A transaction that increases every key once, beginning with another one for each client. */
  private static String transaction(int keys, int first) {
    StringBuilder requests = new StringBuilder(Wire.request("MULTI"));
    for (int i = 0; i < keys; i++) {
      requests.append(Wire.request("INCR", "counter:" + (first + i) % keys));
    }
    return requests.append(Wire.request("EXEC")).toString();
  }

  private static String exec(RawClient client, int commands) throws IOException {
    assertThat(client.read()).isEqualTo("+OK\r\n");
    for (int i = 0; i < commands; i++) {
      assertThat(client.read()).isEqualTo("+QUEUED\r\n");
    }
    return client.read();
  }

  private static long integer(String reply) {
    return Long.parseLong(reply.substring(1, reply.length() - 2));
  }
}
