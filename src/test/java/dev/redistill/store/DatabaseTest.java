package dev.redistill.store;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class DatabaseTest {

  private static final long NOW = 1_000_000;

  private final Database database = new Database(0, 4, new AccessClock());

  private static Probe probe(String key) {
    return new Probe().set(key.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String name(Entry entry) {
    return new String(entry.key(), StandardCharsets.ISO_8859_1);
  }

  private static byte[] value(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private Entry set(String key, String value, long expireAt) {
    Probe probe = probe(key);
    return database.set(probe, database.find(probe, NOW), value(value), expireAt);
  }

  private boolean remove(String key, long now) {
    Entry entry = database.find(probe(key), now);
    if (entry != null) {
      database.remove(entry);
    }
    return entry != null;
  }

  /* Phases that mostly insert and phases that mostly delete make the tables grow and shrink. */
  @Test
  void randomWritesAgreeWithAMap_andLeaveNothingBehind() {
    for (long seed = 1; seed <= 20; seed++) {
      Random random = new Random(seed);
      Map<String, String> model = new HashMap<>();
      int keys = 1 + random.nextInt(5000);
      for (int step = 0; step < 20_000; step++) {
        String key = "k" + random.nextInt(keys);
        boolean inserting = step / 3000 % 2 == 0;
        if (random.nextInt(10) < (inserting ? 9 : 1)) {
          String value = "v".repeat(random.nextInt(50)) + step;
          set(key, value, random.nextInt(3) == 0 ? NOW + random.nextInt(1000) : Entry.NEVER);
          model.put(key, value);
        } else {
          assertThat(remove(key, NOW)).as("seed %d", seed).isEqualTo(model.remove(key) != null);
        }
      }
      assertSame(model, seed);
      model.keySet().forEach(key -> assertThat(remove(key, NOW)).isTrue());
      assertThat(database.size()).as("seed %d", seed).isZero();
      assertThat(database.expiring()).as("seed %d", seed).isZero();
      assertThat(database.footprint())
          .as("seed %d", seed)
          .isEqualTo(new Database(1, 4, new AccessClock()).footprint());
    }
  }

  private void assertSame(Map<String, String> model, long seed) {
    assertThat(database.size()).as("seed %d", seed).isEqualTo(model.size());
    Map<String, String> held = new HashMap<>();
    database.forEach(
        NOW,
        entry ->
            held.put(name(entry), new String((byte[]) entry.value(), StandardCharsets.ISO_8859_1)));
    assertThat(held).as("seed %d", seed).isEqualTo(model);
  }

  @Test
  void footprint_isTheSumOfWhatIsThere() {
    Random random = new Random(3);
    for (int i = 0; i < 5000; i++) {
      Entry entry = set("k" + random.nextInt(500), "v".repeat(random.nextInt(4000)), Entry.NEVER);
      if (random.nextBoolean()) {
        int size = random.nextInt(5000);
        database.commit(entry, database.draft(entry, size), size);
      }
    }
    long[] entries = {0};
    database.forEach(NOW, entry -> entries[0] += Footprint.entry(entry));
    long tables = 0;
    for (Shard shard : database.shards()) {
      tables += Footprint.references(shard.table.length);
    }
    assertThat(database.footprint()).isEqualTo(entries[0] + tables);
  }

  @Test
  void clear_leavesNothingBehind() {
    for (int i = 0; i < 1000; i++) {
      set("k" + i, "v", NOW + i);
    }
    database.clear();
    assertThat(database.size()).isZero();
    assertThat(database.expiring()).isZero();
    assertThat(database.nextDue()).isEqualTo(ExpiryQueue.NOTHING);
    assertThat(database.footprint()).isEqualTo(new Database(1, 4, new AccessClock()).footprint());
    assertThat(database.find(probe("k1"), NOW)).isNull();
    set("k1", "w", Entry.NEVER);
    assertThat(database.size()).isEqualTo(1);
  }

  @Test
  void databasesShareNothing() {
    Database other = new Database(1, 4, new AccessClock());
    set("k", "v", Entry.NEVER);
    assertThat(other.find(probe("k"), NOW)).isNull();
    assertThat(database.find(probe("k"), NOW)).isNotNull();
  }

  @Test
  void find_removesWhatIsDue_butKeepsAKeyToTheEndOfItsMillisecond() {
    set("k", "v", NOW + 5);
    assertThat(database.find(probe("k"), NOW + 5)).isNotNull();
    assertThat(database.find(probe("k"), NOW + 6)).isNull();
    assertThat(database.size()).isZero();
    assertThat(database.expired()).isEqualTo(1);
  }

  @Test
  void draft_ofALongString_isChangedInPlace() {
    Entry entry = set("k", "v".repeat(2000), Entry.NEVER);
    byte[] draft = database.draft(entry, 3000);
    draft[2999] = 'x';
    database.commit(entry, draft, 3000);
    assertThat(Text.length(entry.value())).isEqualTo(3000);
    assertThat(database.draft(entry, 2999)).isSameAs(draft);
    assertThat(Text.copy(entry.value(), 1999, 2001)).isEqualTo(new byte[] {'v', 0});
    assertThat(entry.isRaw()).isTrue();
  }

  @Test
  void aTimeToLiveThatIsRefreshed_keepsOnePlaceInTheQueue() {
    Entry entry = set("session", "v", NOW + 1000);
    long before = database.footprint();
    for (int i = 1; i <= 100_000; i++) {
      database.expire(entry, NOW + 1000 + i);
    }
    assertThat(database.footprint()).isEqualTo(before);
    assertThat(database.removeDue(NOW + 1001, 100)).isEqualTo(1);
    assertThat(database.nextDue()).isEqualTo(NOW + 101_000);
    assertThat(database.find(probe("session"), NOW + 1001)).isSameAs(entry);
  }

  @Test
  void timesToLiveThatComeAndGo_doNotFillTheQueue() {
    Random random = new Random(5);
    long[] most = {0};
    for (int i = 0; i < 200_000; i++) {
      String key = "k" + random.nextInt(100);
      switch (random.nextInt(4)) {
        case 0 -> set(key, "v", NOW + 1 + random.nextInt(100_000));
        case 1 -> set(key, "v", Entry.NEVER);
        case 2 -> remove(key, NOW);
        default -> {
          Entry entry = database.find(probe(key), NOW);
          if (entry != null) {
            database.expire(entry, NOW + 1 + random.nextInt(100_000));
          }
        }
      }
      most[0] = Math.max(most[0], database.footprint());
    }
    assertThat(most[0]).isLessThan(4 * 12 * (2 * 100 + 16) * 2 + 100 * 100);
  }

  @Test
  void aRemovedKey_letsGoOfItsValue_thoughItsPlaceInTheQueueIsLeft() {
    Entry entry = set("k", "v".repeat(100), NOW + 1000);
    set("other", "v", NOW + 2000);
    Shard shard = database.shard(entry.hash());
    for (int i = 0; shard.size() < 2; i++) {
      set("n" + i, "v", NOW + 2000);
    }
    database.remove(entry);
    assertThat(entry.value()).isNotInstanceOf(byte[].class);
  }

  @Test
  void removeDue_removesExactlyWhatIsDue() {
    for (long seed = 1; seed <= 20; seed++) {
      Random random = new Random(seed);
      Map<String, Long> model = new HashMap<>();
      long now = NOW;
      for (int step = 0; step < 300; step++) {
        for (int i = 0; i < 10; i++) {
          String key = "k" + random.nextInt(300);
          long at = random.nextInt(5) == 0 ? Entry.NEVER : now + 1 + random.nextInt(500);
          set(key, "v", at);
          model.put(key, at);
        }
        now += random.nextInt(40);
        removeAllDue(now, 1 + random.nextInt(5));
        long moment = now;
        model.values().removeIf(expiry -> expiry < moment);
        assertThat(database.size()).as("seed %d step %d", seed, step).isEqualTo(model.size());
      }
      database.clear();
    }
  }

  private void removeAllDue(long now, int atOnce) {
    int looked;
    do {
      looked = database.removeDue(now, atOnce);
      assertThat(looked).isLessThanOrEqualTo(atOnce * 4);
    } while (looked > 0);
  }

  @Test
  void random_isFair() {
    int keys = 200;
    Map<String, Integer> counts = new HashMap<>();
    for (int i = 0; i < keys; i++) {
      set("k" + i, "v", Entry.NEVER);
    }
    Random random = new Random(11);
    int draws = 200_000;
    for (int i = 0; i < draws; i++) {
      counts.merge(name(requireNonNull(database.random(NOW, random))), 1, Integer::sum);
    }
    assertThat(counts).hasSize(keys);
    double mean = (double) draws / keys;
    assertThat(counts.values())
        .allSatisfy(n -> assertThat(n).isBetween((int) (mean * 0.7), (int) (mean * 1.3)));
  }

  @Test
  void random_neverAnswersADueKey_andEndsWhenThereAreOnlySuch() {
    for (int i = 0; i < 1000; i++) {
      set("due" + i, "v", NOW + 1);
    }
    Entry live = set("live", "v", Entry.NEVER);
    assertThat(database.random(NOW + 2, new Random(1))).isSameAs(live);
    database.remove(live);
    assertThat(database.random(NOW + 2, new Random(1))).isNull();
    assertThat(database.size()).isZero();
  }

  @Test
  void scan_showsEveryKeyThatStays_whateverElseComesAndGoes() {
    for (long seed = 1; seed <= 100; seed++) {
      Random random = new Random(seed);
      Set<String> stable = new HashSet<>();
      for (int i = random.nextInt(200); i > 0; i--) {
        set("s" + i, "v", Entry.NEVER);
        stable.add("s" + i);
      }
      Set<String> shown = new HashSet<>();
      long cursor = 0;
      int calls = 0;
      do {
        cursor =
            database.scan(cursor, 1 + random.nextInt(20), NOW, entry -> shown.add(name(entry)));
        disturb(random);
        calls++;
        assertThat(calls).as("seed %d", seed).isLessThan(100_000);
      } while (cursor != 0);
      assertThat(shown).as("seed %d", seed).containsAll(stable);
      database.clear();
    }
  }

  /** Makes the tables grow or shrink by a lot, or changes a little. */
  private void disturb(Random random) {
    int kind = random.nextInt(8);
    int span = kind < 2 ? 3000 : 20;
    for (int i = 0; i < span; i++) {
      String key = "x" + (kind < 2 ? i : random.nextInt(3000));
      if (kind % 2 == 0) {
        set(key, "v", random.nextBoolean() ? Entry.NEVER : NOW + 1000);
      } else {
        remove(key, NOW);
      }
    }
  }

  @Test
  void scan_ofASettledDatabase_showsEachKeyOnce() {
    for (int i = 0; i < 3000; i++) {
      set("k" + i, "v", Entry.NEVER);
    }
    for (int count : new int[] {1, 7, 10, 1000, 1_000_000}) {
      int[] shown = {0};
      Set<String> names = new HashSet<>();
      long cursor = 0;
      do {
        cursor =
            database.scan(
                cursor,
                count,
                NOW,
                entry -> {
                  shown[0]++;
                  names.add(name(entry));
                });
      } while (cursor != 0);
      assertThat(names).hasSize(3000);
      assertThat(shown[0]).as("count %d", count).isEqualTo(3000);
    }
  }

  @Test
  void scan_takesAnyCursor() {
    for (int i = 0; i < 100; i++) {
      set("k" + i, "v", Entry.NEVER);
    }
    Random random = new Random(9);
    for (long cursor :
        new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE, random.nextLong(), 1 << 30}) {
      long at = cursor;
      for (int calls = 0; calls < 200; calls++) {
        at = database.scan(at, 10, NOW, entry -> {});
        if (at == 0) {
          break;
        }
      }
      assertThat(at).as("cursor %d", cursor).isZero();
    }
  }

  @Test
  void scan_withoutMuchToShow_stopsAfterAWhile() {
    set("k", "v", Entry.NEVER);
    for (int i = 0; i < 100_000; i++) {
      set("x" + i, "v", NOW - 1);
    }
    int[] shown = {0};
    long cursor = database.scan(0, 10, NOW, entry -> shown[0]++);
    assertThat(cursor).isNotZero();
    assertThat(shown[0]).isLessThan(2);
  }

  @Test
  void swap_exchangesDatabasesAndLeavesWatchersWithTheNumber() {
    Keyspace keyspace = new Keyspace(2, 1);
    Database first = keyspace.database(0);
    Database second = keyspace.database(1);
    first.set(probe("k"), null, value("v"), Entry.NEVER);
    int[] changes = new int[3];
    first.watch(probe("k"), () -> changes[0]++);
    first.watch(probe("absent"), () -> changes[1]++);
    second.watch(probe("k"), () -> changes[2]++);
    keyspace.swap(0, 1, NOW);
    assertThat(keyspace.database(0)).isSameAs(second);
    assertThat(keyspace.swaps()).isEqualTo(1);
    assertThat(Arrays.stream(changes).boxed()).containsExactly(1, 0, 1);
    second.set(probe("absent"), null, value("v"), Entry.NEVER);
    assertThat(changes[1]).isEqualTo(1);
    keyspace.swap(0, 0, NOW);
    assertThat(changes[1]).isEqualTo(1);
  }

  @Test
  void swap_ofADueKey_isNoChangeToWhoWatchesItsName() {
    Keyspace keyspace = new Keyspace(2, 1);
    keyspace.database(1).set(probe("k"), null, value("v"), NOW - 1);
    int[] changes = new int[1];
    keyspace.database(0).watch(probe("k"), () -> changes[0]++);
    keyspace.swap(0, 1, NOW);
    assertThat(keyspace.database(0).removeDue(NOW, 10)).isZero();
    assertThat(changes[0]).isZero();
  }
}
