package dev.redistill.commands;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redistill.expiry.Expirer;
import dev.redistill.store.Database;
import dev.redistill.store.Entry;
import dev.redistill.store.Footprint;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Random commands on a few hashes, replies compared with those of {@link HashModel}. */
final class HashModelTest {

  private static final int STEPS = 6_000;

  private final Console console = new Console();
  private final HashModel model = new HashModel();
  private final Expirer expirer = new Expirer(console.services().keyspace(), console.clock());
  private Random random = new Random();
  private int names;

  @ParameterizedTest
  @CsvSource({
    "1,512,10",
    "2,512,100",
    "3,0,10",
    "4,0,400",
    "5,4,10",
    "6,20,60",
    "7,512,3",
    "8,0,2000",
    "9,100,150"
  })
  void aHashDoesWhatTheModelDoes(long seed, int mostPacked, int fields) {
    random = new Random(seed);
    names = fields;
    console.run("CONFIG", "SET", "hash-max-listpack-entries", Integer.toString(mostPacked));
    console.run("CONFIG", "SET", "hash-max-listpack-value", "12");
    model.now(console.now());
    for (int step = 0; step < STEPS; step++) {
      if (random.nextInt(8) == 0) {
        model.now(console.advance(random.nextInt(40)).now());
      }
      if (random.nextInt(50) == 0) {
        long unused = expirer.sweep();
      }
      List<String> words = command();
      String expected = model.run(words);
      String reply = console.run(words.toArray(String[]::new));
      assertThat(shown(words.get(0), reply))
          .as("seed %d step %d: %s", seed, step, words)
          .isEqualTo(expected);
      if (step % 200 == 0) {
        checkAccount(seed);
      }
    }
    model.now(console.advance(1_000_000).now());
    long unused = expirer.sweep();
    checkAccount(seed);
    assertThat(console.run("DBSIZE")).isEqualTo("(integer) " + model.size());
  }

  private static String shown(String command, String reply) {
    return switch (command) {
      case "HKEYS", "HVALS" -> HashModel.sorted(reply, 1);
      case "HGETALL" -> HashModel.sorted(reply, 2);
      default -> reply;
    };
  }

  /** The account of the memory is what the entries take now. */
  private void checkAccount(long seed) {
    Database database = console.services().keyspace().database(0);
    long[] sum = {0};
    database.forEach(0, entry -> sum[0] += Footprint.entry(entry));
    assertThat(database.footprint() - database.tableFootprint())
        .as("seed %d", seed)
        .isEqualTo(sum[0]);
    long due = database.nextDue();
    assertThat(due == Entry.NEVER || due > 0).isTrue();
  }

  private String key() {
    return "k" + random.nextInt(3);
  }

  private String field() {
    return "f" + random.nextInt(names);
  }

  private String number(int bound) {
    return Integer.toString(random.nextInt(bound));
  }

  /** Numbers, so that counting always works; some are longer than a small hash takes. */
  private String value() {
    int digits = random.nextInt(300) == 0 ? 15 : 1 + random.nextInt(6);
    return "1" + "7".repeat(digits);
  }

  private List<String> fields() {
    List<String> fields = new ArrayList<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      fields.add(field());
    }
    return fields;
  }

  private List<String> pairs() {
    List<String> pairs = new ArrayList<>();
    for (int i = random.nextInt(6); i >= 0; i--) {
      pairs.add(field());
      pairs.add(value());
    }
    return pairs;
  }

  private static List<String> words(List<String> rest, String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(rest);
    return all;
  }

  private List<String> command() {
    String key = key();
    return switch (random.nextInt(26)) {
      case 0, 1, 2, 3 -> words(pairs(), "HSET", key);
      case 4 -> words(pairs(), "HMSET", key);
      case 5 -> List.of("HSETNX", key, field(), value());
      case 6, 7 -> List.of("HGET", key, field());
      case 8 -> words(fields(), "HMGET", key);
      case 9, 10 -> words(fields(), "HDEL", key);
      case 11 -> List.of("HEXISTS", key, field());
      case 12 -> List.of(random.nextBoolean() ? "HLEN" : "EXISTS", key);
      case 13 -> List.of("HSTRLEN", key, field());
      case 14 -> List.of(random.nextBoolean() ? "HKEYS" : "HVALS", key);
      case 15 -> List.of("HGETALL", key);
      case 16 -> List.of("HINCRBY", key, field(), number(100));
      case 17 -> random.nextInt(4) == 0 ? List.of("DEL", key) : List.of("HGETALL", key);
      case 18 -> random.nextInt(3) == 0 ? List.of("RENAME", key, key()) : List.of("HLEN", key);
      case 19 ->
          random.nextInt(3) == 0 ? List.of("COPY", key, key(), "REPLACE") : List.of("HLEN", key);
      default -> expiryCommand(key);
    };
  }

  private List<String> expiryCommand(String key) {
    List<String> fields = fields();
    String count = Integer.toString(fields.size());
    return switch (random.nextInt(9)) {
      case 0, 1 -> words(fields, "HPEXPIRE", key, number(500), "FIELDS", count);
      case 2 -> {
        String condition = List.of("NX", "XX", "GT", "LT").get(random.nextInt(4));
        yield words(fields, "HPEXPIRE", key, number(500), condition, "FIELDS", count);
      }
      case 3 -> words(fields, "HPTTL", key, "FIELDS", count);
      case 4 -> words(fields, "HPERSIST", key, "FIELDS", count);
      case 5 -> words(fields, "HGETDEL", key, "FIELDS", count);
      case 6 ->
          random.nextBoolean()
              ? words(fields, "HGETEX", key, "PX", number(300), "FIELDS", count)
              : words(fields, "HGETEX", key, "PERSIST", "FIELDS", count);
      default -> setAndExpire(key);
    };
  }

  private List<String> setAndExpire(String key) {
    List<String> pairs = pairs();
    String count = Integer.toString(pairs.size() / 2);
    return switch (random.nextInt(4)) {
      case 0 -> words(pairs, "HSETEX", key, "FNX", "PX", number(400), "FIELDS", count);
      case 1 -> words(pairs, "HSETEX", key, "FXX", "KEEPTTL", "FIELDS", count);
      case 2 -> words(pairs, "HSETEX", key, "KEEPTTL", "FIELDS", count);
      default -> words(pairs, "HSETEX", key, "PX", number(400), "FIELDS", count);
    };
  }
}
