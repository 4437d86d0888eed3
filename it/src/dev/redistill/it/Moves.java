package dev.redistill.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Clients that move things all the time: amounts between counters, keys to other names, members
 * between sets, fields between hashes, each in one command or transaction. At every moment nothing
 * is missing and nothing is there twice.
 */
final class Moves implements AutoCloseable {
  private static final int COUNTERS = 10_000;
  private static final int START = 100;
  private static final int TOKENS = 500;
  private static final int MEMBERS = 2_000;
  private static final int BATCH = 1_000;

  private final List<Thread> threads = new ArrayList<>();
  private final AtomicLong count = new AtomicLong();
  private volatile boolean stopped;
  private volatile String failure = "";

  private Moves() {}

  /** Writes the things that are moved. */
  static void prepare(RawClient client) throws IOException {
    List<String> requests = new ArrayList<>();
    for (int i = 0; i < COUNTERS; i++) {
      requests.add(Wire.request("SET", "counter:" + i, "" + START));
    }
    for (int i = 0; i < TOKENS; i++) {
      requests.add(Wire.request("SET", "token:" + i + ":a", "x".repeat(i)));
    }
    for (int i = 0; i < MEMBERS; i++) {
      requests.add(Wire.request("SADD", "set:" + i % 2, "member:" + i));
      requests.add(Wire.request("SADD", "numbers:" + i % 2, "" + i));
      requests.add(Wire.request("HSET", "hash:" + i % 2, "field:" + i, "value"));
    }
    for (int first = 0; first < requests.size(); first += BATCH) {
      List<String> batch = requests.subList(first, Math.min(first + BATCH, requests.size()));
      client.send(String.join("", batch));
      for (int i = 0; i < batch.size(); i++) {
        assertThat(client.read()).doesNotStartWith("-");
      }
    }
  }

  /** Begins to move. */
  static Moves start(ServerProcess server, int clients) throws IOException {
    Moves moves = new Moves();
    for (int i = 0; i < clients; i++) {
      RawClient client = server.connect();
      Random random = new Random(i);
      int own = i;
      moves.threads.add(
          Thread.ofPlatform().daemon().start(() -> moves.run(client, random, own, clients)));
    }
    return moves;
  }

  /** How many moves there were. */
  long count() {
    return count.get();
  }

  /** What a client has been told that it should not have been. */
  String failure() {
    return failure;
  }

  private void run(RawClient client, Random random, int own, int clients) {
    try (client) {
      while (!stopped) {
        move(client, random, own, clients);
        count.incrementAndGet();
      }
    } catch (IOException e) {
      failure = stopped ? failure : String.valueOf(e.getMessage());
    }
  }

  private static void move(RawClient client, Random random, int own, int clients)
      throws IOException {
    String amount = "" + random.nextInt(50);
    String from = "counter:" + random.nextInt(COUNTERS);
    String to = "counter:" + random.nextInt(COUNTERS);
    int side = random.nextInt(2);
    String field = "field:" + random.nextInt(MEMBERS);
    /* A token belongs to one client, which so knows its name. */
    String token = "token:" + (random.nextInt(TOKENS / clients) * clients + own) + ":";
    client.send(
        Wire.request("MULTI")
            + Wire.request("DECRBY", from, amount)
            + Wire.request("INCRBY", to, amount)
            + Wire.request("EXEC")
            + Wire.request("RENAMENX", token + "a", token + "b")
            + Wire.request("RENAMENX", token + "b", token + "a")
            + Wire.request("SMOVE", "set:" + side, "set:" + (1 - side), member(random))
            + Wire.request("SMOVE", "numbers:" + side, "numbers:" + (1 - side), number(random))
            + Wire.request("MULTI")
            + Wire.request("HDEL", "hash:" + own % 2, field)
            + Wire.request("HSET", "hash:" + own % 2, field, "value")
            + Wire.request("EXEC"));
    for (int i = 0; i < 12; i++) {
      String reply = client.read();
      if (reply.startsWith("-")) {
        throw new IOException(reply);
      }
    }
  }

  private static String member(Random random) {
    return "member:" + random.nextInt(MEMBERS);
  }

  private static String number(Random random) {
    return "" + random.nextInt(MEMBERS);
  }

  /** Checks that nothing is missing and nothing there twice. */
  static void verify(RawClient client) throws IOException {
    long sum = 0;
    for (int first = 0; first < COUNTERS; first += BATCH) {
      List<String> words = new ArrayList<>(List.of("MGET"));
      for (int i = first; i < first + BATCH; i++) {
        words.add("counter:" + i);
      }
      client.send(Wire.request(words));
      List<String> values = SnapshotData.elements(client.read());
      assertThat(values).hasSize(BATCH);
      sum += values.stream().mapToLong(Long::parseLong).sum();
    }
    assertThat(sum).as("sum of the counters").isEqualTo((long) COUNTERS * START);
    Set<String> tokens = new TreeSet<>();
    for (String key : SnapshotData.elements(client.call("KEYS", "token:*"))) {
      assertThat(tokens.add(key.substring(0, key.length() - 2)))
          .as(key + " is there twice")
          .isTrue();
    }
    assertThat(tokens).hasSize(TOKENS);
    assertThat(client.integer("DBSIZE")).isEqualTo(COUNTERS + TOKENS + 6);
    verifySets(client, "set");
    verifySets(client, "numbers");
    assertThat(client.integer("HLEN", "hash:0") + client.integer("HLEN", "hash:1"))
        .isBetween((long) MEMBERS, 2L * MEMBERS);
  }

  private static void verifySets(RawClient client, String name) throws IOException {
    assertThat(client.integer("SCARD", name + ":0") + client.integer("SCARD", name + ":1"))
        .isEqualTo(MEMBERS);
    assertThat(SnapshotData.elements(client.call("SINTER", name + ":0", name + ":1"))).isEmpty();
  }

  @Override
  public void close() {
    stopped = true;
    for (Thread thread : threads) {
      try {
        thread.join(10_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
