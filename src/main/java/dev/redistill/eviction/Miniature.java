package dev.redistill.eviction;

import dev.redistill.store.Accesses;
import dev.redistill.store.Database;
import dev.redistill.store.Entry;
import dev.redistill.store.Footprint;
import dev.redistill.store.Keyspace;
import dev.redistill.store.Phantom;
import dev.redistill.store.Probe;
import dev.redistill.store.ShardLock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A cache of a sample of the keys, with phantoms for values, run by the same code as the store: it
 * tells how a policy would do with another memory or another setting. Guarded by the lock of its
 * owner.
 */
final class Miniature {

  /* Keys are sampled by their hashes, those below a limit when their bits are reversed: the lower the limit the fewer,
  and they are always some of those that were followed before. So when there are too many the limit falls, as in
  SHARDS (Carl Waldspurger et al., FAST 2015), and memory is bounded whatever the cache does. */

  private static final int LEARNS_EVERY = 64;
  private static final int SHARDS = 16;
  private static final int SPREAD = 0x9E3779B9;

  /** What undoes the multiplication by {@link #SPREAD}. */
  private static final int UNSPREAD = 0x144CBC89;

  private static final long ALL = 1L << Integer.SIZE;
  private static final double FALLS_TO = 0.875;
  private static final int FEW = 3;
  private static final long BYTES_PER_KEY = Footprint.entry(0, Phantom.of(0));

  private final Keyspace keyspace = new Keyspace(1, SHARDS);
  private final Database database = keyspace.database(0);
  private final Evictor evictor;
  private final double memory;
  private final int most;
  private final Probe probe = new Probe();
  private long limit = ALL;
  private long room;
  private long lookups;
  private long misses;
  private int random = 1;

  /** Misses of all keys, in what was counted of late and since. */
  private double recent;

  private double fresh;

  /**
   * A cache that has its keys go by the choice of an evictor.
   *
   * @param memory by how much more memory it has than there is
   * @param most how many keys it holds at most
   */
  Miniature(Function<Keyspace, Evictor> chooser, double memory, int most) {
    this.memory = memory;
    this.most = most;
    evictor = chooser.apply(keyspace);
    evictor.survey();
  }

  /** Whether it follows the key with this hash. */
  boolean follows(int hash) {
    return Integer.toUnsignedLong(Integer.reverse(hash)) < limit;
  }

  /** How many of the lower bits of hashes are 0 in all keys that it follows. */
  int bits() {
    return Long.numberOfLeadingZeros(limit - 1) - Integer.SIZE;
  }

  /** Where a key with this hash is: anywhere, whatever those of the sample have in common. */
  private static int place(int hash) {
    return Integer.reverse(hash) * SPREAD;
  }

  private double rate() {
    return (double) limit / ALL;
  }

  /** Somebody looks for a key that it follows; answers whether it is there. */
  boolean look(int hash, long now) {
    learn();
    keyspace.clock().tick(now);
    Probe wanted = probe.set(place(hash));
    ShardLock lock = database.lock(wanted);
    try {
      Entry entry = database.find(wanted, now);
      lookups++;
      if (entry == null) {
        misses++;
        fresh += 1 / rate();
        return false;
      }
      touch(entry);
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

  private void touch(Entry entry) {
    int second = keyspace.clock().second();
    int kind = keyspace.accesses().kind();
    random ^= random << 13;
    random ^= random >>> 17;
    random ^= random << 5;
    keyspace.accesses().used(entry, second, random);
    int age = entry.idle(second);
    boolean sure = age >= Accesses.SURE_AFTER_SECONDS || (random & Accesses.ONE_IN - 1) == 0;
    if (age > 0 && kind != Accesses.UNSEEN && sure) {
      entry.stamp(second);
    }
  }

  /** Whether the key with this hash is there. */
  boolean holds(int hash, long now) {
    Probe wanted = probe.set(place(hash));
    ShardLock lock = database.lock(wanted);
    try {
      return database.find(wanted, now) != null;
    } finally {
      lock.unlock();
    }
  }

  /** The key with the hash of an entry takes as much memory as that. */
  void write(Entry model, long now) {
    keyspace.clock().tick(now);
    Probe wanted = probe.set(place(model.hash()));
    ShardLock lock = database.lock(wanted);
    try {
      Entry entry = database.find(wanted, now);
      long rest = Footprint.entry(model) - Footprint.entry(0, Phantom.of(0));
      Phantom value = Phantom.of(rest);
      Entry unused = database.set(wanted, entry, value, model.expireAt());
    } finally {
      lock.unlock();
    }
    if (size() > most) {
      follow(limit * FALLS_TO, now);
    }
    double capacity = room * memory * rate();
    while (bytes() > capacity && evictor.evict() > 0) {
      // One key has gone.
    }
  }

  private long bytes() {
    return database.footprint() - database.tableFootprint();
  }

  private void follow(double newLimit, long now) {
    limit = Math.clamp((long) newLimit, 2, ALL);
    List<Integer> gone = new ArrayList<>();
    database.forEach(
        now,
        entry -> {
          int hash = Integer.reverse(entry.hash() * UNSPREAD);
          if (!follows(hash)) {
            gone.add(hash);
          }
        });
    gone.forEach(hash -> remove(hash, now));
  }

  /** All keys may take so many bytes now, and uses of them count as there. */
  void fit(long newRoom, Accesses counted) {
    room = newRoom;
    keyspace.accesses().weighAs(counted);
  }

  /** Whether it follows so few of the keys that it should begin again with more of them. */
  boolean isSparse() {
    return limit < ALL && size() < most / FEW && bytes() > room * memory * rate() / 2;
  }

  /** The key with this hash is gone. */
  void remove(int hash, long now) {
    Probe wanted = probe.set(place(hash));
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

  long size() {
    return database.size();
  }

  /** Bytes of heap that it takes. */
  long footprint() {
    return database.tableFootprint() + evictor.footprint() + size() * BYTES_PER_KEY;
  }

  /** About how many lookups of all would have found nothing; what was long ago counts less. */
  double misses() {
    return recent;
  }

  /** Counts the misses since this was last called, or does not. */
  void settle(boolean counts) {
    recent += counts ? fresh : 0;
    fresh = 0;
  }

  /** Begins to count anew. */
  void forget() {
    recent = 0;
  }

  /** Lets what was counted until now count half as much. */
  void fade() {
    recent /= 2;
  }
}
