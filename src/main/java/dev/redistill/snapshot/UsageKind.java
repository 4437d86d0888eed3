package dev.redistill.snapshot;

/** What a file tells of how keys are used. */
public enum UsageKind {
  /** Nothing. */
  NONE,
  /** For how long nobody has used them. */
  IDLE,
  /** How often they are used. */
  FREQUENCY
}
