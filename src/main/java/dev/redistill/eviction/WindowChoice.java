package dev.redistill.eviction;

import java.util.Arrays;
import java.util.List;

/**
 * Decides on the share of the window by how the possible ones do on a sample of the keys. Guarded
 * by the lock of its owner.
 */
final class WindowChoice {

  private static final double[] SHARES = {WindowShare.LEAST, WindowShare.MOST};
  private static final double CLEARLY = 0.01;
  private static final double REMEMBERED = 0.95;

  private final WindowShare share;

  /** By how much more misses there are of all lookups than in each trial; NaN if not known. */
  private final double[] errors = new double[SHARES.length];

  WindowChoice(WindowShare share) {
    this.share = share;
  }

  /** What is to be tried, in the order in which results are to be told. */
  static List<WindowShare> options() {
    return Arrays.stream(SHARES).mapToObj(WindowShare::new).toList();
  }

  /** Begins without any knowledge. */
  void reset() {
    Arrays.fill(errors, Double.NaN);
    share.value(SHARES[0]);
  }

  /** What is known becomes less sure. */
  void fade() {
    for (int i = 0; i < errors.length; i++) {
      errors[i] *= REMEMBERED;
    }
  }

  /**
   * Takes the share that should miss least, if it does so clearly; answers whether that is another
   * one. Of the share in use it is known how far the truth is from its trial, which stays
   * remembered of the other; a share that was never in use is taken to be as far from it.
   *
   * @param missed which part of the lookups misses in fact
   * @param trials which part does in each trial
   */
  boolean decide(double missed, double[] trials) {
    int current = share.value() == SHARES[0] ? 0 : 1;
    errors[current] = missed - trials[current];
    double error = Double.isNaN(errors[1 - current]) ? errors[current] : errors[1 - current];
    if (missed - (trials[1 - current] + error) <= CLEARLY) {
      return false;
    }
    share.value(SHARES[1 - current]);
    return true;
  }
}
