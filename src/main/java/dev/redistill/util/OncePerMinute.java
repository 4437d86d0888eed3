package dev.redistill.util;

import java.util.concurrent.atomic.AtomicLong;

/** Lets what may happen very often be told of once in a minute. Safe for all threads. */
public final class OncePerMinute {

  private static final long MINUTE = 60_000;

  private final AtomicLong next = new AtomicLong(Long.MIN_VALUE);

  /** Whether it is to be told of now; if so, not again for a minute. */
  public boolean isTime(long millis) {
    long due = next.get();
    return millis >= due && next.compareAndSet(due, millis + MINUTE);
  }
}
