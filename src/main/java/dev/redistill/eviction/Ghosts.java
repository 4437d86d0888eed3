package dev.redistill.eviction;

import dev.redistill.store.Footprint;

/**
 * Remembers the hashes of the last keys that were evicted, as many as it is asked to. Guarded by
 * the lock of its owner.
 */
final class Ghosts {

  /* A table of sets of four places, each a hash and the number of the eviction that put it there. What is too long
  ago counts as empty; the oldest of a set gives way. */

  private static final int SET = 4;
  private static final int SMALLEST = 16;

  private long[] places = new long[SMALLEST];
  private int evictions;

  /** Bytes that it takes. */
  long footprint() {
    return Footprint.bytes(places.length * Long.BYTES);
  }

  /** Remembers a key, and is to remember so many of them. */
  void add(int hash, int most) {
    if (most > places.length) {
      grow();
    }
    evictions++;
    put(hash, evictions);
  }

  private void put(int hash, int eviction) {
    int set = set(hash);
    int oldest = set;
    for (int i = set; i < set + SET; i++) {
      if (age(places[i]) > age(places[oldest])) {
        oldest = i;
      }
    }
    places[oldest] = ((long) hash << Integer.SIZE) | Integer.toUnsignedLong(eviction);
  }

  private void grow() {
    long[] old = places;
    places = new long[old.length * 2];
    for (long place : old) {
      if (place != 0) {
        put((int) (place >>> Integer.SIZE), (int) place);
      }
    }
  }

  /** Forgets a key; answers whether it was among the last so many that were evicted. */
  boolean take(int hash, int most) {
    int set = set(hash);
    for (int i = set; i < set + SET; i++) {
      long place = places[i];
      if (place != 0 && (int) (place >>> Integer.SIZE) == hash) {
        places[i] = 0;
        return age(place) < most;
      }
    }
    return false;
  }

  /** How many evictions ago a place was taken; very many if it never was. */
  private long age(long place) {
    return place == 0 ? Long.MAX_VALUE : Integer.toUnsignedLong(evictions - (int) place);
  }

  private int set(int hash) {
    int spread = hash * 0x9E3779B9;
    return (spread ^ spread >>> 15) & places.length - SET;
  }

  void clear() {
    places = new long[SMALLEST];
  }
}
