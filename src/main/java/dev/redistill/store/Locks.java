package dev.redistill.store;

import java.util.Arrays;

/**
 * The locks of the shards that one command or transaction needs, taken in the one order that {@link
 * Keyspace} names. Reused; confined to one connection.
 *
 * <p>A write of several keys marks all their shards unsettled before it begins, so that no reader
 * without a lock sees half of it.
 */
public final class Locks {

  private Shard[] shards = new Shard[4];
  long[] order = new long[4];
  int count;
  private int keys;
  private boolean unsettled;

  /** Adds the shard of a key. */
  public void add(Database database, Probe probe) {
    int index = database.shardIndex(probe.hash);
    keys++;
    add(database.shards()[index], database.order() + index);
  }

  /** Adds all shards of a database. */
  public void addAll(Database database) {
    Shard[] all = database.shards();
    keys += 2;
    for (int i = 0; i < all.length; i++) {
      add(all[i], database.order() + i);
    }
  }

  private void add(Shard shard, long place) {
    if (count == shards.length) {
      shards = Arrays.copyOf(shards, count * 2);
      order = Arrays.copyOf(order, count * 2);
    }
    int at = count == 0 || order[count - 1] < place ? count : place(place);
    if (at < count && order[at] == place) {
      return;
    }
    System.arraycopy(shards, at, shards, at + 1, count - at);
    System.arraycopy(order, at, order, at + 1, count - at);
    shards[at] = shard;
    order[at] = place;
    count++;
  }

  /** Where in the order a place stands or belongs. */
  private int place(long place) {
    int found = Arrays.binarySearch(order, 0, count, place);
    return found >= 0 ? found : -found - 1;
  }

  /** Takes all locks; {@code write} says that the keys may change. */
  public void lock(boolean write) {
    for (int i = 0; i < count; i++) {
      shards[i].lock();
    }
    unsettled = write && keys > 1;
    if (unsettled) {
      for (int i = 0; i < count; i++) {
        shards[i].unsettle();
      }
    }
  }

  /** Releases all locks and forgets the shards. */
  public void unlock() {
    for (int i = count - 1; i >= 0; i--) {
      if (unsettled) {
        shards[i].settle();
      }
      shards[i].unlock();
    }
    clear();
  }

  /** Forgets the shards, none of which is locked. */
  public void clear() {
    if (shards.length > 64) {
      shards = new Shard[4];
      order = new long[4];
    } else {
      Arrays.fill(shards, 0, count, null);
    }
    count = 0;
    keys = 0;
    unsettled = false;
  }
}
