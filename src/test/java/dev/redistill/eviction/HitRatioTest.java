package dev.redistill.eviction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What policies keep, by patterns of which the best result is known. */
final class HitRatioTest {

  private static final int ENTRIES = 4000;

  /** Numbers from 0 to 99,999, the smaller the more frequent. */
  private static LongUnaryOperator skewed() {
    SplittableRandom random = new SplittableRandom(42);
    return at -> (long) (100_000 * Math.pow(random.nextDouble(), 6));
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = "ALLKEYS_.*")
  void everyPolicy_keepsWithinItsMemoryAndFindsSomething(EvictionPolicy policy) {
    CacheModel cache = new CacheModel(policy, ENTRIES);
    double ratio = cache.run(100_000, skewed());
    assertThat(cache.size()).as("entries").isLessThanOrEqualTo(ENTRIES);
    assertThat(ratio).as("hit ratio").isBetween(0.4, 0.6);
  }

  @Test
  void tinyLfu_keepsAPartOfALoopThatDoesNotFit() {
    CacheModel cache = new CacheModel(EvictionPolicy.ALLKEYS_TINYLFU, ENTRIES);
    int loop = ENTRIES + ENTRIES / 10;
    cache.run(10 * loop, at -> at % loop);
    assertThat(cache.run(10 * loop, at -> at % loop)).isBetween(0.85, 0.91);
  }

  @Test
  void tinyLfu_keepsWhatIsUsedThroughAScan() {
    CacheModel cache = new CacheModel(EvictionPolicy.ALLKEYS_TINYLFU, ENTRIES);
    LongUnaryOperator keys = at -> at % (ENTRIES / 2);
    cache.run(10 * ENTRIES, keys);
    cache.run(2 * ENTRIES, at -> 1_000_000 + at);
    assertThat(cache.run(ENTRIES / 2, keys)).isGreaterThan(0.98);
  }

  @Test
  void tinyLfu_turnsToWhatWasUsedLastWherePopularityMoves() {
    SplittableRandom random = new SplittableRandom(42);
    LongUnaryOperator moving = at -> at / 5 + random.nextLong(ENTRIES / 2);
    CacheModel cache = new CacheModel(EvictionPolicy.ALLKEYS_TINYLFU, ENTRIES);
    cache.run(200_000, moving);
    double adapted = cache.run(100_000, at -> moving.applyAsLong(at + 200_000));
    CacheModel lru = new CacheModel(EvictionPolicy.ALLKEYS_LRU, ENTRIES);
    lru.run(200_000, moving);
    double recency = lru.run(100_000, at -> moving.applyAsLong(at + 200_000));
    assertThat(adapted).isGreaterThan(recency - 0.02);
  }

  @Test
  void tinyLfu_turnsBackToWhatIsUsedMost() {
    SplittableRandom random = new SplittableRandom(42);
    CacheModel cache = new CacheModel(EvictionPolicy.ALLKEYS_TINYLFU, ENTRIES);
    cache.run(200_000, at -> at / 5 + random.nextLong(ENTRIES / 2));
    int loop = ENTRIES + ENTRIES / 10;
    cache.run(40 * loop, at -> 1_000_000 + at % loop);
    assertThat(cache.run(10 * loop, at -> 1_000_000 + at % loop)).isBetween(0.85, 0.91);
  }
}
