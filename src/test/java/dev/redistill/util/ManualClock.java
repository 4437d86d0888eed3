package dev.redistill.util;

import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands still until a test moves it. Safe for all threads. */
public final class ManualClock implements Clock {

  /** Where every manual clock starts: a moment in 2023. */
  public static final long START = 1_700_000_000_000L;

  private final AtomicLong nanos = new AtomicLong();

  @Override
  public long millis() {
    return START + nanos.get() / 1_000_000;
  }

  @Override
  public long nanos() {
    return nanos.get();
  }

  @Override
  public long micros() {
    return START * 1000 + nanos.get() / 1000;
  }

  /** Moves the time forward. */
  public void advance(long millis) {
    advanceNanos(millis * 1_000_000);
  }

  /** Moves the time forward by less than a millisecond or more. */
  public void advanceNanos(long count) {
    nanos.addAndGet(count);
  }
}
