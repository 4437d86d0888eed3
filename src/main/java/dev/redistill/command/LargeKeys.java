package dev.redistill.command;

import dev.redistill.store.Database;
import dev.redistill.store.Entry;
import dev.redistill.store.Footprint;
import dev.redistill.store.Keyspace;
import dev.redistill.store.Probe;
import dev.redistill.store.ShardLock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The keys that take the most memory, of those that were seen to grow or to be used. Guarded by its
 * own lock, which may be taken under that of a shard, and under which no other is taken.
 */
final class LargeKeys {

  /** Bytes that make a key a large one. */
  static final long LARGE = 16 * 1024;

  private static final int MOST = 64;
  private static final int LONGEST_NAME = 1024;

  private final Keyspace keyspace;
  private final ReentrantLock lock = new ReentrantLock();
  private List<LargeKey> keys = new ArrayList<>();

  /** The size that a key has to have more than to be kept. */
  private volatile long least = LARGE - 1;

  LargeKeys(Keyspace keyspace) {
    this.keyspace = keyspace;
  }

  /** An entry was changed or used. */
  void seen(int database, Entry entry) {
    long size = Footprint.entry(entry);
    if (size > least && entry.key().length <= LONGEST_NAME) {
      keep(new LargeKey(database, entry.key(), size));
    }
  }

  private void keep(LargeKey key) {
    lock.lock();
    try {
      keys.removeIf(known -> known.isSame(key));
      keys.add(key);
      settle();
    } finally {
      lock.unlock();
    }
  }

  private void settle() {
    keys.sort(Comparator.comparingLong((LargeKey key) -> -key.bytes()));
    if (keys.size() > MOST) {
      keys.removeLast();
    }
    least = keys.size() < MOST ? LARGE - 1 : keys.getLast().bytes();
  }

  /** Looks at all of them again, and forgets those that are gone or have become small. */
  void refresh(long now) {
    List<LargeKey> current = all().stream().map(key -> again(key, now)).toList();
    lock.lock();
    try {
      for (LargeKey key : current) {
        keys.removeIf(known -> known.isSame(key));
        if (key.bytes() >= LARGE) {
          keys.add(key);
        }
      }
      settle();
    } finally {
      lock.unlock();
    }
  }

  private LargeKey again(LargeKey key, long now) {
    Probe probe = new Probe().set(key.name());
    Database database = keyspace.database(key.database());
    ShardLock shard = database.lock(probe);
    try {
      Entry entry = database.find(probe, now);
      return new LargeKey(key.database(), key.name(), entry == null ? 0 : Footprint.entry(entry));
    } finally {
      shard.unlock();
    }
  }

  /** All of them, the largest first. */
  List<LargeKey> all() {
    lock.lock();
    try {
      return List.copyOf(keys);
    } finally {
      lock.unlock();
    }
  }
}
