package dev.redistill.pubsub;

/** What a client can subscribe to. */
public enum Kind {
  CHANNEL,
  PATTERN,
  SHARD_CHANNEL
}
