package dev.redistill.config;

/** What giving a setting leads to. */
public enum Effect {
  /** The server does what the setting says. */
  FULL,
  /** The value is kept and shown; the part of the server that will act on it is not there yet. */
  NOT_YET,
  /** The value is kept and shown, and nothing else: Redis needs it, this server does not. */
  NONE,
  /** The server can only do what the default says; another value is ignored with a warning. */
  DEFAULT_ONLY
}
