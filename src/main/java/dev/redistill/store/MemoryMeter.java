package dev.redistill.store;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes are in use, near enough to hold a limit by, at the cost of one read. Those who use
 * memory tell of changes that are not small; now and then the true sum takes the place of what was
 * told. Safe for all threads.
 */
public final class MemoryMeter {

  private final AtomicLong used = new AtomicLong();

  /** Bytes in use. */
  public long used() {
    return used.get();
  }

  /** So many bytes more are in use, or fewer. */
  public void add(long bytes) {
    used.addAndGet(bytes);
  }

  /** So many bytes were in use when all was counted, and {@code before} when that began. */
  public void correct(long before, long counted) {
    used.addAndGet(counted - before);
  }
}
