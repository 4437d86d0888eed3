package dev.redistill.commands;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redistill.store.Database;
import dev.redistill.store.Footprint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Random commands on a few sets, beside the simplest code that does the same. */
final class SetModelTest {

  private static final int STEPS = 6_000;

  private final Console console = new Console();
  private final Map<String, Set<String>> model = new TreeMap<>();
  private Random random = new Random();
  private int names;

  @ParameterizedTest
  @CsvSource({
    "1,128,512,10",
    "2,128,512,200",
    "3,0,512,10",
    "4,0,512,400",
    "5,4,4,10",
    "6,20,0,60",
    "7,128,512,3",
    "8,0,100,2000",
    "9,50,100,150"
  })
  void aSetDoesWhatTheModelDoes(long seed, String mostPacked, String mostIntegers, int members) {
    random = new Random(seed);
    names = members;
    console.run("CONFIG", "SET", "set-max-listpack-entries", mostPacked);
    console.run("CONFIG", "SET", "set-max-listpack-value", "8");
    console.run("CONFIG", "SET", "set-max-intset-entries", mostIntegers);
    for (int step = 0; step < STEPS; step++) {
      List<String> words = command();
      String name = "seed %d step %d: %s".formatted(seed, step, words);
      String reply = console.run(words.toArray(String[]::new));
      if (words.get(0).equals("SPOP")) {
        take(words.get(1), list(reply), name);
      } else {
        assertThat(shown(words.get(0), reply)).as(name).isEqualTo(expected(words));
      }
      model.values().removeIf(Set::isEmpty);
      if (step % 200 == 0) {
        checkAll(seed);
      }
    }
    checkAll(seed);
  }

  private static List<String> list(String reply) {
    String inner = reply.equals("(nil)") ? "" : reply.replaceAll("[\\[\\]\" ]", "");
    return inner.isEmpty() ? List.of() : List.of(inner.split(","));
  }

  private static String shown(String command, String reply) {
    return switch (command) {
      case "SMEMBERS", "SINTER", "SUNION", "SDIFF" -> new TreeSet<>(list(reply)).toString();
      default -> reply;
    };
  }

  /** What SPOP has replied is gone; it has to have been there. */
  private void take(String key, List<String> popped, String name) {
    assertThat(new HashSet<>(popped)).as(name).hasSize(popped.size());
    assertThat(set(key)).as(name).containsAll(popped);
    assertThat(popped.isEmpty()).as(name).isEqualTo(set(key).isEmpty());
    set(key).removeAll(popped);
  }

  /** The sets, and the account of the memory, are what they should be. */
  private void checkAll(long seed) {
    for (Map.Entry<String, Set<String>> each : model.entrySet()) {
      assertThat(new TreeSet<>(list(console.run("SMEMBERS", each.getKey()))))
          .as("seed %d", seed)
          .isEqualTo(new TreeSet<>(each.getValue()));
    }
    Database database = console.services().keyspace().database(0);
    assertThat(database.size()).as("seed %d", seed).isEqualTo(model.size());
    long[] sum = {0};
    database.forEach(0, entry -> sum[0] += Footprint.entry(entry));
    assertThat(database.footprint() - database.tableFootprint())
        .as("seed %d", seed)
        .isEqualTo(sum[0]);
  }

  private Set<String> set(String key) {
    return model.computeIfAbsent(key, unused -> new TreeSet<>());
  }

  private String key() {
    return "k" + random.nextInt(4);
  }

  private String member() {
    int number = random.nextInt(names);
    return switch (random.nextInt(600)) {
      case 0 -> "long-member-" + number;
      case 1, 2, 3 -> "m" + number;
      default -> Integer.toString(number - names / 2);
    };
  }

  private List<String> members() {
    List<String> members = new ArrayList<>();
    for (int i = random.nextInt(6); i >= 0; i--) {
      members.add(member());
    }
    return members;
  }

  private static List<String> words(List<String> rest, String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(rest);
    return all;
  }

  private List<String> command() {
    String key = key();
    List<String> keys = random.nextBoolean() ? List.of(key(), key()) : List.of(key(), key(), key());
    return switch (random.nextInt(22)) {
      case 0, 1, 2, 3, 4, 5 -> words(members(), "SADD", key);
      case 6, 7, 8 -> words(members(), "SREM", key);
      case 9 -> List.of("SISMEMBER", key, member());
      case 10 -> words(members(), "SMISMEMBER", key);
      case 11 -> List.of(random.nextBoolean() ? "SCARD" : "EXISTS", key);
      case 12 -> List.of("SMEMBERS", key);
      case 13 -> List.of("SMOVE", key, key(), member());
      case 14 ->
          random.nextInt(4) > 0
              ? List.of("SPOP", key)
              : List.of("SPOP", key, Integer.toString(1 + random.nextInt(names)));
      case 15 -> words(keys, "SINTER");
      case 16 -> words(keys, "SUNION");
      case 17 -> words(keys, "SDIFF");
      case 18 -> words(keys, "SINTERCARD", Integer.toString(keys.size()));
      case 19 ->
          words(keys, List.of("SINTERSTORE", "SUNIONSTORE", "SDIFFSTORE").get(random.nextInt(3)));
      case 20 -> List.of("RENAME", key, key());
      default -> random.nextInt(3) == 0 ? List.of("DEL", key) : List.of("COPY", key, key());
    };
  }

  private static String integer(long number) {
    return "(integer) " + number;
  }

  private String expected(List<String> words) {
    String key = words.get(1);
    List<String> rest = words.subList(2, words.size());
    return switch (words.get(0)) {
      case "SADD" -> integer(count(rest, set(key)::add));
      case "SREM" -> integer(count(rest, set(key)::remove));
      case "SISMEMBER" -> integer(set(key).contains(rest.get(0)) ? 1 : 0);
      case "SMISMEMBER" ->
          rest.stream()
              .map(member -> integer(set(key).contains(member) ? 1 : 0))
              .collect(Collectors.joining(", ", "[", "]"));
      case "SCARD" -> integer(set(key).size());
      case "EXISTS" -> integer(set(key).isEmpty() ? 0 : 1);
      case "SMEMBERS" -> set(key).toString();
      case "SMOVE" -> integer(move(key, rest.get(0), rest.get(1)) ? 1 : 0);
      case "SINTERCARD" -> integer(combine("SINTER", rest).size());
      case "SINTER", "SUNION", "SDIFF" ->
          combine(words.get(0), words.subList(1, words.size())).toString();
      case "DEL" -> delete(key);
      case "RENAME" -> rename(key, rest.get(0));
      case "COPY" -> copy(key, rest.get(0));
      default -> {
        Set<String> stored = combine(words.get(0).replace("STORE", ""), rest);
        model.put(key, stored);
        yield integer(stored.size());
      }
    };
  }

  private static long count(List<String> members, Predicate<String> change) {
    return members.stream().filter(change).count();
  }

  private boolean move(String from, String to, String member) {
    if (!set(from).remove(member)) {
      return false;
    }
    boolean unused = set(to).add(member);
    return true;
  }

  private Set<String> combine(String operation, List<String> keys) {
    Set<String> result = new TreeSet<>(set(keys.get(0)));
    for (String key : keys.subList(1, keys.size())) {
      Collection<String> other = set(key);
      boolean unused =
          switch (operation) {
            case "SINTER" -> result.retainAll(other);
            case "SUNION" -> result.addAll(other);
            default -> result.removeAll(other);
          };
    }
    return result;
  }

  private String delete(String key) {
    String reply = integer(set(key).isEmpty() ? 0 : 1);
    model.remove(key);
    return reply;
  }

  private String rename(String key, String to) {
    if (set(key).isEmpty()) {
      return "(error) ERR no such key";
    }
    model.put(to, model.remove(key));
    return "OK";
  }

  private String copy(String key, String to) {
    if (key.equals(to)) {
      return "(error) ERR source and destination objects are the same";
    }
    if (set(key).isEmpty() || !set(to).isEmpty()) {
      return integer(0);
    }
    model.put(to, new TreeSet<>(set(key)));
    return integer(1);
  }
}
