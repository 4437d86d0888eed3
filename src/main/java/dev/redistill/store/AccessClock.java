package dev.redistill.store;

/**
 * The second that accesses are stamped with; moved on by whoever reads the time. Written racily:
 * any of the writers may win, they are at most a turn apart.
 */
public final class AccessClock {

  private volatile int second;

  /** Moves on to the second of a time in Unix milliseconds. */
  public void tick(long millis) {
    int now = (int) (millis / 1000);
    if (now != second) {
      second = now;
    }
  }

  public int second() {
    return second;
  }
}
