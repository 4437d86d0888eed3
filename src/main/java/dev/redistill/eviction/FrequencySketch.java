package dev.redistill.eviction;

import dev.redistill.store.Footprint;

/**
 * Estimates how often keys were used lately that are not in the store: a count-min sketch of
 * counters of four bits, which are halved now and then. It is as large as the number of such keys
 * asks for. Written by all threads without a lock: a use that is lost among thousands does not
 * matter.
 */
final class FrequencySketch {

  /* Each key has four counters, each in another two of the eight words of one cache line. Gil Einziger, Roy
  Friedman, Ben Manes: TinyLFU: a highly efficient cache admission policy. ACM Transactions on Storage, 2017. */

  private static final int BLOCK = 8;
  private static final int COUNTERS = 4;
  private static final int SMALLEST = 64;
  private static final long HALVES = 0x7777777777777777L;
  private static final long MOST = 15;
  private static final double CROWDED = 0.25;
  private static final int PER_WORD = 16;
  private static final long LOWEST_BITS = 0x1111111111111111L;
  private static final double WORDS_PER_ENTRY = 1.5;
  private static final long FEWEST_ENTRIES_PER_WORD = 4;
  private static final int REQUESTS_PER_ENTRY = 20;
  private static final int LARGEST = 1 << 27;

  private volatile long[] words = new long[SMALLEST];

  private long halvedAt;

  /** Notes that the key with this hash was used at least so often. */
  void raise(int hash, int uses) {
    long[] table = words;
    long mixed = mix(hash);
    int block = block(table, mixed);
    long wanted = Math.min(uses, MOST);
    for (int i = 0; i < COUNTERS; i++) {
      int at = block + word(mixed, i);
      int shift = shift(mixed, i);
      long counted = table[at] >>> shift & MOST;
      if (counted < wanted) {
        table[at] += (wanted - counted) << shift;
      }
    }
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

  /**
   * Grows when there are more keys in it than it can tell apart, though not beyond what so many
   * entries of the store are worth, and halves all counters after enough requests. A larger sketch
   * begins empty: nothing could be told apart that was not before. Called by one thread.
   */
  void age(long entries, long requests) {
    while (words.length * FEWEST_ENTRIES_PER_WORD < entries && words.length < LARGEST) {
      words = new long[words.length * 2];
    }
    long[] table = words;
    if (table.length * 2L <= Math.min(entries * WORDS_PER_ENTRY, LARGEST) && isCrowded(table)) {
      words = new long[table.length * 2];
    } else if (requests - halvedAt >= REQUESTS_PER_ENTRY * Math.max(entries, SMALLEST)) {
      halvedAt = requests;
      for (int i = 0; i < table.length; i++) {
        table[i] = table[i] >>> 1 & HALVES;
      }
    }
  }

  /** Whether too many of the counters are in use. */
  private static boolean isCrowded(long[] table) {
    int used = 0;
    for (int i = 0; i < SMALLEST; i++) {
      long word = table[i];
      used += Long.bitCount((word | word >>> 1 | word >>> 2 | word >>> 3) & LOWEST_BITS);
    }
    return used > SMALLEST * PER_WORD * CROWDED;
  }

  /** Forgets everything. */
  void clear() {
    words = new long[SMALLEST];
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
