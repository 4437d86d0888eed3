package dev.redistill.pubsub;

import dev.redistill.pubsub.Patterns.Pattern;
import dev.redistill.resp.Ascii;
import dev.redistill.resp.Push;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Publishing: who has subscribed to what, and the way of a message to them. Publishing never waits
 * and takes no lock, so it may be done from any thread, whatever locks it holds.
 */
public final class PubSub {

  private final Channels channels = new Channels();
  private final Channels shardChannels = new Channels();
  private final Patterns patterns = new Patterns();
  private volatile @Nullable Outbox lagging;

  /**
   * Sends a message to all who have subscribed to a channel, and then to those with a pattern that
   * matches it; answers how many messages that were.
   */
  public int publish(byte[] channel, byte[] message) {
    Subscription[] direct = channels.subscriptions(name(channel));
    if (direct.length > 0) {
      send(Message.ofChannel(channel, message), direct);
    }
    return direct.length + (patterns.isEmpty() ? 0 : publishByPattern(channel, message));
  }

  private int publishByPattern(byte[] channel, byte[] message) {
    int count = 0;
    for (Pattern pattern : patterns.all()) {
      Subscription[] matching = pattern.subscriptions();
      if (matching.length > 0 && pattern.matches(channel)) {
        send(Message.ofPattern(pattern.name(), channel, message), matching);
        count += matching.length;
      }
    }
    return count;
  }

  /** Sends a message to all who have subscribed to a shard channel; answers how many they are. */
  public int publishToShard(byte[] channel, byte[] message) {
    Subscription[] all = shardChannels.subscriptions(name(channel));
    if (all.length > 0) {
      send(Message.ofShardChannel(channel, message), all);
    }
    return all.length;
  }

  private void send(Push push, Subscription[] subscriptions) {
    for (Subscription subscription : subscriptions) {
      if (subscription.send(push)) {
        lagging = subscription.outbox();
      }
    }
  }

  /**
   * Whether the connection of some subscriber has not caught up with what was published, though its
   * client takes what it is sent. Who publishes more should let it run.
   */
  public boolean isLagging() {
    Outbox slowest = lagging;
    if (slowest == null) {
      return false;
    }
    if (!slowest.isLagging()) {
      lagging = null;
      return false;
    }
    return true;
  }

  void add(Kind kind, byte[] bytes, Subscription subscription) {
    switch (kind) {
      case CHANNEL -> channels.add(name(bytes), subscription);
      case PATTERN -> patterns.add(name(bytes), bytes, subscription);
      case SHARD_CHANNEL -> shardChannels.add(name(bytes), subscription);
    }
  }

  void remove(Kind kind, String name, Subscription subscription) {
    switch (kind) {
      case CHANNEL -> channels.remove(name, subscription);
      case PATTERN -> patterns.remove(name, subscription);
      case SHARD_CHANNEL -> shardChannels.remove(name, subscription);
    }
  }

  /** The channels that somebody has subscribed to, one character per byte. */
  public Set<String> channels() {
    return channels.names();
  }

  /** The shard channels that somebody has subscribed to, one character per byte. */
  public Set<String> shardChannels() {
    return shardChannels.names();
  }

  /** How many clients have subscribed to a channel or, by that very name, to a pattern. */
  public int subscribers(Kind kind, byte[] bytes) {
    String name = name(bytes);
    return switch (kind) {
      case CHANNEL -> channels.subscriptions(name).length;
      case PATTERN -> patterns.subscriptions(name).length;
      case SHARD_CHANNEL -> shardChannels.subscriptions(name).length;
    };
  }

  /** How many different patterns there are. */
  public int patterns() {
    return patterns.count();
  }

  static String name(byte[] bytes) {
    return Ascii.text(bytes, 0, bytes.length);
  }
}
