package dev.redistill.pubsub;

import dev.redistill.resp.Push;

/**
 * That one client wants the messages of one channel or pattern, until it says that it does not any
 * more.
 */
final class Subscription implements Interest {

  private final Outbox outbox;

  /** Confined to the client's connection. */
  private boolean live = true;

  Subscription(Outbox outbox) {
    this.outbox = outbox;
  }

  /** Sends a message; answers whether the client's connection lags behind. */
  boolean send(Push push) {
    return outbox.put(push, this);
  }

  Outbox outbox() {
    return outbox;
  }

  /** Ends it: messages that are still under way are dropped. */
  void end() {
    live = false;
  }

  @Override
  public boolean isLive() {
    return live;
  }
}
