package dev.redistill.command;

import java.util.Locale;

/** What a command is and where it may run, in the words and the order of {@code COMMAND INFO}. */
public enum Flag {
  WRITE,
  READONLY,
  DENYOOM,
  ADMIN,
  PUBSUB,
  NOSCRIPT,
  BLOCKING,
  LOADING,
  STALE,
  SKIP_MONITOR,
  SKIP_SLOWLOG,
  ASKING,
  FAST,
  NO_AUTH,
  NO_ASYNC_LOADING,
  NO_MULTI,
  MOVABLEKEYS,
  ALLOW_BUSY;

  /** The name in replies. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
