package dev.redistill.eviction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redistill.store.Database;
import dev.redistill.store.Entry;
import dev.redistill.store.Keyspace;
import dev.redistill.store.Probe;
import dev.redistill.store.Samples;
import dev.redistill.store.ShardLock;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the caches of a sample cost, and what they follow. */
final class MiniaturesTest {

  private static final long SECOND = 1000;
  private static final long START = 1_700_000_000_000L;
  private static final long ROOM = 100 << 20;
  private static final int KEYS = 400_000;
  private static final int MEGABYTE = 1 << 20;

  private final Keyspace keyspace = new Keyspace(1, 256);
  private final Database database = keyspace.database(0);
  private final Miniatures miniatures =
      new Miniatures(keyspace, 7, new WindowShare(WindowShare.LEAST));
  private final Probe probe = new Probe();
  private long lookups;

  private void learn(EvictionPolicy policy) {
    miniatures.fit(policy, 5, database.size(), ROOM);
    miniatures.learn(0, lookups);
  }

  /** Looks for a key as if it were not there, and writes it; answers whether that is followed. */
  private boolean write(long key) {
    probe.set(ByteBuffer.allocate(Long.BYTES).putLong(key).array());
    boolean followed = (probe.hash() & keyspace.unsampled()) == 0;
    lookups++;
    if (followed) {
      keyspace.samples().looked(probe.hash(), null);
    }
    ShardLock lock = database.lock(probe);
    Entry unused = database.set(probe, database.find(probe, START), new byte[200], Entry.NEVER);
    lock.unlock();
    return followed;
  }

  /** Counts what it is told of as written. */
  private record Written(int[] count) implements Samples {
    @Override
    public void looked(int hash, @Nullable Entry found) {}

    @Override
    public void written(Entry entry) {
      count[0]++;
    }

    @Override
    public void removed(int hash) {}

    @Override
    public void cleared() {}
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = "ALLKEYS_.*")
  void theyTakeLessThanAMegabyte_howeverManyKeysThereAre(EvictionPolicy policy) {
    keyspace.clock().tick(START);
    learn(policy);
    long most = 0;
    for (int i = 0; i < KEYS; i++) {
      boolean unused = write(i);
      if (i % 1000 == 0) {
        keyspace.clock().tick(START + i * SECOND / 100);
        learn(policy);
        most = Math.max(most, miniatures.footprint());
      }
    }
    assertThat(most).isBetween(100_000L, (long) MEGABYTE);
  }

  @Test
  void nothingIsFollowed_withoutAPolicyThatEvicts() {
    learn(EvictionPolicy.NOEVICTION);
    for (int i = 0; i < 1000; i++) {
      assertThat(write(i)).as("key %d", i).isFalse();
    }
  }

  @Test
  void ofABusyServerOnlySoMuchIsFollowedEachSecond() {
    keyspace.clock().tick(START);
    learn(EvictionPolicy.ALLKEYS_LRU);
    int seconds = 30;
    int followed = 0;
    for (int i = 0; i < seconds * 20_000; i++) {
      followed += write(i % 1000) ? 1 : 0;
      if (i % 2000 == 0) {
        keyspace.clock().tick(START + i * SECOND / 20_000);
        learn(EvictionPolicy.ALLKEYS_LRU);
      }
    }
    assertThat(followed).isBetween(20_000, (seconds + 5) * Allowance.PER_SECOND / 4);
  }

  @Test
  void evictedKeys_areNotTakenForWritten() {
    Evictor evictor = new Evictor(keyspace, 7);
    evictor.policy(EvictionPolicy.ALLKEYS_RANDOM, 5);
    evictor.survey();
    boolean unused = write(1);
    int[] written = new int[1];
    keyspace.sample(0, new Written(written));
    assertThat(evictor.evict()).isPositive();
    assertThat(written[0]).isZero();
    unused = write(2);
    assertThat(written[0]).isEqualTo(1);
  }
}
