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

  /** What this means for an entry now, in Unix milliseconds, as far as it matters. */
  public int access(UsageKind wanted, long now) {
    boolean counted = wanted == UsageKind.FREQUENCY;
    long age = idle > 0 && !counted ? idle : 0;
    int uses = frequency >= 0 && counted ? frequency : Entry.FIRST_USES;
    return Entry.access((int) Math.max(now / 1000 - age, 0), uses);
  }
}
