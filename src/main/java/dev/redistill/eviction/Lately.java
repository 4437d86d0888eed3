package dev.redistill.eviction;

/**
 * Lookups and how many of them were hits, of which those that were long ago count less. Guarded by
 * the lock of its owner.
 */
final class Lately {

  private double hits;
  private double lookups;
  private long sinceFade;

  void add(long moreHits, long moreLookups) {
    hits += moreHits;
    lookups += moreLookups;
    sinceFade += moreLookups;
  }

  /** After so many lookups all until now count half as much; answers whether that is now. */
  boolean fades(long after) {
    if (sinceFade <= after) {
      return false;
    }
    sinceFade = 0;
    hits /= 2;
    lookups /= 2;
    return true;
  }

  void forget() {
    hits = 0;
    lookups = 0;
    sinceFade = 0;
  }

  double lookups() {
    return lookups;
  }

  /** Which part of the lookups were hits. */
  double ratio() {
    return lookups == 0 ? 0 : hits / lookups;
  }
}
