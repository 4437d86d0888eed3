package dev.redistill.command;

import java.util.concurrent.atomic.LongAdder;

/**
 * How often a command was called, refused and failed, and the time it took. Connections add to it
 * in batches.
 */
public final class CommandStatistics {

  private final LongAdder calls = new LongAdder();
  private final LongAdder nanos = new LongAdder();
  private final LongAdder rejected = new LongAdder();
  private final LongAdder failed = new LongAdder();

  void add(long count, long time) {
    calls.add(count);
    nanos.add(time);
  }

  void reject() {
    rejected.increment();
  }

  void fail() {
    failed.increment();
  }

  /** Starts again from zero. */
  public void reset() {
    calls.reset();
    nanos.reset();
    rejected.reset();
    failed.reset();
  }

  public long calls() {
    return calls.sum();
  }

  /** Microseconds spent in all calls. */
  public long micros() {
    return nanos.sum() / 1000;
  }

  public long rejected() {
    return rejected.sum();
  }

  public long failed() {
    return failed.sum();
  }
}
