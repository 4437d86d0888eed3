package dev.redistill.net;

/**
 * Lets so many things a second happen, evenly but for a few that may come at once. Confined to one
 * thread.
 */
final class Pace {

  private static final long SECOND = 1_000_000_000;

  /** What was not used in this time may be used later. */
  private static final long SLACK = SECOND / 50;

  private long due = Long.MIN_VALUE;

  /** How long the next one has to wait; 0 a second is no limit. */
  long nanosToWait(long now, long perSecond) {
    if (perSecond == 0) {
      return 0;
    }
    due = Math.max(due, now - SLACK) + SECOND / perSecond;
    return Math.max(0, due - now);
  }
}
