package dev.redistill.loadtest;

import java.util.random.RandomGenerator;

/**
 * Draws keys by Zipf's law: the key of rank k is as likely as k to the power of minus theta. Ranks
 * are spread over the numbers of keys, so that frequent keys are no neighbours.
 */
final class Zipf implements KeyChooser {
  /*
   * Rejection-inversion (W. Hörmann, G. Derflinger, "Rejection-inversion to generate variates from
   * monotone discrete distributions", 1996): constant time and no table, for every theta above 0.
   * With h(x) = x^-theta and H its integral, a point u is drawn under the area of H between 1.5 and
   * keys + 0.5, to which the left part [H(1.5) - h(1), H(1.5)] is added for rank 1.
   */
  private final int keys;
  private final double theta;
  private final double lowest;
  private final double highest;
  private final double sureWithin;
  private final long stride;

  Zipf(int keys, double theta) {
    this.keys = keys;
    this.theta = theta;
    lowest = integral(1.5) - 1;
    highest = integral(keys + 0.5);
    sureWithin = 2 - inverse(integral(2.5) - density(2));
    stride = coprimeTo(keys);
  }

  @Override
  public int next(RandomGenerator random) {
    return (int) (rank(random) * stride % keys);
  }

  /** A rank from 1 to the number of keys. */
  long rank(RandomGenerator random) {
    while (true) {
      double u = highest + random.nextDouble() * (lowest - highest);
      double x = inverse(u);
      double rank = Math.clamp(Math.rint(x), 1, keys);
      if (rank - x <= sureWithin || u >= integral(rank + 0.5) - density(rank)) {
        return (long) rank;
      }
    }
  }

  private double density(double x) {
    return Math.pow(x, -theta);
  }

  private double integral(double x) {
    return theta == 1 ? Math.log(x) : (Math.pow(x, 1 - theta) - 1) / (1 - theta);
  }

  private double inverse(double area) {
    return theta == 1 ? Math.exp(area) : Math.pow(1 + area * (1 - theta), 1 / (1 - theta));
  }

  /** A number near the golden section of {@code keys} that shares no divisor with it. */
  private static long coprimeTo(int keys) {
    long candidate = Math.max(1, (long) (keys * 0.6180339887));
    while (greatestCommonDivisor(candidate, keys) != 1) {
      candidate++;
    }
    return candidate;
  }

  private static long greatestCommonDivisor(long a, long b) {
    return b == 0 ? a : greatestCommonDivisor(b, a % b);
  }
}
