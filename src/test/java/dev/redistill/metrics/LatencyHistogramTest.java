package dev.redistill.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class LatencyHistogramTest {

  private final LatencyHistogram histogram = new LatencyHistogram();

  @Test
  void anEmptyHistogram_hasNoPercentiles() {
    assertThat(histogram.count()).isZero();
    assertThat(histogram.percentile(50)).isZero();
    assertThat(histogram.countUpTo(1_000_000)).isZero();
  }

  @Test
  void percentiles_areRightToThreePerCent() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    long[] values = new long[10_000];
    for (int i = 0; i < values.length; i++) {
      values[i] = (long) Math.exp(random.nextDouble() * Math.log(900_000_000));
      histogram.add(values[i], 1);
    }
    Arrays.sort(values);
    for (double percent : new double[] {0, 1, 50, 90, 99, 99.9, 100}) {
      int rank = Math.max(0, (int) Math.ceil(values.length * percent / 100) - 1);
      long exact = values[rank];
      assertThat(histogram.percentile(percent))
          .as("p%s with seed %s", percent, seed)
          .isBetween(exact, exact + exact / 32 + 1);
    }
    assertThat(histogram.countUpTo(Long.MAX_VALUE)).isEqualTo(values.length);
  }

  @Test
  void durations_beyondASecondCountAsOne() {
    histogram.add(Long.MAX_VALUE, 2);
    histogram.add(-5, 1);
    assertThat(histogram.count()).isEqualTo(3);
    assertThat(histogram.percentile(1)).isZero();
    assertThat(histogram.percentile(100)).isBetween(1_000_000_000L, 1_032_000_000L);
  }

  @Test
  void reset_startsAgain() {
    histogram.add(5, 1);
    histogram.reset();
    assertThat(histogram.count()).isZero();
  }
}
