package dev.redistill.pubsub;

import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Channels with their subscriptions in the order in which they came. Those who publish read it
 * without waiting; a change replaces all subscriptions of a channel.
 *
 * <p>Names are texts of one byte per character, which the map keeps in order where their hashes
 * collide: names that are made to collide do not make it slow.
 */
final class Channels {

  static final Subscription[] NOBODY = new Subscription[0];

  private final ConcurrentHashMap<String, Subscription[]> byName = new ConcurrentHashMap<>();

  Subscription[] subscriptions(String name) {
    return byName.getOrDefault(name, NOBODY);
  }

  void add(String name, Subscription subscription) {
    byName.compute(name, (unused, before) -> with(before == null ? NOBODY : before, subscription));
  }

  void remove(String name, Subscription subscription) {
    byName.computeIfPresent(
        name,
        (unused, before) -> {
          Subscription[] after = without(before, subscription);
          return after.length == 0 ? null : after;
        });
  }

  /** The names of the channels that somebody has subscribed to. */
  Set<String> names() {
    return byName.keySet();
  }

  static Subscription[] with(Subscription[] before, Subscription added) {
    Subscription[] after = Arrays.copyOf(before, before.length + 1);
    after[before.length] = added;
    return after;
  }

  static Subscription[] without(Subscription[] before, Subscription removed) {
    int place = Arrays.asList(before).indexOf(removed);
    if (place < 0) {
      return before;
    }
    Subscription[] after = Arrays.copyOf(before, before.length - 1);
    System.arraycopy(before, place + 1, after, place, after.length - place);
    return after;
  }
}
