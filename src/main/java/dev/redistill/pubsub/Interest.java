package dev.redistill.pubsub;

/** Why a message is sent to a client, which may have ended when the message's turn comes. */
@FunctionalInterface
public interface Interest {

  /** Whether the client still wants the message. Asked by the client's own connection. */
  boolean isLive();
}
