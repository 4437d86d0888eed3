package dev.redistill.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which keys chance picks. */
final class EntrySamplerTest {

  private static final int SHARDS = 64;

  private final Keyspace keyspace = new Keyspace(1, SHARDS);
  private final Database database = keyspace.database(0);
  private final EntrySampler sampler = new EntrySampler(1);

  private void fill(int keys, long expireAt) {
    for (int i = 0; i < keys; i++) {
      Probe probe = new Probe().set(("key:" + i).getBytes(StandardCharsets.US_ASCII));
      ShardLock lock = database.lock(probe);
      Entry unused = database.set(probe, null, new byte[10], expireAt);
      lock.unlock();
    }
  }

  @Test
  void atSeveralPlaces_everyKeyIsPickedAboutEquallyOften() {
    int keys = 5000;
    int times = 20_000;
    fill(keys, Entry.NEVER);
    Map<Entry, Integer> picked = new HashMap<>();
    long all = 0;
    for (int i = 0; i < times; i++) {
      Entry[] met = sampler.sample(database, 8, 5);
      all += met.length;
      for (Entry entry : met) {
        picked.merge(entry, 1, Integer::sum);
      }
    }
    assertThat(picked).hasSize(keys);
    assertThat((double) all / times).isBetween(35.0, 50.0);
    double mean = (double) all / keys;
    /* Keys of a shard with fewer of them are picked more often. */
    assertThat(picked.values()).allMatch(count -> count > mean / 2 && count < mean * 2);
  }

  @Test
  void atSeveralPlaces_noKeyIsPickedTwiceAtOne() {
    fill(5000, Entry.NEVER);
    for (int i = 0; i < 1000; i++) {
      Entry[] met = sampler.sample(database, 1, 16);
      assertThat(new HashSet<>(List.of(met))).hasSize(met.length);
    }
  }

  @Test
  void ofThreeKeys_allAreFoundWhereverTheyAre() {
    fill(3, Entry.NEVER);
    Set<Entry> met = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      assertThat(sampler.sample(database, 8, 5)).hasSizeLessThanOrEqualTo(40);
      Entry[] found = sampler.sample(database, 5);
      assertThat(found).hasSize(3);
      met.addAll(List.of(found));
    }
    assertThat(met).hasSize(3);
  }

  @Test
  void inAnEmptyDatabase_thereIsNothing() {
    assertThat(sampler.sample(database, 8, 5)).isEmpty();
    assertThat(sampler.sample(database, 5)).isEmpty();
    assertThat(sampler.sampleExpiring(database, 5)).isEmpty();
  }

  @Test
  void ofThoseWithAnExpiry_theOthersAreNotPicked() {
    fill(100, Entry.NEVER);
    assertThat(sampler.sampleExpiring(database, 5)).isEmpty();
    fill(10, 4_000_000_000_000L);
    for (int i = 0; i < 100; i++) {
      assertThat(sampler.sampleExpiring(database, 5))
          .isNotEmpty()
          .allMatch(entry -> entry.expireAt() != Entry.NEVER);
    }
  }
}
