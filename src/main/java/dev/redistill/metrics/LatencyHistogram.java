package dev.redistill.metrics;

import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * How often something took how long, to about three per cent, up to a second. Connections add to it
 * in batches, without a lock; its memory is taken at the first of them.
 */
public final class LatencyHistogram {

  /* Durations below 64 ns have a bucket each; above, every power of two is cut into 32 buckets. */
  private static final int PARTS = 32;
  private static final int PART_BITS = 5;
  private static final long LONGEST = 1_000_000_000;
  private static final int BUCKETS = bucket(LONGEST) + 1;

  private volatile @Nullable AtomicLongArray counts;

  /** Adds so many runs that took this long each. */
  public void add(long nanos, long runs) {
    AtomicLongArray array = counts;
    if (array == null) {
      array = new AtomicLongArray(BUCKETS);
      counts = array;
    }
    array.addAndGet(bucket(Math.min(Math.max(nanos, 0), LONGEST)), runs);
  }

  /** Starts again from zero. */
  public void reset() {
    counts = null;
  }

  /** The number of runs that took at most so long; durations of one bucket count as equal. */
  public long countUpTo(long nanos) {
    AtomicLongArray array = counts;
    if (array == null) {
      return 0;
    }
    long sum = 0;
    for (int i = 0; i < BUCKETS && upperBound(i) <= nanos; i++) {
      sum += array.get(i);
    }
    return sum;
  }

  /** The number of runs. */
  public long count() {
    return countUpTo(Long.MAX_VALUE);
  }

  /** The duration that so many per cent of the runs did not exceed, 0 if there were none. */
  public long percentile(double percent) {
    AtomicLongArray array = counts;
    if (array == null) {
      return 0;
    }
    long wanted = Math.max(1, (long) Math.ceil(count() * percent / 100));
    long sum = 0;
    for (int i = 0; i < BUCKETS; i++) {
      sum += array.get(i);
      if (sum >= wanted) {
        return upperBound(i);
      }
    }
    return 0;
  }

  private static int bucket(long nanos) {
    int shift = Math.max(0, 63 - Long.numberOfLeadingZeros(nanos | 1) - PART_BITS);
    return shift * PARTS + (int) (nanos >>> shift);
  }

  private static long upperBound(int bucket) {
    int shift = Math.max(0, bucket / PARTS - 1);
    return (((long) (bucket - shift * PARTS) + 1) << shift) - 1;
  }
}
