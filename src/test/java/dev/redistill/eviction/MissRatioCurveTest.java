package dev.redistill.eviction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Estimates of the hit ratio with other amounts of memory, against caches of those. Of 20,000 keys
 * the sample is about 600, another one in each run: hence the distance.
 */
final class MissRatioCurveTest {

  private static final int ENTRIES = 20_000;
  private static final int REQUESTS = 600_000;
  private static final int LATE = 150_000;

  private static LongUnaryOperator skewed() {
    SplittableRandom random = new SplittableRandom(42);
    return at -> (long) (200_000 * Math.pow(random.nextDouble(), 4));
  }

  @ParameterizedTest
  @EnumSource(names = {"ALLKEYS_LRU", "ALLKEYS_LFU", "ALLKEYS_TINYLFU"})
  void estimates_areNearToWhatCachesOfThatSizeDo(EvictionPolicy policy) {
    CacheModel cache = new CacheModel(policy, ENTRIES);
    cache.run(REQUESTS, skewed());
    MissRatioCurve curve = cache.evictor.curve();
    assertThat(curve.samples()).isPositive();
    double[] estimates = {curve.half(), curve.twice(), curve.fourfold()};
    double[] ratios = {
      now(policy, ENTRIES / 2), now(policy, ENTRIES * 2), now(policy, ENTRIES * 4)
    };
    assertThat(estimates).containsExactly(ratios, within(0.04));
  }

  /** The hit ratio of a cache of that size, of late. */
  private static double now(EvictionPolicy policy, int entries) {
    CacheModel cache = new CacheModel(policy, entries);
    LongUnaryOperator keys = skewed();
    cache.run(REQUESTS - LATE, keys);
    return cache.run(LATE, keys);
  }
}
