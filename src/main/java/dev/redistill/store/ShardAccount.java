package dev.redistill.store;

/**
 * What a shard counts, as a part of the shard itself, as its lock is. Changed under the lock; read
 * by anybody, who may see it a moment late.
 */
abstract sealed class ShardAccount extends ShardLock permits ShardTable {

  private static final long serialVersionUID = 1;
  private static final int SPREAD = 0x9E3779B9;

  final transient AccessClock clock;

  /** The number of the database. */
  int database;

  int size;
  int expiring;
  long bytes;
  long changes;
  long expired;
  long expiredFields;
  long evicted;

  /** What {@code bytes} were after the last change that was not small. */
  private long noted;

  /** The part of the footprint that the meter knows of. */
  private long metered;

  ShardAccount(int database, AccessClock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** The number of entries. */
  final int size() {
    return size;
  }

  /** The number of entries with an expiry. */
  final int expiring() {
    return expiring;
  }

  /** The number of changes ever made. */
  final long changes() {
    return changes;
  }

  /** The number of entries removed because their time had come. */
  final long expired() {
    return expired;
  }

  /** The number of fields of hashes removed because their time had come. */
  final long expiredFields() {
    return expiredFields;
  }

  /** The number of entries removed to make room for others. */
  final long evicted() {
    return evicted;
  }

  /** Accounts for a value that takes so many bytes more. */
  final void grown(long growth) {
    bytes += growth;
  }

  /** Counts a change of an entry, whose bytes are accounted for, as a change and as a use. */
  final void count(Entry entry) {
    if (clock.isCounting()) {
      clock.accesses().used(entry, clock.second(), (int) changes * SPREAD);
    }
    entry.stamp(clock.second());
    changes++;
    if ((entry.hash & clock.unsampled()) == 0 && !entry.removed) {
      clock.samples().written(entry);
    }
    long change = bytes - noted;
    if (change > clock.slack() || -change > clock.slack()) {
      tellMeter();
      if (change > 0) {
        clock.listener().grew(database, entry);
      }
    }
  }

  /** Tells who follows the key that somebody has removed it. */
  final void noteRemoval(Entry entry) {
    if ((entry.hash & clock.unsampled()) == 0) {
      clock.samples().removed(entry.hash);
    }
  }

  /** Bytes that the entries take, and the table. */
  abstract long footprint();

  /** Whether the meter does not know of all that is used; read without the lock. */
  final boolean isUntold() {
    return footprint() != metered;
  }

  /** Tells the meter of a change that is not small. */
  final void tellMeter() {
    noted = bytes;
    tellMeterOfTheRest();
  }

  /** Tells the meter of what adds up to less. */
  final void tellMeterOfTheRest() {
    long now = footprint();
    clock.meter().add(now - metered);
    metered = now;
  }
}
