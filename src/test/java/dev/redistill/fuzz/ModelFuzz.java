package dev.redistill.fuzz;

import dev.redistill.commands.Console;
import java.util.ArrayList;
import java.util.List;

/**
 * Fuzz target: many commands on few keys, whose replies are those of {@link NaiveKeyspace}, also
 * when they are queued by MULTI.
 */
public final class ModelFuzz {

  private static final Console CONSOLE = new Console(CommandsFuzz.settings());

  private static final List<String> KEYS = List.of("a", "b", "c", "dd");
  private static final List<String> UNORDERED = List.of("HGETALL", "SMEMBERS");
  private static final List<String> VALUES =
      List.of("1", "7", "-3", "x", "", "hello world", "9223372036854775807", "01", "y".repeat(70));
  private static final List<String> FIELDS = List.of("f", "g", "12", "field", "z".repeat(70));

  private final NaiveKeyspace model = new NaiveKeyspace();
  private final FuzzInput input;
  private final long start = CONSOLE.now();

  private ModelFuzz(FuzzInput input) {
    this.input = input;
  }

  /** The entry point that Jazzer calls. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    new ModelFuzz(new FuzzInput(bytes)).run();
  }

  private void run() {
    ask("OK", "FLUSHALL");
    int packed = input.below(6);
    ask("OK", "CONFIG", "SET", "hash-max-listpack-entries", Integer.toString(packed));
    ask("OK", "CONFIG", "SET", "set-max-listpack-entries", Integer.toString(packed));
    ask("OK", "CONFIG", "SET", "set-max-intset-entries", Integer.toString(packed));
    while (!input.isEmpty()) {
      if (input.below(10) == 0) {
        transaction();
      } else {
        List<String> words = command();
        ask(model.run(words), words.toArray(String[]::new));
      }
      if (input.below(16) == 0) {
        model.now(CONSOLE.advance(input.below(300)).now() - start);
      }
    }
  }

  private void transaction() {
    List<String> replies = new ArrayList<>();
    ask("OK", "MULTI");
    for (int i = input.below(5); i > 0; i--) {
      List<String> words = orderedCommand();
      ask("QUEUED", words.toArray(String[]::new));
      replies.add(model.run(words));
    }
    ask("[" + String.join(", ", replies) + "]", "EXEC");
  }

  /** A command whose reply has one order. */
  private List<String> orderedCommand() {
    List<String> words = command();
    return UNORDERED.contains(words.getFirst()) ? List.of("TYPE", words.get(1)) : words;
  }

  private void ask(String expected, String... words) {
    String reply = NaiveKeyspace.sorted(words[0], CONSOLE.run(words));
    if (!reply.equals(expected)) {
      throw new AssertionError(String.join(" ", words) + ": " + reply + ", but " + expected);
    }
  }

  private String key() {
    return input.pick(KEYS);
  }

  private String value() {
    return input.pick(VALUES);
  }

  private String field() {
    return input.pick(FIELDS);
  }

  private List<String> command() {
    String key = key();
    return switch (input.below(30)) {
      case 0, 1 -> List.of("SET", key, value());
      case 2 -> List.of("SET", key, value(), "NX");
      case 3 -> List.of("SET", key, value(), "PX", Integer.toString(1 + input.below(300)));
      case 4 -> List.of("GET", key);
      case 5 -> List.of("GETDEL", key);
      case 6 -> List.of("APPEND", key, value());
      case 7 -> List.of("INCRBY", key, value());
      case 8 -> List.of("STRLEN", key);
      case 9 -> List.of("DEL", key, key());
      case 10 -> List.of("EXISTS", key, key());
      case 11 -> List.of("TYPE", key);
      case 12 -> List.of("RENAME", key, key());
      case 13 -> List.of("PEXPIRE", key, Integer.toString(input.below(300) - 5));
      case 14 -> List.of("PTTL", key);
      case 15 -> List.of("PERSIST", key);
      case 16 -> List.of("MSET", key, value(), key(), value());
      case 17 -> List.of("MGET", key, key());
      case 18, 19 -> List.of("HSET", key, field(), value(), field(), value());
      case 20 -> List.of("HGET", key, field());
      case 21 -> List.of("HDEL", key, field(), field());
      case 22 -> List.of("HLEN", key);
      case 23 -> List.of("HGETALL", key);
      case 24, 25 -> List.of("SADD", key, field(), value());
      case 26 -> List.of("SREM", key, field(), value());
      case 27 -> List.of("SMEMBERS", key);
      case 28 -> List.of("SISMEMBER", key, value());
      default -> List.of("SMOVE", key, key(), field());
    };
  }
}
