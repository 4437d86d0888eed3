package dev.redistill.store;

/**
 * A value of which only the size is known: it stands for another in a miniature of a cache.
 *
 * @param bytes how much more it counts than an entry without a value
 */
public record Phantom(int bytes) {

  private static final int SMALL = 128;
  private static final int STEP = 8;
  private static final Phantom[] COMMON = new Phantom[SMALL];

  static {
    for (int i = 0; i < SMALL; i++) {
      COMMON[i] = new Phantom(i * STEP);
    }
  }

  /** A phantom of so many bytes. */
  public static Phantom of(long bytes) {
    boolean isCommon = bytes >= 0 && bytes < SMALL * STEP && bytes % STEP == 0;
    return isCommon
        ? COMMON[(int) bytes / STEP]
        : new Phantom(Math.clamp(bytes, 0, Integer.MAX_VALUE));
  }
}
