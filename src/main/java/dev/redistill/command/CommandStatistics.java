package dev.redistill.command;

import dev.redistill.metrics.LatencyHistogram;
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
  private final LatencyHistogram latencies = new LatencyHistogram();

  void count(long runs) {
    calls.add(runs);
  }

  /** So many runs took this time together, and so did {@code weight} times as many. */
  void took(long time, long runs, int weight) {
    nanos.add(time * weight);
    latencies.add(time / runs, runs * weight);
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
    latencies.reset();
  }

  public long calls() {
    return calls.sum();
  }

  /** Microseconds spent in all calls, going by those whose time was taken. */
  public long micros() {
    long timed = latencies.count();
    return timed == 0 ? 0 : Math.round((double) nanos.sum() / timed * calls() / 1000);
  }

  /** How long calls took whose time was taken; those of one turn count as equal. */
  public LatencyHistogram latencies() {
    return latencies;
  }

  public long rejected() {
    return rejected.sum();
  }

  public long failed() {
    return failed.sum();
  }
}
