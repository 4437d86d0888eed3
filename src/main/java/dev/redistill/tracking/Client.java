package dev.redistill.tracking;

import dev.redistill.resp.Push;

/** A client as tracking sees it: somebody to send messages to, from any thread, without waiting. */
public interface Client {

  /** The number of the connection. */
  long id();

  /** Whether it speaks RESP3; to other threads it is a moment old. */
  boolean isResp3();

  /** Whether it has subscribed to anything; to other threads it is a moment old. */
  boolean isSubscriber();

  /** Sends a message. */
  void push(Push message);

  /** Sends a message that is dropped if the client is no subscriber when its turn comes. */
  void pushToSubscriber(Push message);
}
