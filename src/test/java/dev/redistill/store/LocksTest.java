package dev.redistill.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class LocksTest {

  private static final int SHARDS = 8;

  private final Keyspace keyspace = new Keyspace(3, SHARDS);
  private final Locks locks = new Locks();

  private static Probe probe(String key) {
    return new Probe().set(key.getBytes(StandardCharsets.ISO_8859_1));
  }

  private List<Long> places() {
    return Arrays.stream(locks.order, 0, locks.count).boxed().toList();
  }

  private boolean isHeld(int database, int shard) {
    return keyspace.database(database).shards()[shard].isHeldByCurrentThread();
  }

  private boolean isUnsettled(Probe probe) {
    return (keyspace.database(0).shard(probe.hash()).version() & 1) == 1;
  }

  /** A key in the same shard as the given one. */
  private Probe neighbour(Probe probe) {
    for (int i = 0; ; i++) {
      Probe candidate = probe("n" + i);
      if (keyspace.database(0).shard(candidate.hash())
          == keyspace.database(0).shard(probe.hash())) {
        return candidate;
      }
    }
  }

  @Test
  void lock_takesWhatWasAddedAndNothingElse_inOneOrder() {
    for (long seed = 1; seed <= 300; seed++) {
      Random random = new Random(seed);
      boolean[][] wanted = new boolean[3][SHARDS];
      for (int i = random.nextInt(30); i > 0; i--) {
        int database = random.nextInt(3);
        Probe probe = probe("k" + random.nextInt(100));
        locks.add(keyspace.database(database), probe);
        wanted[database][keyspace.database(database).shardIndex(probe.hash())] = true;
      }
      if (random.nextInt(4) == 0) {
        locks.addAll(keyspace.database(1));
        wanted[1] = new boolean[] {true, true, true, true, true, true, true, true};
      }
      List<Long> order = places();
      assertThat(order).as("seed %d", seed).isSorted().doesNotHaveDuplicates();
      locks.lock(random.nextBoolean());
      for (int i = 0; i < 3 * SHARDS; i++) {
        assertThat(isHeld(i / SHARDS, i % SHARDS))
            .as("seed %d", seed)
            .isEqualTo(wanted[i / SHARDS][i % SHARDS]);
      }
      locks.unlock();
      for (int i = 0; i < 3 * SHARDS; i++) {
        assertThat(isHeld(i / SHARDS, i % SHARDS)).as("seed %d", seed).isFalse();
      }
    }
  }

  @Test
  void lock_orderSurvivesAnExchangeOfDatabases() {
    locks.addAll(keyspace.database(0));
    locks.addAll(keyspace.database(1));
    List<Long> before = places();
    locks.lock(true);
    keyspace.swap(0, 1, 0);
    locks.unlock();
    locks.addAll(keyspace.database(0));
    locks.addAll(keyspace.database(1));
    assertThat(places()).isEqualTo(before).isSorted();
    locks.clear();
  }

  @Test
  void lock_ofSeveralKeysToWrite_unsettlesTheirShards() {
    Probe first = probe("a");
    locks.add(keyspace.database(0), first);
    locks.add(keyspace.database(0), probe("b"));
    locks.lock(true);
    assertThat(isUnsettled(first)).isTrue();
    locks.unlock();
    assertThat(isUnsettled(first)).isFalse();
  }

  @Test
  void lock_ofSeveralKeysInOneShard_unsettlesItToo() {
    Probe first = probe("a");
    locks.add(keyspace.database(0), first);
    locks.add(keyspace.database(0), neighbour(first));
    locks.lock(true);
    assertThat(isUnsettled(first)).isTrue();
    locks.unlock();
    assertThat(isUnsettled(first)).isFalse();
  }

  @Test
  void lock_ofOneKey_orToRead_leavesReadersAlone() {
    Probe first = probe("a");
    locks.add(keyspace.database(0), first);
    locks.lock(true);
    assertThat(isUnsettled(first)).isFalse();
    locks.unlock();
    locks.add(keyspace.database(0), first);
    locks.add(keyspace.database(0), neighbour(first));
    locks.lock(false);
    assertThat(isUnsettled(first)).isFalse();
    locks.unlock();
  }

  @Test
  void isHeld_asksForEveryShard() {
    Database database = keyspace.database(2);
    locks.addAll(database);
    assertThat(database.isHeld()).isFalse();
    locks.lock(true);
    assertThat(database.isHeld()).isTrue();
    database.shards()[5].unlock();
    assertThat(database.isHeld()).isFalse();
    database.shards()[5].lock();
    locks.unlock();
    assertThat(places()).isEmpty();
  }
}
