package dev.redistill.eviction;

/**
 * Which part of the memory new keys may take before they are compared with others: it climbs
 * towards the best hit ratio by trying. Written by one thread.
 */
final class WindowShare {

  /* A step in a direction, and in the other one when the hit ratio falls; the steps become smaller, until the ratio
  changes so much that other keys must be in use. */

  private static final double FIRST = 0.01;
  private static final double LEAST = 0.01;
  private static final double MOST = 0.8;
  private static final double FIRST_STEP = 0.0625;
  private static final double DECAY = 0.98;
  private static final double RESTART = 0.05;
  private static final int REQUESTS_PER_KEY = 10;
  private static final long FEWEST_REQUESTS = 10_000;

  private volatile double share = FIRST;
  private double step = FIRST_STEP;
  private double before;
  private long lastHits;
  private long lastRequests;

  /** The part of so many bytes. */
  long of(long bytes) {
    return (long) (bytes * share);
  }

  /** The part, between 0 and 1. */
  double value() {
    return share;
  }

  /** Moves on if there were enough requests since the last time; the counts are those of all. */
  void climb(long hits, long requests, long keys) {
    long recent = requests - lastRequests;
    if (recent < 0) {
      lastHits = hits;
      lastRequests = requests;
      return;
    }
    if (recent < Math.max(FEWEST_REQUESTS, keys * REQUESTS_PER_KEY)) {
      return;
    }
    double ratio = (double) (hits - lastHits) / recent;
    lastHits = hits;
    lastRequests = requests;
    double change = ratio - before;
    before = ratio;
    double move = change >= 0 ? step : -step;
    step = Math.abs(change) >= RESTART ? Math.copySign(FIRST_STEP, move) : move * DECAY;
    share = Math.clamp(share + move, LEAST, MOST);
  }
}
