package dev.redistill.store;

import org.jspecify.annotations.Nullable;

/**
 * A part of a database: a hash table of entries with one lock for its writers and none for readers.
 *
 * <p>Everything here but {@link #find}, {@link #size} and {@link #nextDue} is called under the
 * lock.
 */
@SuppressWarnings(
    "serial") // A lock of the JDK is serializable, this is none that anybody would write.
final class Shard extends ShardTable {

  private static final int FIRST_CAPACITY = 4;
  private static final int SPARE_PLACES = 16;

  private volatile long nextDue = ExpiryQueue.NOTHING;
  private final ExpiryQueue queue = new ExpiryQueue(ExpiryQueue.Kind.KEY);
  private @Nullable KeyWatch watch;
  private @Nullable FieldExpiry fields;
  private @Nullable Arrivals arrivals;

  /** The walk of a snapshot that has not come to the end of this shard. */
  @Nullable ShardWalk walk;

  Shard(int database, AccessClock clock) {
    super(database, clock);
    tellMeter();
  }

  @Override
  long footprint() {
    return bytes + tableFootprint();
  }

  /** Bytes of the table and the queue, without the entries. */
  long tableFootprint() {
    FieldExpiry expiry = fields;
    long ofFields = expiry == null ? 0 : expiry.footprint();
    return Footprint.references(table.length) + queue.footprint() + ofFields;
  }

  /** The earliest time at which an entry may be due; read without the lock. */
  long nextDue() {
    return nextDue;
  }

  /** Adds an entry; its key is not there, and nobody changes these bytes of it. */
  Entry insert(int hash, byte[] key, Object value, long expireAt) {
    if (size >= (table.length * 3) >> 2) {
      rebuild(Math.max(FIRST_CAPACITY, table.length * 2));
    }
    Entry[] slots = table;
    int slot = hash & slots.length - 1;
    Entry entry = new Entry(hash, key, value, slots[slot]);
    if (walk != null) {
      walk.leaveOut(entry);
    }
    if (expireAt != Entry.NEVER) {
      expire(entry, expireAt);
    }
    Buckets.head(slots, slot, entry);
    size++;
    bytes += Footprint.entry(entry);
    touched(entry);
    if (clock.isCounting()) {
      entry.stamp(clock.second(), Entry.FIRST_USES);
    }
    if (arrivals != null) {
      arrivals.arrived(entry);
    }
    if (clock.tellsCreated()) {
      clock.listener().created(database, entry.key);
    }
    return entry;
  }

  void replace(Entry entry, Object value, byte form) {
    preserve(entry);
    bytes += Footprint.value(value) - Footprint.value(entry.value());
    if (entry.form == Entry.EXPIRING_FIELDS) {
      fields().left(entry);
    }
    entry.form = form;
    entry.value(value);
    touched(entry);
  }

  /** Leaves with a snapshot what an entry is that is about to change. */
  private void preserve(Entry entry) {
    if (walk != null) {
      walk.preserve(entry);
    }
  }

  /** The value of an entry that is about to change in place. */
  Object own(Entry entry) {
    preserve(entry);
    Object value = entry.value();
    if (!SavedEntry.isLent(value)) {
      return value;
    }
    Object own = SavedEntry.copy(value);
    bytes += Footprint.value(own) - Footprint.value(value);
    entry.value(own);
    return own;
  }

  /**
   * Sets the value of a field of a small hash to one of the same length, where it stands; answers
   * false if somebody has borrowed the hash.
   */
  boolean overwrite(Entry entry, PackedHash hash, int at, Field field) {
    preserve(entry);
    if (SavedEntry.isLent(hash)) {
      return false;
    }
    boolean settled = isSettled();
    if (settled) {
      unsettle();
    }
    hash.overwrite(at, field);
    if (settled) {
      settle();
    }
    return true;
  }

  /** Follows the times of the fields of a hash, the earliest of which was {@code before}. */
  void followFields(Entry entry, HashValue hash, long before) {
    if (entry.form == Entry.EXPIRING_FIELDS || hash.earliest() != Entry.NEVER) {
      fields().changed(entry, hash, before);
      refreshNextDue();
    }
  }

  boolean hasExpiringFields() {
    return fields != null && fields.hashes() > 0;
  }

  /** The hashes with expiring fields. */
  FieldExpiry fields() {
    if (fields == null) {
      fields = new FieldExpiry(this);
    }
    return fields;
  }

  private void refreshNextDue() {
    FieldExpiry expiry = fields;
    long earliest = queue.earliest();
    nextDue = expiry == null ? earliest : Math.min(earliest, expiry.earliest());
  }

  void remove(Entry entry) {
    preserve(entry);
    Entry[] slots = table;
    int slot = entry.hash & slots.length - 1;
    Entry head = slots[slot];
    if (head == entry) {
      Buckets.head(slots, slot, entry.next);
    } else {
      while (head.next != entry) {
        head = head.next;
      }
      head.next = entry.next;
    }
    entry.removed = true;
    if (entry.expires()) {
      expiring--;
    }
    size--;
    bytes -= Footprint.entry(entry);
    touched(entry);
    if (entry.form == Entry.EXPIRING_FIELDS) {
      fields().left(entry);
    }
    entry.value(Entry.GONE);
    if (size == 0) {
      table = EMPTY;
      forgetDue();
      tellMeter();
      return;
    }
    if (size < slots.length >> 3 && slots.length > FIRST_CAPACITY) {
      rebuild(slots.length >> 1);
    }
    tidyQueue();
  }

  /** Sets when an entry is gone; {@link Entry#NEVER} makes it persistent. */
  void expire(Entry entry, long at) {
    if (entry.expireAt == at) {
      return;
    }
    preserve(entry);
    expiring += (at == Entry.NEVER ? 0 : 1) - (entry.expires() ? 1 : 0);
    boolean earlier = at < entry.expireAt;
    entry.expireAt = at;
    if (at != Entry.NEVER && (earlier || !entry.isQueued(Entry.KEY_QUEUE))) {
      entry.queued(Entry.KEY_QUEUE, true);
      queue.add(at, entry);
      refreshNextDue();
    }
    tidyQueue();
  }

  /** Keeps the places in the queue that nobody needs any more fewer than the others. */
  private void tidyQueue() {
    if (queue.size() > 2 * expiring + SPARE_PLACES) {
      queue.compact();
      refreshNextDue();
    }
  }

  /** Follows the removal of fields that were due, which has left the entry or removed it. */
  void fieldsExpired(Entry entry) {
    changes--;
    clock.listener().fieldsExpired(database, entry.key, entry.removed);
  }

  /** Removes an entry because its time has come. */
  void removeExpired(Entry entry) {
    clock.listener().expired(database, entry.key);
    remove(entry);
    expired++;
    changes--;
  }

  /** Evicts an entry, if it is still there, under the lock; answers how many bytes that frees. */
  long evict(Entry entry) {
    lock();
    try {
      long before = bytes;
      if (Buckets.hold(table, entry)) {
        clock.listener().evicted(database, entry.key);
        remove(entry);
        evicted++;
        changes--;
      }
      return before - bytes;
    } finally {
      unlock();
    }
  }

  /** Tells somebody of all entries, and of those that are added from now on. Takes the lock. */
  void follow(@Nullable Arrivals newArrivals) {
    lock();
    try {
      arrivals = newArrivals;
      if (newArrivals != null) {
        Buckets.forEach(table, newArrivals::arrived);
      }
    } finally {
      unlock();
    }
  }

  /** The entries with an expiry. */
  ExpiryQueue queue() {
    return queue;
  }

  /** Removes up to {@code most} entries or fields that are due; answers how many it looked at. */
  int removeDue(long now, int most) {
    int looked = removeDueKeys(now, most);
    FieldExpiry expiry = fields;
    if (expiry != null && looked < most) {
      looked += expiry.removeDue(now, most - looked);
    }
    if (looked > 0) {
      refreshNextDue();
    }
    return looked;
  }

  private int removeDueKeys(long now, int most) {
    int looked = 0;
    while (looked < most && queue.earliest() < now) {
      Entry entry = queue.poll();
      looked++;
      entry.queued(Entry.KEY_QUEUE, false);
      if (entry.removed || !entry.expires()) {
        continue;
      }
      if (entry.isLive(now)) {
        entry.queued(Entry.KEY_QUEUE, true);
        queue.add(entry.expireAt, entry);
      } else {
        removeExpired(entry);
      }
    }
    return looked;
  }

  void clear() {
    if (watch != null) {
      watch.touchPresent(this);
    }
    if (walk != null) {
      walk.clear(table);
    }
    table = EMPTY;
    changes += size;
    size = 0;
    bytes = 0;
    expiring = 0;
    forgetDue();
    tellMeter();
    clock.samples().cleared();
    if (arrivals != null) {
      arrivals.cleared();
    }
  }

  private void forgetDue() {
    queue.clear();
    fields = null;
    nextDue = ExpiryQueue.NOTHING;
  }

  KeyWatch watch() {
    if (watch == null) {
      watch = new KeyWatch();
    }
    return watch;
  }

  void unwatch(byte[] key, Watcher watcher) {
    if (watch != null && watch.remove(key, watcher)) {
      watch = null;
    }
  }

  /**
   * Exchanges the number of the database and the watchers with the other shard; tells who watches a
   * key that either of them holds.
   */
  void swap(Shard other, long now) {
    KeyWatch mine = watch;
    KeyWatch theirs = other.watch;
    KeyWatch.meet(this, mine, other, theirs, now);
    watch = theirs;
    other.watch = mine;
    int number = database;
    database = other.database;
    other.database = number;
  }

  /** Notes that an entry has changed, and tells whoever wants to know. */
  void touched(Entry entry) {
    count(entry);
    if (watch != null) {
      watch.touch(entry.key);
    }
    ChangeListener listener = clock.changes();
    if (listener != null) {
      listener.changed(entry.key);
    }
  }
}
