package dev.redistill.command;

/** Which replies a client wants, as CLIENT REPLY says. */
public enum Replies {
  ON,
  OFF,
  /** The reply of this command and of the next one is left out. */
  SKIP_NEXT,
  /** The reply of this command is left out. */
  SKIP
}
