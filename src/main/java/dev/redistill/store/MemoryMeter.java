package dev.redistill.store;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes are in use, near enough to hold a limit by, at the cost of one read: those who use
 * memory tell of changes at once if they are not small, and of the others now and then. Safe for
 * all threads.
 */
public final class MemoryMeter {

  private final AtomicLong used = new AtomicLong();

  /** Bytes in use. */
  public long used() {
    return used.get();
  }

  /** So many bytes more are in use if that keeps within a limit; answers false if it does not. */
  public boolean addWithin(long bytes, long limit) {
    long before;
    do {
      before = used.get();
      if (before + bytes > limit) {
        return false;
      }
    } while (!used.compareAndSet(before, before + bytes));
    return true;
  }

  /** So many bytes more are in use, or fewer. */
  public void add(long bytes) {
    used.addAndGet(bytes);
  }
}
