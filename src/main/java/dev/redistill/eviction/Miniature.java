package dev.redistill.eviction;

import dev.redistill.store.Database;
import dev.redistill.store.Entry;
import dev.redistill.store.Footprint;
import dev.redistill.store.Keyspace;
import dev.redistill.store.Phantom;
import dev.redistill.store.Probe;
import dev.redistill.store.ShardLock;
import java.util.ArrayList;
import java.util.List;

/**
 * A cache of a sample of the keys, with phantoms for values, run by the same code as the store: it
 * tells how a policy would do with another memory or another setting. Guarded by the lock of its
 * owner.
 */
final class Miniature {

  private static final int LEARNS_EVERY = 64;

  private final Keyspace keyspace = new Keyspace(1, 1);
  private final Database database = keyspace.database(0);
  private final Evictor evictor;
  private final Probe probe = new Probe();
  private long lookups;
  private long misses;
  private int random = 1;

  /** A count of misses that fades, as the owner says. */
  private double recent;

  Miniature(long seed, EvictionPolicy policy, int samples, WindowShare share) {
    evictor = Evictor.miniature(keyspace, seed, share);
    evictor.policy(policy, samples);
    evictor.survey();
  }

  /**
   * Somebody looks for the key with this hash, and so many others do like him; answers whether it
   * is there.
   */
  boolean look(int hash, long now, double weight) {
    learn();
    Probe wanted = probe.set(hash);
    ShardLock lock = database.lock(wanted);
    try {
      Entry entry = database.find(wanted, now);
      lookups++;
      if (entry == null) {
        misses++;
        recent += weight;
        return false;
      }
      int second = keyspace.clock().second();
      random = random * 1_103_515_245 + 12_345;
      keyspace.accesses().used(entry, second, random);
      entry.stamp(second);
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void learn() {
    if (lookups % LEARNS_EVERY == 0) {
      evictor.survey();
      evictor.learn(lookups - misses, lookups, Long.MAX_VALUE);
    }
  }

  /** The key with the hash of an entry takes as much memory as that; all may take so much. */
  void write(Entry model, long now, long capacity) {
    keyspace.clock().tick(now);
    Probe wanted = probe.set(model.hash());
    ShardLock lock = database.lock(wanted);
    try {
      Entry entry = database.find(wanted, now);
      long rest = Footprint.entry(model) - Footprint.entry(0, Phantom.of(0));
      Phantom value = Phantom.of(rest);
      Entry unused = database.set(wanted, entry, value, model.expireAt());
    } finally {
      lock.unlock();
    }
    while (bytes() > capacity && evictor.evict() > 0) {
      // One key has gone.
    }
  }

  private long bytes() {
    return database.footprint() - database.tableFootprint();
  }

  /** The key with this hash is gone. */
  void remove(int hash, long now) {
    Probe wanted = probe.set(hash);
    ShardLock lock = database.lock(wanted);
    try {
      Entry entry = database.find(wanted, now);
      if (entry != null) {
        database.remove(entry);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Forgets all keys in whose hashes one of these bits is set. */
  void keepOnly(int unsampled, long now) {
    List<Integer> gone = new ArrayList<>();
    database.forEach(
        now,
        entry -> {
          if ((entry.hash() & unsampled) != 0) {
            gone.add(entry.hash());
          }
        });
    gone.forEach(hash -> remove(hash, now));
  }

  long size() {
    return database.size();
  }

  /** Lookups that have found nothing, of which those that were long ago count less. */
  double recentMisses() {
    return recent;
  }

  /** Begins to count anew. */
  void forget() {
    recent = 0;
  }

  /** Lets what was counted until now count half as much. */
  void fade() {
    recent /= 2;
  }

  /** Forgets all keys. */
  void clear() {
    if (size() > 0) {
      keepOnly(-1, 0);
    }
  }
}
