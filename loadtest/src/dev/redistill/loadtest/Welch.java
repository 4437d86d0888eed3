package dev.redistill.loadtest;

import java.util.Arrays;

/** Welch's t statistic of two samples, which tells whether their means differ. */
final class Welch {
  private static final double KEPT = 0.95;

  private Welch() {}

  /** The statistic over all values. */
  static double statistic(double[] a, double[] b) {
    double error = Math.sqrt(variance(a) / a.length + variance(b) / b.length);
    return error == 0 ? 0 : (mean(a) - mean(b)) / error;
  }

  /** The values without the largest, which the machine has held up. */
  static double[] trimmed(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return Arrays.copyOf(sorted, (int) (sorted.length * KEPT));
  }

  static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(0);
  }

  private static double variance(double[] values) {
    double mean = mean(values);
    return Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum()
        / Math.max(1, values.length - 1);
  }
}
