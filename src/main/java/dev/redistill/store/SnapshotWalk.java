package dev.redistill.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * All entries as they were at one moment, read while clients go on to change them. There is one at
 * a time; confined to the thread that reads.
 *
 * <p>The moment is when this thread holds the locks of all shards. Then the walk takes a few
 * entries at a time under the lock of their shard. Who changes an entry ahead of the walk leaves
 * with the shard what it was: a reference, for what is borrowed is not changed in place but copied
 * before.
 */
public final class SnapshotWalk implements AutoCloseable {

  /** How many entries are taken under a lock at a time. */
  private static final int STEP = 64;

  /**
   * A database at the moment of the snapshot.
   *
   * @param number its number then
   * @param size the number of its keys
   * @param expiring the number of its keys with an expiry
   */
  public record Part(int number, long size, long expiring) {}

  private record Source(Part part, Database database) {}

  private final List<Source> sources = new ArrayList<>();
  private final boolean fieldsExpire;
  private int source;
  private int shard;

  private SnapshotWalk(List<Database> databases, Keyspace keyspace) {
    boolean expire = false;
    for (Database database : databases) {
      long size = 0;
      long expiring = 0;
      for (Shard each : database.shards()) {
        size += each.size();
        expiring += each.expiring();
        expire |= each.hasExpiringFields();
        if (each.size() > 0) {
          each.walk = new ShardWalk();
        }
      }
      int number = keyspace.numberOf(database);
      sources.add(new Source(new Part(number, size, expiring), database));
    }
    sources.removeIf(each -> each.part().size() == 0);
    sources.sort(Comparator.comparingInt(each -> each.part().number()));
    fieldsExpire = expire;
  }

  /** Begins: this is the moment. Waits for the commands in hand. */
  public static SnapshotWalk begin(Keyspace keyspace) {
    while (true) {
      List<Database> databases = keyspace.used();
      databases.sort(Comparator.comparingLong(Database::order));
      try {
        databases.forEach(database -> lock(database.shards()));
        /* A database that came in between may already be part of a transaction. */
        if (keyspace.used().size() == databases.size()) {
          return new SnapshotWalk(databases, keyspace);
        }
      } finally {
        databases.forEach(database -> unlock(database.shards()));
      }
    }
  }

  private static void lock(Shard[] shards) {
    for (Shard shard : shards) {
      shard.lock();
    }
  }

  private static void unlock(Shard[] shards) {
    for (Shard shard : shards) {
      shard.unlock();
    }
  }

  /** The databases with keys, by number. */
  public List<Part> parts() {
    return sources.stream().map(Source::part).toList();
  }

  /** Whether fields of hashes had an expiry. */
  public boolean fieldsExpire() {
    return fieldsExpire;
  }

  /**
   * Takes some entries of a part, after all of the parts before it; answers whether there are more.
   * Who has read them gives them back.
   */
  public boolean next(Part part, List<SavedEntry> into) {
    Source from = sources.get(source);
    if (!from.part().equals(part)) {
      throw new IllegalStateException("the walk is in another database");
    }
    Shard[] shards = from.database().shards();
    if (!step(shards[shard], into)) {
      shard++;
    }
    if (shard < shards.length) {
      return true;
    }
    source++;
    shard = 0;
    return false;
  }

  /** Takes some entries of a shard; answers whether it has more. */
  private static boolean step(Shard shard, List<SavedEntry> into) {
    shard.lock();
    try {
      ShardWalk walk = shard.walk;
      boolean more = walk != null && walk.step(shard.table, STEP, into);
      shard.walk = more ? walk : null;
      return more;
    } finally {
      shard.unlock();
    }
  }

  /** Ends the walk, wherever it is. */
  @Override
  public void close() {
    for (Source each : sources) {
      for (Shard unfinished : each.database().shards()) {
        unfinished.lock();
        unfinished.walk = null;
        unfinished.unlock();
      }
    }
  }
}
