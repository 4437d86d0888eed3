package dev.redistill.snapshot;

import dev.redistill.store.Entry;

/**
 * How a key was used, as a file or RESTORE tells it.
 *
 * @param idle for how many seconds nobody had used it, or -1
 * @param frequency how often it was used, or -1
 */
public record Usage(long idle, int frequency) {

  /** Nothing is known. */
  public static final Usage UNKNOWN = new Usage(-1, -1);

  /**
   * The second of the last access that this means now, in Unix milliseconds, where that matters.
   */
  public int stamp(UsageKind wanted, long now) {
    boolean known = idle > 0 && wanted != UsageKind.FREQUENCY;
    return (int) Math.max(now / 1000 - (known ? idle : 0), 0);
  }

  /** The count of uses that this means where they are counted. */
  public int uses(UsageKind wanted) {
    boolean known = frequency >= 0 && wanted == UsageKind.FREQUENCY;
    return known ? frequency : Entry.FIRST_USES;
  }
}
