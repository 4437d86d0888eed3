package dev.redistill.loadtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

final class WelchTest {

  @Test
  void statistic_isTheDifferenceOfMeansByItsStandardError() {
    double[] a = {1, 2, 3};
    double[] b = {2, 4, 6};
    assertThat(Welch.statistic(a, b)).isCloseTo(-2 / Math.sqrt(1 / 3.0 + 4 / 3.0), within(1e-12));
    assertThat(Welch.statistic(a, a)).isZero();
  }

  @Test
  void aDifferenceOfAHundredth_showsInManyValues() {
    Random chance = new Random(1);
    double[] a = DoubleStream.generate(() -> 100 + chance.nextGaussian()).limit(50_000).toArray();
    double[] b = DoubleStream.generate(() -> 101 + chance.nextGaussian()).limit(50_000).toArray();
    double[] c = DoubleStream.generate(() -> 100 + chance.nextGaussian()).limit(50_000).toArray();
    assertThat(Math.abs(Welch.statistic(a, b))).isGreaterThan(4.5);
    assertThat(Math.abs(Welch.statistic(a, c))).isLessThan(4.5);
  }

  @Test
  void trimmed_leavesOutTheLargest() {
    assertThat(Welch.trimmed(DoubleStream.iterate(100, value -> value - 1).limit(100).toArray()))
        .hasSize(95)
        .contains(95)
        .doesNotContain(96);
  }
}
