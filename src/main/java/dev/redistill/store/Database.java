package dev.redistill.store;

import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One numbered database: its keys spread over shards by hash.
 *
 * <p>A method that takes a probe or an entry is called under the lock of that key's shard, unless
 * it says otherwise; methods about the whole database take the locks they need themselves.
 */
public final class Database {

  /** Of so many segments of a large hash the due fields are removed before the hash is used. */
  private static final int DUE_SEGMENTS = 32;

  private final Shard[] shards;
  private final int shift;
  private final long order;

  Database(int id, int shardCount, AccessClock clock) {
    shards = new Shard[shardCount];
    for (int i = 0; i < shardCount; i++) {
      shards[i] = new Shard(id, clock);
    }
    shift = 32 - Integer.numberOfTrailingZeros(shardCount);
    order = (long) id << 32;
  }

  Shard[] shards() {
    return shards;
  }

  /** The place of this database's first shard in the order of locks. */
  long order() {
    return order;
  }

  int shardIndex(int hash) {
    return (int) ((hash & 0xffffffffL) >>> shift);
  }

  Shard shard(int hash) {
    return shards[shardIndex(hash)];
  }

  /** Takes the lock of a key's shard and answers it. */
  public ShardLock lock(Probe probe) {
    Shard lock = shard(probe.hash);
    lock.lock();
    return lock;
  }

  /** The live entry of a key; one that is due is removed. */
  public @Nullable Entry find(Probe probe, long now) {
    Shard shard = shard(probe.hash);
    Entry entry = shard.find(probe);
    if (entry != null && !entry.isLive(now)) {
      shard.removeExpired(entry);
      return null;
    }
    if (entry != null && entry.form == Entry.EXPIRING_FIELDS) {
      return shard.fields().removeDue(entry, now, DUE_SEGMENTS) ? entry : null;
    }
    return entry;
  }

  /** Sets the value of a key, whose live entry the caller has looked up, and its expiry. */
  public Entry set(Probe probe, @Nullable Entry existing, Object value, long expireAt) {
    Shard shard = shard(probe.hash);
    if (existing == null) {
      return shard.insert(probe.hash, probe.copy(), value, expireAt);
    }
    shard.replace(existing, value, Entry.PLAIN);
    if (existing.expireAt != expireAt) {
      shard.expire(existing, expireAt);
    }
    return existing;
  }

  /**
   * Puts a value where another database or key has it, with the expiry and the form that it has in
   * the entry there. What was there goes, so that the key counts as new.
   */
  public void place(Entry source, Object value, Probe probe, @Nullable Entry existing) {
    if (existing != null) {
      remove(existing);
    }
    byte form = source.form;
    Entry placed = set(probe, null, value, source.expireAt);
    if (value instanceof HashValue hash) {
      shard(placed.hash).followFields(placed, hash, Entry.NEVER);
    } else {
      placed.form = form;
    }
  }

  /** Removes all fields of a hash that are due; answers whether the hash is still there. */
  public boolean removeDueFields(Entry entry, long now) {
    return shard(entry.hash).fields().removeDue(entry, now, Integer.MAX_VALUE);
  }

  /** Sets the value of an existing entry and keeps its expiry. */
  public void replace(Entry entry, Object value) {
    shard(entry.hash).replace(entry, value, Entry.PLAIN);
  }

  /**
   * An array that holds the string of an entry and is at least so long, to be changed and then
   * handed to {@link #commit}, which may be left out only if nothing was changed and the string did
   * not grow. Bytes behind the old end are zero.
   */
  public byte[] draft(Entry entry, int size) {
    Object value = entry.value();
    int length = Math.max(size, Text.length(value));
    if (value instanceof Text) {
      Shard shard = shard(entry.hash);
      Text text = (Text) shard.own(entry);
      long before = Footprint.value(text);
      text.grow(length);
      shard.grown(Footprint.value(text) - before);
      return text.bytes;
    }
    byte[] plain = (byte[]) value;
    byte[] copy = new byte[length < Text.IN_PLACE_FROM ? length : Text.roomy(length)];
    System.arraycopy(plain, 0, copy, 0, plain.length);
    return copy;
  }

  /**
   * Makes a changed draft the value of its entry; {@code size} as it was given to {@link #draft}.
   */
  public void commit(Entry entry, byte[] draft, int size) {
    Object value = entry.value();
    if (value instanceof Text) {
      entry.form = Entry.RAW;
      shard(entry.hash).touched(entry);
      return;
    }
    int length = Math.max(size, Text.length(value));
    Object changed = length < Text.IN_PLACE_FROM ? draft : new Text(draft, length);
    shard(entry.hash).replace(entry, changed, Entry.RAW);
  }

  /** Marks a string as changed in place, which {@code OBJECT ENCODING} shows. */
  public void markRaw(Entry entry) {
    entry.form = Entry.RAW;
  }

  /** Marks a string as computed as text, which {@code OBJECT ENCODING} shows. */
  public void markTextual(Entry entry) {
    entry.form = Entry.TEXTUAL;
  }

  /** Sets when an entry is gone, in Unix milliseconds; {@link Entry#NEVER} makes it persistent. */
  public void expire(Entry entry, long at) {
    Shard shard = shard(entry.hash);
    shard.expire(entry, at);
    shard.touched(entry);
  }

  /** Removes an entry. */
  public void remove(Entry entry) {
    Shard shard = shard(entry.hash);
    shard.remove(entry);
    shard.noteRemoval(entry);
  }

  /** Starts to tell a watcher about changes of a key. */
  public void watch(Probe probe, Watcher watcher) {
    shard(probe.hash).watch().add(probe.copy(), watcher);
  }

  /** Stops telling a watcher about changes of a key. */
  public void unwatch(Probe probe, Watcher watcher) {
    shard(probe.hash).unwatch(probe.copy(), watcher);
  }

  /** Exchanges the number and what belongs to it with another database. */
  void swap(Database other, long now) {
    for (int i = 0; i < shards.length; i++) {
      shards[i].swap(other.shards[i], now);
    }
  }

  /** The number of keys, due ones that nobody has met included. Takes no lock. */
  public long size() {
    return KeyCount.of(shards);
  }

  /** The number of keys with an expiry. Takes no lock. */
  public long expiring() {
    return sum(Shard::expiring);
  }

  /** Bytes of heap that the entries and tables of this database take. Takes no lock. */
  public long footprint() {
    return sum(Shard::footprint);
  }

  /** Tells the meter of what it does not know yet; a shard that is at work tells it later. */
  void tellMeter() {
    for (Shard shard : shards) {
      if (shard.isUntold() && shard.tryLock()) {
        try {
          shard.tellMeterOfTheRest();
        } finally {
          shard.unlock();
        }
      }
    }
  }

  /** The part of {@link #footprint} that tables take, without the entries. Takes no lock. */
  public long tableFootprint() {
    return sum(Shard::tableFootprint);
  }

  /** The number of changes ever made. Takes no lock. */
  public long changes() {
    return sum(Shard::changes);
  }

  /** The number of keys removed because their time had come. Takes no lock. */
  public long expired() {
    return sum(Shard::expired);
  }

  /** The number of keys removed to make room for others. Takes no lock. */
  public long evicted() {
    return sum(Shard::evicted);
  }

  private long sum(ToLongFunction<Shard> figure) {
    long sum = 0;
    for (Shard shard : shards) {
      sum += figure.applyAsLong(shard);
    }
    return sum;
  }

  /** Removes an entry, if it is still there, to make room; answers how many bytes that frees. */
  public long evict(Entry entry) {
    return shard(entry.hash).evict(entry);
  }

  /**
   * Has groups of shards tell of the entries that they hold and that are added to them.
   *
   * @param arrivals who is told, of as many groups as there are; null stops telling
   */
  public void follow(Arrivals @Nullable [] arrivals) {
    for (int i = 0; i < shards.length; i++) {
      shards[i].follow(arrivals == null ? null : arrivals[i % arrivals.length]);
    }
  }

  /** Whether the calling thread holds the locks of all shards. */
  public boolean isHeld() {
    for (Shard shard : shards) {
      if (!shard.isHeldByCurrentThread()) {
        return false;
      }
    }
    return true;
  }

  /** Removes all keys; the caller holds the locks of all shards. */
  public void clear() {
    for (Shard shard : shards) {
      shard.clear();
    }
  }

  /**
   * Removes a few of the keys that are due from each shard, so that nobody waits long for a lock.
   * Answers how many places of the expiry queues it looked at: with 0 nothing is due any more.
   */
  public int removeDue(long now, int mostAtOnce) {
    int looked = 0;
    for (Shard shard : shards) {
      if (shard.nextDue() < now) {
        shard.lock();
        try {
          looked += shard.removeDue(now, mostAtOnce);
        } finally {
          shard.unlock();
        }
      }
    }
    return looked;
  }

  /** The earliest time at which an entry may be due. Takes no lock. */
  public long nextDue() {
    long earliest = ExpiryQueue.NOTHING;
    for (Shard shard : shards) {
      earliest = Math.min(earliest, shard.nextDue());
    }
    return earliest;
  }

  /** Shows every live entry to the consumer, shard by shard, each under its lock. */
  public void forEach(long now, Consumer<Entry> consumer) {
    for (Shard shard : shards) {
      if (shard.size() == 0) {
        continue;
      }
      shard.lock();
      try {
        for (int slot = 0; slot < shard.table.length; slot++) {
          visit(shard, slot, now, consumer);
        }
      } finally {
        shard.unlock();
      }
    }
  }

  /**
   * Shows some entries to the consumer and answers where to go on, 0 at the end. Whatever changes
   * between two calls, an entry that is there from the first call with cursor 0 to the last is
   * shown at least once.
   *
   * @param cursor 0, or what the last call answered
   * @param count about how many entries to show
   */
  public long scan(long cursor, long count, long now, Consumer<Entry> consumer) {
    /* A cursor is (bucket << bits of the shard count | shard). Buckets are counted with their bits
    reversed, highest bit first: when a table doubles or halves, the buckets already visited stay exactly
    those below the cursor (Pieter Noordhuis' scheme in Redis' dict.c). */
    int shardBits = 32 - shift;
    int index = (int) (cursor & shards.length - 1);
    long bucket = cursor >>> shardBits;
    long shown = 0;
    long budget = Math.max(count, count * 10);
    while (index < shards.length) {
      Shard shard = shards[index];
      if (shard.size() == 0) {
        bucket = 0;
        index++;
        continue;
      }
      shard.lock();
      try {
        do {
          shown += visit(shard, (int) (bucket & shard.table.length - 1), now, consumer);
          bucket = following(bucket, shard.table.length - 1);
          budget--;
        } while (bucket != 0 && shown < count && budget > 0);
      } finally {
        shard.unlock();
      }
      if (bucket == 0) {
        index++;
      }
      if (shown >= count || budget <= 0) {
        break;
      }
    }
    return index == shards.length ? 0 : bucket << shardBits | index;
  }

  private static long following(long bucket, int mask) {
    long reversed = Long.reverse(bucket | ~(long) mask);
    return Long.reverse(reversed + 1);
  }

  private int visit(Shard shard, int slot, long now, Consumer<Entry> consumer) {
    int shown = 0;
    Entry entry = shard.table[slot];
    while (entry != null) {
      if (entry.isLive(now)) {
        consumer.accept(entry);
        shown++;
      }
      entry = entry.next;
    }
    return shown;
  }

  /** A live entry picked by chance, every shard weighted by its size, or null if there is none. */
  public @Nullable Entry random(long now, RandomGenerator chance) {
    return EntryPicker.random(shards, now, chance);
  }
}
