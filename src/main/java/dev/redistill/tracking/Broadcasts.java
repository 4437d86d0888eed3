package dev.redistill.tracking;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The prefixes that clients broadcast for, and the changed keys with these prefixes that they were
 * not told of yet. Safe for all threads; whoever holds its lock waits for nothing.
 */
final class Broadcasts {

  /** Who wants to hear of a prefix, and the keys to tell of with the client that changed each. */
  private static final class Prefix {
    private final Set<Tracker> trackers = new LinkedHashSet<>();
    private SortedMap<String, @Nullable Tracker> changed = new TreeMap<>();
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Prefix> prefixes = new TreeMap<>();
  private volatile boolean used;
  private volatile boolean pending;

  void add(String prefix, Tracker tracker) {
    lock.lock();
    try {
      prefixes.computeIfAbsent(prefix, unused -> new Prefix()).trackers.add(tracker);
      used = true;
    } finally {
      lock.unlock();
    }
  }

  /** A client has ended tracking. */
  void remove(Tracker tracker) {
    lock.lock();
    try {
      for (String name : tracker.prefixes()) {
        Prefix prefix = prefixes.get(name);
        if (prefix != null && prefix.trackers.remove(tracker) && prefix.trackers.isEmpty()) {
          prefixes.remove(name);
        }
      }
      used = !prefixes.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Whether there is any prefix. */
  boolean isUsed() {
    return used;
  }

  /** Whether there are keys to tell of. */
  boolean isPending() {
    return pending;
  }

  int size() {
    lock.lock();
    try {
      return prefixes.size();
    } finally {
      lock.unlock();
    }
  }

  /** A key was changed, by a client that tracks or, with null, by anybody else. */
  void changed(String key, @Nullable Tracker writer) {
    lock.lock();
    try {
      prefixes.forEach((name, prefix) -> {
        if (key.startsWith(name)) {
          prefix.changed.put(key, writer);
          pending = true;
        }
      });
    } finally {
      lock.unlock();
    }
  }

  /** Hands over what there is to tell, to be sent by the caller. */
  void take(BiConsumer<Tracker, Invalidations> sender) {
    List<Runnable> messages = new ArrayList<>();
    lock.lock();
    try {
      pending = false;
      prefixes.values().forEach(prefix -> take(prefix, sender, messages));
    } finally {
      lock.unlock();
    }
    messages.forEach(Runnable::run);
  }

  private static void take(
      Prefix prefix, BiConsumer<Tracker, Invalidations> sender, List<Runnable> messages) {
    if (prefix.changed.isEmpty()) {
      return;
    }
    SortedMap<String, @Nullable Tracker> changed = prefix.changed;
    prefix.changed = new TreeMap<>();
    Invalidations all = Invalidations.of(changed.keySet());
    for (Tracker tracker : prefix.trackers) {
      Invalidations own = tracker.mode().noLoop() ? withoutThose(changed, tracker) : all;
      if (own != null) {
        messages.add(() -> sender.accept(tracker, own));
      }
    }
  }

  /** All keys but those that a client has changed itself, or null if there are no others. */
  private static @Nullable Invalidations withoutThose(
      SortedMap<String, @Nullable Tracker> changed, Tracker writer) {
    List<String> keys = new ArrayList<>();
    changed.forEach((key, by) -> {
      if (by != writer) {
        keys.add(key);
      }
    });
    return keys.isEmpty() ? null : Invalidations.of(keys);
  }
}
