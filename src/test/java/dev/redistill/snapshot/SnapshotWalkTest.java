package dev.redistill.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redistill.commands.Console;
import dev.redistill.resp.Ascii;
import dev.redistill.store.HashValue;
import dev.redistill.store.SavedEntry;
import dev.redistill.store.SnapshotWalk;
import dev.redistill.store.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SnapshotWalkTest {

  private static final int KEYS = 400;

  private final Console console = new Console();

  /** Everything that a walk shows, by database and key; it must show nothing twice. */
  private Map<String, String> walk(Runnable between) {
    Map<String, String> seen = new TreeMap<>();
    try (SnapshotWalk walk = SnapshotWalk.begin(console.services().keyspace())) {
      for (SnapshotWalk.Part part : walk.parts()) {
        List<SavedEntry> some = new ArrayList<>();
        boolean more;
        do {
          more = walk.next(part, some);
          between.run();
          take(part, some, seen);
          some.clear();
        } while (more);
      }
    }
    return seen;
  }

  private static void take(
      SnapshotWalk.Part part, List<SavedEntry> some, Map<String, String> seen) {
    for (SavedEntry entry : some) {
      String name = part.number() + "/" + text(entry.key());
      assertThat(seen.put(name, show(entry))).as(name).isNull();
      entry.giveBack();
    }
  }

  private static String text(byte[] bytes) {
    return Ascii.text(bytes, 0, bytes.length);
  }

  private static String show(SavedEntry entry) {
    String value = show(entry.value());
    return entry.expireAt() + " " + (value.length() > 80 ? value.hashCode() : value);
  }

  private static String show(Object value) {
    if (!(value instanceof HashValue hash)) {
      return text(Text.exact(value));
    }
    Map<String, String> fields = new TreeMap<>();
    hash.forEach(field ->
        fields.put(
            Ascii.text(field.nameBytes(), field.nameOffset(), field.nameLength()),
            Ascii.text(field.valueBytes(), field.valueOffset(), field.valueLength())
                + field.expireAt()));
    return fields.toString();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void walk_showsWhatWasThereAtItsBegin_whateverChangesMeanwhile(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 2000; i++) {
      change(random, false);
    }
    Map<String, String> before = walk(() -> {});
    Map<String, String> after =
        walk(() -> {
          for (int i = random.nextInt(20); i > 0; i--) {
            change(random, true);
          }
        });
    assertThat(after).as("seed " + seed).isEqualTo(before).isNotEmpty();
    assertThat(walk(() -> {})).as("seed " + seed).isNotEqualTo(before);
  }

  @Test
  void walk_thatIsClosedEarly_leavesNothingBehind() {
    console.run("SET", "a", "1");
    SnapshotWalk.begin(console.services().keyspace()).close();
    console.run("SET", "a", "2");
    assertThat(walk(() -> {})).containsEntry("0/a", Long.MAX_VALUE + " 2");
  }

  private void change(Random random, boolean drastic) {
    String key = "key:" + random.nextInt(KEYS);
    String other = "key:" + random.nextInt(KEYS);
    String field = "field:" + random.nextInt(700);
    switch (random.nextInt(18)) {
      case 0 -> console.run("SET", key, "value" + random.nextInt());
      case 1 -> console.run("SET", key, "value" + random.nextInt(), "EX", "100000");
      case 2 -> console.run("DEL", key);
      case 3 -> console.run("APPEND", key, "x".repeat(random.nextInt(2000)));
      case 4 -> console.run("SETRANGE", key, "" + random.nextInt(3000), "abc" + random.nextInt());
      case 5 -> console.run("SETBIT", key, "" + random.nextInt(20_000), "1");
      case 6, 7 -> console.run("HSET", key, field, "" + random.nextInt());
      case 8 -> console.run("HSET", key, "inPlace", "" + random.nextInt(10));
      case 9 -> console.run("HSET", "large", field, "" + random.nextInt());
      case 10 -> console.run("HDEL", random.nextBoolean() ? key : "large", field);
      case 11 -> console.run("RENAME", random.nextInt(9) > 0 ? key : "large", other);
      case 12 -> console.run("COPY", key, other, "REPLACE");
      case 13 -> console.run("MOVE", key, "" + random.nextInt(3));
      case 14 -> console.run("EXPIRE", key, "" + (1000 + random.nextInt(1000)));
      case 15 -> console.run("PERSIST", key);
      case 16 -> console.run("SELECT", "" + random.nextInt(3));
      default -> {
        if (drastic && random.nextInt(100) == 0) {
          console.run("FLUSHDB");
        } else if (drastic && random.nextInt(50) == 0) {
          console.run("SWAPDB", "0", "1");
        } else if (!drastic && random.nextInt(4) == 0) {
          fillLargeHash();
        }
      }
    }
  }

  private void fillLargeHash() {
    for (int i = 0; i < 600; i++) {
      console.run("HSET", "large", "field:" + i, "" + i);
    }
  }
}
