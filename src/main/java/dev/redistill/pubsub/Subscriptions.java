package dev.redistill.pubsub;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one client has subscribed to. Confined to its connection; others may ask for the counts,
 * which they see a moment late.
 */
public final class Subscriptions {

  private final PubSub pubSub;
  private final Outbox outbox;
  private final Map<Kind, Map<String, Subscription>> byKind = new EnumMap<>(Kind.class);
  private int count;

  public Subscriptions(PubSub pubSub, Outbox outbox) {
    this.pubSub = pubSub;
    this.outbox = outbox;
    for (Kind kind : Kind.values()) {
      byKind.put(kind, new LinkedHashMap<>());
    }
  }

  private Map<String, Subscription> of(Kind kind) {
    return byKind.getOrDefault(kind, Map.of());
  }

  /** Subscribes to a channel or pattern, if the client has not done so yet. */
  public void add(Kind kind, byte[] bytes) {
    String name = PubSub.name(bytes);
    if (!of(kind).containsKey(name)) {
      Subscription subscription = new Subscription(outbox);
      of(kind).put(name, subscription);
      count++;
      pubSub.add(kind, bytes, subscription);
    }
  }

  /**
   * Ends a subscription, if there is one. The client still gets the messages that have come so far,
   * and no later ones.
   */
  public void remove(Kind kind, byte[] bytes) {
    String name = PubSub.name(bytes);
    Subscription subscription = of(kind).remove(name);
    if (subscription != null) {
      count--;
      pubSub.remove(kind, name, subscription);
      outbox.collect();
      subscription.end();
    }
  }

  /** Ends all subscriptions. */
  public void clear() {
    byKind.forEach((kind, all) -> {
      all.forEach((name, subscription) -> {
        pubSub.remove(kind, name, subscription);
        subscription.end();
      });
      all.clear();
    });
    count = 0;
  }

  /** The names of channels or patterns, one character per byte. */
  public List<String> names(Kind kind) {
    return List.copyOf(of(kind).keySet());
  }

  public int count(Kind kind) {
    return of(kind).size();
  }

  /** Whether there is none. */
  public boolean isEmpty() {
    return count == 0;
  }
}
