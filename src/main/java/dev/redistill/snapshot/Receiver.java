package dev.redistill.snapshot;

/** Somebody to whom a snapshot is sent. Called by the thread that writes snapshots. */
public interface Receiver {

  /** Who it is, for the log. */
  String name();

  /** Whether it has to know the size before the first byte. */
  boolean wantsSize();

  /** Takes the size, if it wants that. */
  void size(long bytes);

  /** Takes bytes, which nobody changes any more, without waiting. */
  void take(byte[] bytes);

  /** How many of the bytes wait to be sent, or a negative number if they never will be. */
  long waiting();
}
