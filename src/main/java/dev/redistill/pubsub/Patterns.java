package dev.redistill.pubsub;

import dev.redistill.util.Glob;
import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Patterns with their subscriptions, both in the order in which they came. Those who publish read
 * it without waiting; a pattern is changed under the map's lock of its name.
 */
final class Patterns {

  /** A pattern that somebody has subscribed to. */
  static final class Pattern {
    private final long number;
    private final byte[] name;
    private final Glob glob;
    private volatile Subscription[] subscriptions = Channels.NOBODY;

    private Pattern(long number, byte[] name) {
      this.number = number;
      this.name = name;
      glob = new Glob(name);
    }

    boolean matches(byte[] channel) {
      return glob.matches(channel);
    }

    byte[] name() {
      return name;
    }

    Subscription[] subscriptions() {
      return subscriptions;
    }
  }

  private final ConcurrentHashMap<String, Pattern> byName = new ConcurrentHashMap<>();
  private final ConcurrentSkipListMap<Long, Pattern> inOrder = new ConcurrentSkipListMap<>();
  private final AtomicLong last = new AtomicLong();

  void add(String name, byte[] bytes, Subscription subscription) {
    byName.compute(
        name,
        (unused, before) -> {
          Pattern pattern = before == null ? new Pattern(last.incrementAndGet(), bytes) : before;
          pattern.subscriptions = Channels.with(pattern.subscriptions, subscription);
          inOrder.put(pattern.number, pattern);
          return pattern;
        });
  }

  void remove(String name, Subscription subscription) {
    byName.computeIfPresent(
        name,
        (unused, pattern) -> {
          pattern.subscriptions = Channels.without(pattern.subscriptions, subscription);
          if (pattern.subscriptions.length > 0) {
            return pattern;
          }
          inOrder.remove(pattern.number);
          return null;
        });
  }

  Subscription[] subscriptions(String name) {
    Pattern pattern = byName.get(name);
    return pattern == null ? Channels.NOBODY : pattern.subscriptions;
  }

  Collection<Pattern> all() {
    return inOrder.values();
  }

  boolean isEmpty() {
    return inOrder.isEmpty();
  }

  int count() {
    return byName.size();
  }
}
