package dev.redistill.eviction;

import dev.redistill.store.Accesses;
import dev.redistill.store.Entry;
import java.util.Locale;

/** What decides which keys go, as {@code maxmemory-policy} names it. */
public enum EvictionPolicy {
  NOEVICTION(Way.NONE, Accesses.STAMPED),
  ALLKEYS_LRU(Way.SAMPLES, Accesses.STAMPED),
  ALLKEYS_LFU(Way.SAMPLES, Accesses.WEIGHED),
  ALLKEYS_LRM(Way.SAMPLES, Accesses.UNSEEN),
  ALLKEYS_RANDOM(Way.SAMPLES, Accesses.STAMPED),
  VOLATILE_LRU(Way.EXPIRING_SAMPLES, Accesses.STAMPED),
  VOLATILE_LFU(Way.EXPIRING_SAMPLES, Accesses.WEIGHED),
  VOLATILE_LRM(Way.EXPIRING_SAMPLES, Accesses.UNSEEN),
  VOLATILE_RANDOM(Way.EXPIRING_SAMPLES, Accesses.STAMPED),
  VOLATILE_TTL(Way.EXPIRING_SAMPLES, Accesses.STAMPED),
  ALLKEYS_S3FIFO(Way.QUEUES, Accesses.COUNTED),
  ALLKEYS_TINYLFU(Way.QUEUES, Accesses.TALLIED);

  /** Where candidates come from. */
  enum Way {
    /** Nowhere. */
    NONE,
    /** A few keys picked by chance. */
    SAMPLES,
    /** A few keys picked by chance among those with an expiry. */
    EXPIRING_SAMPLES,
    /** The ends of queues that all keys stand in. */
    QUEUES
  }

  private final Way way;
  private final int accesses;

  EvictionPolicy(Way way, int accesses) {
    this.way = way;
    this.accesses = accesses;
  }

  /** The policy of a name such as {@code allkeys-lru}. */
  public static EvictionPolicy of(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  /** Whether it counts how often keys are used, in the terms of Redis. */
  public boolean isFrequency() {
    return accesses == Accesses.WEIGHED;
  }

  /** Whether it goes by when keys were last used or changed. */
  public boolean isRecency() {
    return switch (this) {
      case ALLKEYS_LRU, ALLKEYS_LRM, VOLATILE_LRU, VOLATILE_LRM -> true;
      default -> false;
    };
  }

  Way way() {
    return way;
  }

  /** How accesses are to be recorded for it, one of the constants of {@link Accesses}. */
  int accesses() {
    return accesses;
  }

  boolean isRandom() {
    return this == ALLKEYS_RANDOM || this == VOLATILE_RANDOM;
  }

  /** How good a choice it is to evict an entry: the larger the better. */
  long rank(Entry entry, Accesses recorded, int second) {
    return switch (this) {
      case ALLKEYS_LFU, VOLATILE_LFU -> -recorded.weight(entry, second);
      case VOLATILE_TTL -> -entry.expireAt();
      default -> entry.idle(second);
    };
  }
}
