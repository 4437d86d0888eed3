package dev.redistill.eviction;

import dev.redistill.store.Footprint;

/**
 * Estimates how often keys were used lately, in four bits for each of about as many keys as are in
 * the store: a count-min sketch whose counters are halved now and then. Written by all threads
 * without a lock: a use that is lost among thousands does not matter.
 */
final class FrequencySketch {

  /* Each key has four counters, each in another two of the eight words of one cache line. Gil Einziger, Roy
  Friedman, Ben Manes: TinyLFU: a highly efficient cache admission policy. ACM Transactions on Storage, 2017. */

  private static final int BLOCK = 8;
  private static final int COUNTERS = 4;
  private static final int SMALLEST = 64;
  private static final long HALVES = 0x7777777777777777L;
  private static final long MOST = 15;
  private static final int STRIPES = 16;
  private static final int APART = 16;
  private static final int SAMPLES_PER_KEY = 10;

  private volatile long[] words = new long[SMALLEST];
  private final long[] uses = new long[STRIPES * APART];

  /** Counts a use of the key with this hash. */
  void add(int hash) {
    long[] table = words;
    long mixed = mix(hash);
    int block = block(table, mixed);
    for (int i = 0; i < COUNTERS; i++) {
      int at = block + word(mixed, i);
      int shift = shift(mixed, i);
      long word = table[at];
      if ((word >>> shift & MOST) < MOST) {
        table[at] = word + (1L << shift);
      }
    }
    uses[((int) Thread.currentThread().threadId() & STRIPES - 1) * APART]++;
  }

  /** How often the key with this hash was used lately, up to 15. */
  int estimate(int hash) {
    long[] table = words;
    long mixed = mix(hash);
    int block = block(table, mixed);
    long least = MOST;
    for (int i = 0; i < COUNTERS; i++) {
      least = Math.min(least, table[block + word(mixed, i)] >>> shift(mixed, i) & MOST);
    }
    return (int) least;
  }

  /** Fits the sketch to so many keys, and halves all counters when it has counted enough. */
  void age(long keys) {
    while (words.length < keys && words.length < 1 << 28) {
      words = doubled(words);
    }
    long sum = 0;
    for (int i = 0; i < uses.length; i += APART) {
      sum += uses[i];
    }
    if (sum < SAMPLES_PER_KEY * Math.max(keys, SMALLEST)) {
      return;
    }
    long[] table = words;
    for (int i = 0; i < table.length; i++) {
      table[i] = table[i] >>> 1 & HALVES;
    }
    for (int i = 0; i < uses.length; i += APART) {
      uses[i] >>= 1;
    }
  }

  /** A table of twice the size that answers the same. */
  private static long[] doubled(long[] old) {
    long[] table = new long[old.length * 2];
    System.arraycopy(old, 0, table, 0, old.length);
    System.arraycopy(old, 0, table, old.length, old.length);
    return table;
  }

  private static long mix(int hash) {
    long mixed = (hash + 0x9E3779B97F4A7C15L) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ mixed >>> 29) * 0x94D049BB133111EBL;
    return mixed ^ mixed >>> 32;
  }

  private static int block(long[] table, long mixed) {
    return (int) (mixed >>> 32) & table.length - BLOCK;
  }

  private static int word(long mixed, int i) {
    return 2 * i + (int) (mixed >>> i & 1);
  }

  private static int shift(long mixed, int i) {
    return (int) (mixed >>> (4 + 4 * i) & MOST) << 2;
  }

  long footprint() {
    return Footprint.bytes(words.length * Long.BYTES);
  }
}
