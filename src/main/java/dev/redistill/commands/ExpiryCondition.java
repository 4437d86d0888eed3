package dev.redistill.commands;

import dev.redistill.store.Entry;

/** What the expiry has to be for an EXPIRE or HEXPIRE to set another. */
enum ExpiryCondition {
  /** There is none. */
  NX,
  /** There is one. */
  XX,
  /** It is earlier than the new one. */
  GT,
  /** It is later than the new one; none is later than any. */
  LT;

  boolean allows(long current, long wanted) {
    return switch (this) {
      case NX -> current == Entry.NEVER;
      case XX -> current != Entry.NEVER;
      case GT -> wanted > current;
      case LT -> wanted < current;
    };
  }
}
