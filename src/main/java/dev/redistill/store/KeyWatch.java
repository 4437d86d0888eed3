package dev.redistill.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who watches which key of one shard. Guarded by the lock of its shard. */
final class KeyWatch {

  private final Map<Key, List<Watcher>> watchers = new HashMap<>();

  void add(byte[] key, Watcher watcher) {
    watchers.computeIfAbsent(new Key(key), unused -> new ArrayList<>(1)).add(watcher);
  }

  /** Takes a watcher off a key; answers whether nobody watches anything here any more. */
  boolean remove(byte[] key, Watcher watcher) {
    Key wanted = new Key(key);
    List<Watcher> list = watchers.get(wanted);
    if (list != null) {
      list.remove(watcher);
      if (list.isEmpty()) {
        watchers.remove(wanted);
      }
    }
    return watchers.isEmpty();
  }

  void touch(byte[] key) {
    List<Watcher> list = watchers.get(new Key(key));
    if (list != null) {
      list.forEach(Watcher::changed);
    }
  }

  /** Tells the watchers of every key for which the shard holds an entry. */
  void touchPresent(Shard shard) {
    Probe probe = new Probe();
    watchers.forEach((key, list) -> {
      if (shard.find(probe.set(key.bytes())) != null) {
        list.forEach(Watcher::changed);
      }
    });
  }

  /**
   * Removes what the shard holds under a watched key and is due: to the watchers it is not there.
   */
  private void removeDue(Shard shard, long now) {
    Probe probe = new Probe();
    for (Key key : watchers.keySet()) {
      Entry entry = shard.find(probe.set(key.bytes()));
      if (entry != null && !entry.isLive(now)) {
        shard.removeExpired(entry);
      }
    }
  }

  /**
   * Tells who watches a key that either of two shards holds that the shards change places; what is
   * due was not there.
   */
  static void meet(
      Shard one, @Nullable KeyWatch ofOne, Shard two, @Nullable KeyWatch ofTwo, long now) {
    if (ofOne != null) {
      ofOne.removeDue(two, now);
    }
    if (ofTwo != null) {
      ofTwo.removeDue(one, now);
      ofTwo.touchPresent(one);
      ofTwo.touchPresent(two);
    }
    if (ofOne != null) {
      ofOne.touchPresent(one);
      ofOne.touchPresent(two);
    }
  }
}
