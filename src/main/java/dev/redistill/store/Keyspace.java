package dev.redistill.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * All databases.
 *
 * <p>The order of locks: databases by their number of creation, in each the shards by index;
 * nothing else is locked while a shard is.
 */
public final class Keyspace {

  private final AtomicReferenceArray<@Nullable Database> databases;
  private final int shardCount;
  private final AccessClock clock = new AccessClock();
  private final AtomicLong swaps = new AtomicLong();

  public Keyspace(int databaseCount, int shardCount) {
    if (Integer.bitCount(shardCount) != 1) {
      throw new IllegalArgumentException("shards must be a power of two: " + shardCount);
    }
    this.shardCount = shardCount;
    databases = new AtomicReferenceArray<>(databaseCount);
  }

  /** The number of databases. */
  public int count() {
    return databases.length();
  }

  /** A database by its number; it is made when it is first asked for. */
  public Database database(int index) {
    Database database = databases.get(index);
    if (database == null) {
      databases.compareAndSet(index, null, new Database(index, shardCount, clock));
      database = Objects.requireNonNull(databases.get(index));
    }
    return database;
  }

  /** A database by its number, or null if nobody has used it yet. */
  public @Nullable Database databaseIfUsed(int index) {
    return databases.get(index);
  }

  /** The databases that somebody has used. */
  List<Database> used() {
    List<Database> used = new ArrayList<>();
    for (int i = 0; i < count(); i++) {
      Database database = databases.get(i);
      if (database != null) {
        used.add(database);
      }
    }
    return used;
  }

  /** The number that a database has now. */
  int numberOf(Database database) {
    for (int i = 0; i < count(); i++) {
      if (databases.get(i) == database) {
        return i;
      }
    }
    throw new IllegalArgumentException("not a database of this keyspace");
  }

  /** Exchanges two databases; the caller holds the locks of all shards of both. */
  public void swap(int first, int second, long now) {
    Database a = database(first);
    Database b = database(second);
    if (a == b) {
      return;
    }
    a.swap(b, now);
    databases.set(first, b);
    databases.set(second, a);
    swaps.incrementAndGet();
  }

  /** Bytes of heap that all entries and tables take. */
  public long footprint() {
    return sum(Database::footprint);
  }

  /** The part of {@link #footprint} that tables take, without the entries. */
  public long tableFootprint() {
    return sum(Database::tableFootprint);
  }

  /** The number of keys of all databases. */
  public long size() {
    return sum(Database::size);
  }

  /** The number of changes ever made to keys. */
  public long changes() {
    return sum(Database::changes);
  }

  /** The number of keys removed because their time had come. */
  public long expired() {
    return sum(Database::expired);
  }

  /** The number of fields of hashes removed because their time had come. */
  public long expiredFields() {
    return sum(FieldExpiry::expired);
  }

  /** The number of keys removed to make room for others. */
  public long evicted() {
    return sum(Database::evicted);
  }

  private long sum(ToLongFunction<Database> figure) {
    long sum = 0;
    for (int i = 0; i < count(); i++) {
      Database database = databases.get(i);
      sum += database == null ? 0 : figure.applyAsLong(database);
    }
    return sum;
  }

  /**
   * How often databases were exchanged: who has looked a database up asks again when this has
   * changed.
   */
  public long swaps() {
    return swaps.get();
  }

  /** Has one more told what happens to keys, from before the first client on. */
  public void listen(KeyListener listener) {
    clock.listener(clock.listener().and(listener));
  }

  /** Says whether the listener wants to know of new keys, too. */
  public void tellCreated(boolean yes) {
    clock.tellsCreated(yes);
  }

  /** Has somebody told of every change from here on, or with null nobody. */
  public void tellChanges(@Nullable ChangeListener listener) {
    clock.changes(listener);
  }

  /** Somebody who removes keys for no client has come to a rest. */
  public void settled() {
    ChangeListener listener = clock.changes();
    if (listener != null) {
      listener.settled();
    }
  }

  /** The memory in use, as it is counted from write to write. */
  public MemoryMeter meter() {
    return clock.meter();
  }

  /** Tells the meter of all that it has not been told yet. */
  public void tellMeter() {
    used().forEach(Database::tellMeter);
  }

  /** Says how much memory each shard may have changed by before the meter learns of it. */
  public void meterSlack(long bytes) {
    clock.slack(bytes);
  }

  /** The number of shards of a database. */
  public int shardCount() {
    return shardCount;
  }

  /** Chooses how accesses are recorded: one of the kinds of {@link Accesses}. */
  public void record(int kind) {
    clock.accesses().kind(kind);
    clock.counting(kind != Accesses.STAMPED && kind != Accesses.UNSEEN);
  }

  /** How accesses are recorded. */
  public Accesses accesses() {
    return clock.accesses();
  }

  /** Has somebody follow the keys in whose hashes these bits are 0. */
  public void sample(int unsampled, Samples samples) {
    clock.sample(unsampled, samples);
  }

  /** Which bits are 0 in the hashes of the keys that {@link #samples} follows. */
  public int unsampled() {
    return clock.unsampled();
  }

  /** Who follows a few keys. */
  public Samples samples() {
    return clock.samples();
  }

  /** The clock that accesses are stamped by. */
  public AccessClock clock() {
    return clock;
  }
}
