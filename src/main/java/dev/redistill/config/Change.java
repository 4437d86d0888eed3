package dev.redistill.config;

/** When a setting may be changed. */
public enum Change {
  /** By CONFIG SET, at any time. */
  RUN_TIME,
  /** By CONFIG SET, as long as some part of the server listens to the change and carries it out. */
  APPLIED,
  /** By CONFIG SET, where {@code enable-protected-configs} allows it. */
  PROTECTED,
  /** Before the start only. */
  START_UP
}
