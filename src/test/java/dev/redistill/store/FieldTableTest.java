package dev.redistill.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class FieldTableTest {

  private static final long NOW = 1_000_000;

  private record Slot(String value, long expireAt) {}

  private final FieldTable table = new FieldTable();
  private final Map<String, Slot> model = new HashMap<>();

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String text(byte[] bytes, int offset, int length) {
    return new String(bytes, offset, length, StandardCharsets.ISO_8859_1);
  }

  private static Field named(String name) {
    byte[] bytes = bytes(name);
    return new Field().name(bytes, 0, bytes.length);
  }

  private static String name(Field field) {
    return text(field.nameBytes(), field.nameOffset(), field.nameLength());
  }

  private static String value(Field field) {
    return text(field.valueBytes(), field.valueOffset(), field.valueLength());
  }

  private void put(String name, String value, long expireAt, long now) {
    boolean fresh = table.put(named(name).value(bytes(value)).expireAt(expireAt), now);
    Slot old = model.put(name, new Slot(value, expireAt));
    assertThat(fresh).isEqualTo(old == null || old.expireAt() < now);
  }

  private void remove(String name, long now) {
    boolean removed = table.remove(named(name), now);
    Slot old = model.remove(name);
    assertThat(removed).isEqualTo(old != null && old.expireAt() >= now);
  }

  private void check(long now) {
    assertThat(table.size()).isEqualTo(model.size());
    model.forEach((name, slot) -> {
      Field field = named(name);
      assertThat(table.find(field, now)).isEqualTo(slot.expireAt() >= now);
      assertThat(value(field)).isEqualTo(slot.value());
      assertThat(field.expireAt()).isEqualTo(slot.expireAt());
    });
    assertThat(table.find(named("nobody"), now)).isFalse();
    checkFootprint(table);
    checkOrder();
  }

  /** Adds up what is there, not trusting any count. */
  private static void checkFootprint(FieldTable table) {
    long sum = Footprint.fieldTable(table.directory.length);
    for (FieldSegment segment : new HashSet<>(List.of(table.directory))) {
      sum += segment.footprint();
      for (int i = 0; i < segment.size; i++) {
        sum += Footprint.bytes(segment.records[i].length);
      }
    }
    sum += table.queue == null ? 0 : table.queue.footprint();
    assertThat(table.footprint()).isEqualTo(sum);
  }

  private void checkOrder() {
    int fields = 0;
    FieldSegment last = null;
    for (FieldSegment segment : table.directory) {
      if (segment == last) {
        continue;
      }
      last = segment;
      for (int i = 1; i < segment.size; i++) {
        assertThat(Integer.compareUnsigned(segment.hashes[i - 1], segment.hashes[i]))
            .isNotPositive();
      }
      fields += segment.size;
    }
    assertThat(fields).isEqualTo(table.size());
  }

  @Test
  void aTableDoesWhatAMapDoes_whileItGrowsAndShrinks() {
    Random random = new Random(11);
    for (int round = 0; round < 6; round++) {
      int names = round % 2 == 0 ? 20_000 : 50;
      for (int step = 0; step < 15_000; step++) {
        String name = "f" + random.nextInt(20_000);
        if (random.nextInt(20_000) < names - model.size() || random.nextInt(4) == 0) {
          put(name, "v".repeat(random.nextInt(40)), Entry.NEVER, NOW);
        } else {
          String present = model.isEmpty() ? name : model.keySet().iterator().next();
          remove(random.nextInt(3) == 0 ? name : present, NOW);
        }
      }
      check(NOW);
    }
    for (String name : Set.copyOf(model.keySet())) {
      remove(name, NOW);
    }
    check(NOW);
    assertThat(table.directory).hasSize(1);
  }

  @Test
  void removeDue_leavesWhatIsNotDue() {
    Random random = new Random(12);
    long now = NOW;
    for (int step = 0; step < 60_000; step++) {
      String name = "f" + random.nextInt(5000);
      switch (random.nextInt(6)) {
        case 0 -> remove(name, now);
        case 1 -> put(name, "v" + step, Entry.NEVER, now);
        default -> put(name, "v" + step, now + random.nextInt(3000), now);
      }
      if (step % 10 == 0) {
        now += random.nextInt(20);
      }
      if (step % 2000 == 0) {
        check(now);
        long moment = now;
        table.removeDue(now, Integer.MAX_VALUE);
        model.values().removeIf(slot -> slot.expireAt() < moment);
        check(now);
        assertThat(table.earliest()).isGreaterThanOrEqualTo(now);
      }
    }
  }

  @Test
  void removeDue_looksAtNoMoreSegmentsThanItMay() {
    for (int i = 0; i < 10_000; i++) {
      put("f" + i, "v", NOW + 1, NOW);
    }
    table.removeDue(NOW + 2, 3);
    assertThat(table.size()).isBetween(10_000 - 3 * FieldSegment.MOST, 9_999);
    assertThat(table.earliest()).isEqualTo(NOW + 1);
    table.removeDue(NOW + 2, Integer.MAX_VALUE);
    assertThat(table.size()).isZero();
    assertThat(table.earliest()).isEqualTo(Entry.NEVER);
  }

  @Test
  void scan_showsWhatIsThereAllTheTime_whateverElseComesAndGoes() {
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      FieldTable scanned = new FieldTable();
      Set<String> stable = new HashSet<>();
      for (int i = 0; i < 500 + random.nextInt(3000); i++) {
        stable.add("stable" + i);
        scanned.put(named("stable" + i).value(bytes("v")), NOW);
      }
      Set<String> seen = new HashSet<>();
      long cursor = 0;
      do {
        cursor = scanned.scan(cursor, 1 + random.nextInt(50), NOW, field -> seen.add(name(field)));
        boolean grow = random.nextBoolean();
        for (int i = 0; i < 300; i++) {
          Field other = named("other" + random.nextInt(20_000)).value(bytes("w"));
          boolean unused = grow ? scanned.put(other, NOW) : scanned.remove(other, NOW);
        }
      } while (cursor != 0);
      assertThat(seen).as("seed %d", seed).containsAll(stable);
    }
  }

  @Test
  void scan_leavesOutWhatIsDue_andShowsEachFieldOnceWhereNothingChanges() {
    for (int i = 0; i < 5000; i++) {
      put("f" + i, "v", i % 2 == 0 ? NOW : Entry.NEVER, NOW);
    }
    Map<String, Integer> seen = new HashMap<>();
    long cursor = 0;
    do {
      cursor = table.scan(cursor, 10, NOW + 1, field -> seen.merge(name(field), 1, Integer::sum));
    } while (cursor != 0);
    assertThat(seen).hasSize(2500);
    assertThat(seen.values()).containsOnly(1);
  }

  @Test
  void scan_goesOnFromAnyCursor() {
    for (int i = 0; i < 1000; i++) {
      put("f" + i, "v", Entry.NEVER, NOW);
    }
    for (long cursor : new long[] {1, -1, Long.MIN_VALUE, 0xffffffffL, 1L << 32, 123_456_789}) {
      long following = table.scan(cursor, 10, NOW, field -> {});
      assertThat(following).isBetween(0L, 0xffffffffL);
    }
  }

  @Test
  void picks_areAsLikelyForEveryField() {
    for (int size : new int[] {1, 10, 100, 500}) {
      FieldTable picked = new FieldTable();
      for (int i = 0; i < size; i++) {
        picked.put(named("f" + i).value(bytes("v")), NOW);
      }
      HashValue.Picker picker = picked.picker(new Random(size));
      Map<String, Integer> counts = new HashMap<>();
      Map<Long, String> identities = new HashMap<>();
      Field field = new Field();
      for (int i = 0; i < size * 400; i++) {
        long identity = picker.pick(field);
        counts.merge(name(field), 1, Integer::sum);
        String known = identities.putIfAbsent(identity, name(field));
        assertThat(known).isIn(null, name(field));
      }
      assertThat(counts).hasSize(size);
      double squares = 0;
      for (int count : counts.values()) {
        squares += (count - 400.0) * (count - 400.0) / 400;
      }
      assertThat(squares)
          .as("chi-square of %d fields", size)
          .isLessThan(size + 5 * Math.sqrt(2 * size));
    }
  }

  @Test
  void aCopyDoesNotChangeWithTheOriginal() {
    for (int i = 0; i < 2000; i++) {
      put("f" + i, "v" + i, i % 3 == 0 ? NOW + i : Entry.NEVER, NOW);
    }
    FieldTable copy = (FieldTable) table.copy();
    checkFootprint(copy);
    Map<String, Slot> kept = Map.copyOf(model);
    for (int i = 0; i < 4000; i += 2) {
      put("f" + i, "other", Entry.NEVER, NOW);
      remove("f" + (i + 1), NOW);
    }
    check(NOW);
    assertThat(copy.size()).isEqualTo(kept.size());
    kept.forEach((name, slot) -> {
      Field field = named(name);
      assertThat(copy.find(field, NOW)).isTrue();
      assertThat(value(field)).isEqualTo(slot.value());
    });
    copy.removeDue(NOW + 5000, Integer.MAX_VALUE);
    assertThat(copy.size())
        .isEqualTo(kept.values().stream().filter(s -> s.expireAt() == Entry.NEVER).count());
  }
}
