package dev.redistill.eviction;

/**
 * The last keys that somebody has missed: if one of them is written next, that is to fill the cache
 * after the miss. Of those whose hashes collide only the last is remembered. Guarded by the lock of
 * its owner.
 */
final class Fills {

  private static final int PLACES = 1024;
  private static final int UNUSED_BITS = Integer.SIZE - Integer.numberOfTrailingZeros(PLACES);
  private static final int SPREAD = 0x9E3779B9;

  private final int[] hashes = new int[PLACES];

  /** A key was missed. */
  void expect(int hash) {
    hashes[place(hash)] = hash;
  }

  /** Whether a key that is written was missed before; from now on it was not. */
  boolean take(int hash) {
    int place = place(hash);
    boolean expected = hashes[place] == hash;
    hashes[place] = 0;
    return expected;
  }

  private static int place(int hash) {
    return (hash * SPREAD) >>> UNUSED_BITS;
  }
}
