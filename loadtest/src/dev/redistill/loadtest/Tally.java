package dev.redistill.loadtest;

import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/** What a loop has counted. Written by the loop's thread, read by any. */
final class Tally {
  private static final long SHORTEST = 1_000;
  private static final long LONGEST = 60_000_000_000L;
  private static final int DIGITS = 3;

  private final AtomicLong operations = new AtomicLong();
  private final AtomicLong misses = new AtomicLong();
  private final AtomicLong errors = new AtomicLong();
  private final AtomicLong wrong = new AtomicLong();
  private volatile String lastError = "";
  private final SingleWriterRecorder latencies =
      new SingleWriterRecorder(SHORTEST, LONGEST, DIGITS);

  /** A batch of {@code count} commands was answered after {@code nanos}. */
  void answered(int count, long nanos) {
    operations.lazySet(operations.getPlain() + count);
    latencies.recordValue(Math.clamp(nanos, 0, LONGEST));
  }

  /** The replies to a batch were not what it asked for. */
  void unexpected(ReplyCounter replies) {
    misses.addAndGet(replies.nils());
    errors.addAndGet(replies.errors());
    if (replies.errors() > 0) {
      lastError = replies.lastError();
    }
    if (replies.nils() + replies.errors() == 0) {
      wrong.incrementAndGet();
    }
  }

  long operations() {
    return operations.get();
  }

  Faults faults() {
    return new Faults(misses.get(), errors.get(), wrong.get(), lastError);
  }

  /** Latencies of batches in nanoseconds, since the last call. */
  Histogram takeLatencies() {
    return latencies.getIntervalHistogram();
  }
}
