package dev.redistill.net;

import dev.redistill.command.Link;

/** A connection whose state a test sets. */
final class FakeLink implements Link {

  boolean closed;
  boolean waiting = true;
  boolean shakingHands;
  int queryBuffer;
  long outputBuffer;

  @Override
  public void finish() {
    closed = true;
  }

  @Override
  public void close() {
    closed = true;
  }

  @Override
  public void wake() {
    // Nobody sleeps.
  }

  @Override
  public void letOthersRun() {
    // There are no others.
  }

  @Override
  public void sendReplies() {
    // They are taken when the test asks for them.
  }

  @Override
  public boolean rest(long nanos) {
    return !closed;
  }

  @Override
  public String address() {
    return "192.0.2.1:50000";
  }

  @Override
  public String localAddress() {
    return "192.0.2.2:6379";
  }

  @Override
  public int descriptor() {
    return -1;
  }

  @Override
  public int queryBuffer() {
    return queryBuffer;
  }

  @Override
  public boolean isWaiting() {
    return waiting;
  }

  @Override
  public boolean isShakingHands() {
    return shakingHands;
  }

  @Override
  public long outputBuffer() {
    return outputBuffer;
  }
}
