package dev.redistill.command;

/** The behaviour of a command. */
@FunctionalInterface
public interface Handler {

  /** Answers one call: reads its arguments, touches the store, writes exactly one reply. */
  void run(Call call);
}
