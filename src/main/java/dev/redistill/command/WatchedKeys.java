package dev.redistill.command;

import dev.redistill.store.Database;
import dev.redistill.store.Entry;
import dev.redistill.store.Keyspace;
import dev.redistill.store.Locks;
import dev.redistill.store.Probe;
import dev.redistill.store.Watcher;
import java.util.ArrayList;
import java.util.List;

/**
 * The keys that a session watches, and whether any of them has changed since. Everything but {@link
 * #changed} is confined to the session's connection.
 */
public final class WatchedKeys implements Watcher {

  /** A watched key, and whether it existed when the watch began. */
  private record Watched(int databaseIndex, Probe key, boolean wasThere) {}

  private final Keyspace keyspace;
  private final List<Watched> keys = new ArrayList<>();
  private volatile boolean changed;

  WatchedKeys(Keyspace keyspace) {
    this.keyspace = keyspace;
  }

  @Override
  public void changed() {
    changed = true;
  }

  /** Watches a key; the caller holds the lock of its shard. */
  public void add(int databaseIndex, Probe key, long now) {
    for (Watched watched : keys) {
      if (watched.databaseIndex == databaseIndex && watched.key.same(key)) {
        return;
      }
    }
    Database database = keyspace.database(databaseIndex);
    Probe kept = new Probe().set(key.copy());
    Entry entry = database.find(kept, now);
    database.watch(kept, this);
    keys.add(new Watched(databaseIndex, kept, entry != null));
  }

  /** The number of watched keys. */
  public int size() {
    return keys.size();
  }

  void collect(Locks locks) {
    keys.forEach(watched -> locks.add(keyspace.database(watched.databaseIndex), watched.key));
  }

  /** Whether a watched key has changed or expired; the caller holds their locks. */
  boolean isChanged(long now) {
    for (Watched watched : keys) {
      Entry entry = keyspace.database(watched.databaseIndex).find(watched.key, now);
      if (watched.wasThere && entry == null) {
        return true;
      }
    }
    return changed;
  }

  void forget() {
    keys.forEach(this::forget);
    keys.clear();
  }

  private void forget(Watched watched) {
    while (true) {
      long swaps = keyspace.swaps();
      Database database = keyspace.database(watched.databaseIndex);
      var lock = database.lock(watched.key);
      try {
        if (swaps == keyspace.swaps()) {
          database.unwatch(watched.key, this);
          return;
        }
      } finally {
        lock.unlock();
      }
    }
  }
}
