package dev.redistill.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** SCAN, HSCAN and KEYS while others write: each key or field that stays is returned. */
final class ScanIT {
  private static final int STABLE = 200_000;
  private static final int FIELDS = 50_000;
  private static final int BATCH = 1_000;

  @ParameterizedTest
  @CsvSource({"REDIS,100", "REDIS,1000", "REDISTILL,10", "REDISTILL,100", "REDISTILL,1000"})
  void scanReturnsEachKeyThatStays(Target target, int count) throws Exception {
    try (ServerProcess server = target.start();
        Together clients = new Together(server);
        RawClient client = server.connect()) {
      fill(client);

      clients
          .add(
              1,
              (scanner, number) ->
                  assertThat(scan(scanner, count, "SCAN").cardinality()).isEqualTo(STABLE))
          .meanwhile(2, ScanIT::churn);
      clients.run();
    }
  }

  @ParameterizedTest
  @EnumSource
  void scanReturnsEachKeyThatStays_whileTheTableShrinksAndGrows(Target target) throws Exception {
    try (ServerProcess server = target.start();
        Together clients = new Together(server);
        RawClient client = server.connect()) {
      fill(client);

      clients
          .add(
              1,
              (scanner, number) -> {
                for (int i = 0; i < 3; i++) {
                  assertThat(scan(scanner, 500, "SCAN").cardinality()).isEqualTo(STABLE);
                }
              })
          .meanwhile(1, ScanIT::flood);
      clients.run();
    }
  }

  @ParameterizedTest
  @EnumSource
  void keysReturnsEachKeyThatStaysOnce(Target target) throws Exception {
    try (ServerProcess server = target.start();
        Together clients = new Together(server);
        RawClient client = server.connect()) {
      fill(client);

      clients
          .add(
              1,
              (reader, number) -> {
                for (int i = 0; i < 5; i++) {
                  List<Tree> keys = Tree.parse(reader.call("KEYS", "stable:*")).get(0).children();
                  BitSet seen = new BitSet(STABLE);
                  keys.forEach(key -> note(key.text(), seen));
                  assertThat(keys).hasSize(STABLE);
                  assertThat(seen.cardinality()).isEqualTo(STABLE);
                }
              })
          .meanwhile(2, ScanIT::churn);
      clients.run();
    }
  }

  @ParameterizedTest
  @CsvSource({"REDIS,1000", "REDISTILL,10", "REDISTILL,1000"})
  void hscanReturnsEachFieldThatStays(Target target, int count) throws Exception {
    try (ServerProcess server = target.start();
        Together clients = new Together(server);
        RawClient client = server.connect()) {
      fillHash(client);

      clients
          .add(
              1,
              (scanner, number) -> {
                for (int i = 0; i < 3; i++) {
                  BitSet seen = scan(scanner, count, "HSCAN", "hash");
                  assertThat(seen.cardinality()).isEqualTo(FIELDS);
                }
              })
          .meanwhile(2, ScanIT::churnHash);
      clients.run();
    }
  }

  private static void fillHash(RawClient client) throws IOException {
    for (int from = 0; from < FIELDS; from += BATCH) {
      String[] request = new String[2 + 2 * BATCH];
      request[0] = "HSET";
      request[1] = "hash";
      for (int i = 0; i < BATCH; i++) {
        request[2 + 2 * i] = "stable:" + (from + i);
        request[3 + 2 * i] = "v";
      }
      client.call(request);
    }
  }

  /** Adds as many fields again as there are, then takes them away. */
  private static void churnHash(RawClient client, int number) throws IOException {
    for (String command : List.of("HSET", "HDEL")) {
      int width = command.equals("HSET") ? 2 : 1;
      for (int from = 0; from < FIELDS; from += BATCH) {
        String[] request = new String[2 + BATCH * width];
        request[0] = command;
        request[1] = "hash";
        for (int i = 0; i < BATCH * width; i++) {
          request[2 + i] = "other:" + number + ":" + (from + i / width);
        }
        client.call(request);
      }
    }
  }

  private static void fill(RawClient client) throws IOException {
    for (int from = 0; from < STABLE; from += BATCH) {
      StringBuilder requests = new StringBuilder();
      for (int i = from; i < from + BATCH; i++) {
        requests.append(Wire.request("SET", "stable:" + i, "v"));
      }
      client.send(requests.toString());
      for (int i = 0; i < BATCH; i++) {
        client.read();
      }
    }
  }

  /** Adds some keys, lets some expire, deletes the rest. */
  private static void churn(RawClient client, int number) throws IOException {
    StringBuilder requests = new StringBuilder();
    for (int i = 0; i < BATCH; i++) {
      String key = "other:" + number + ":" + i;
      requests.append(Wire.request("SET", key, "v", "PX", i % 2 == 0 ? "5" : "50000"));
    }
    for (int i = 0; i < BATCH; i++) {
      requests.append(Wire.request("DEL", "other:" + number + ":" + i));
    }
    client.send(requests.toString());
    for (int i = 0; i < 2 * BATCH; i++) {
      client.read();
    }
  }

  /** Adds as many keys again as there are, then takes them away. */
  private static void flood(RawClient client, int number) throws IOException {
    for (String command : List.of("MSET", "DEL")) {
      for (int from = 0; from < 2 * STABLE; from += BATCH) {
        String[] request = new String[1 + BATCH * (command.equals("MSET") ? 2 : 1)];
        request[0] = command;
        for (int i = 0; i < request.length - 1; i++) {
          request[i + 1] = "other:" + (from + (command.equals("MSET") ? i / 2 : i));
        }
        client.call(request);
      }
    }
  }

  private static BitSet scan(RawClient client, int count, String... command) throws IOException {
    BitSet seen = new BitSet(STABLE);
    String cursor = "0";
    do {
      List<String> request = new ArrayList<>(List.of(command));
      request.addAll(List.of(cursor, "COUNT", Integer.toString(count)));
      List<Tree> reply = Tree.parse(client.call(request.toArray(String[]::new))).get(0).children();
      cursor = reply.get(0).text();
      reply.get(1).children().forEach(key -> note(key.text(), seen));
    } while (!cursor.equals("0"));
    return seen;
  }

  private static void note(String key, BitSet seen) {
    if (key.startsWith("stable:")) {
      seen.set(Integer.parseInt(key.substring("stable:".length())));
    }
  }
}
