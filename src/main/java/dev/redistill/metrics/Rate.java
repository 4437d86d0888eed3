package dev.redistill.metrics;

/**
 * How fast a total has grown of late: the mean of the last {@value #SAMPLES} samples, which a
 * worker takes about ten times a second. Sampled by one thread, read by all.
 */
public final class Rate {

  private static final int SAMPLES = 16;

  private final double[] samples = new double[SAMPLES];
  private int next;
  private long lastTotal;
  private long lastNanos;
  private boolean started;
  private volatile double perSecond;

  /** Takes a sample of the total at a time of the steady clock. */
  public void sample(long total, long nanos) {
    long elapsed = nanos - lastNanos;
    if (started && elapsed > 0) {
      samples[next] = Math.max(0, total - lastTotal) * 1e9 / elapsed;
      next = (next + 1) % SAMPLES;
      perSecond = mean();
    }
    started = true;
    lastTotal = total;
    lastNanos = nanos;
  }

  private double mean() {
    double sum = 0;
    for (double sample : samples) {
      sum += sample;
    }
    return sum / SAMPLES;
  }

  /** The growth of the total in a second. */
  public double perSecond() {
    return perSecond;
  }
}
