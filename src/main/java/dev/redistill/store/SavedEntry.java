package dev.redistill.store;

/**
 * An entry as it was at the moment of a snapshot. The value does not change until it is given back.
 *
 * @param key the key's bytes; never change them
 * @param value the value: a string, a hash or a set
 * @param expireAt when the entry is gone, or {@link Entry#NEVER}
 * @param stamp the last 24 bits of the second of the last recorded access
 * @param uses how often it was used, in the terms of the eviction policy
 */
public record SavedEntry(byte[] key, Object value, long expireAt, int stamp, int uses) {

  /** Borrows the value of an entry, under the lock of its shard. */
  static SavedEntry of(Entry entry) {
    Object value = entry.value();
    lend(value, true);
    return new SavedEntry(entry.key, value, entry.expireAt, entry.second(), entry.uses());
  }

  public boolean isLive(long now) {
    return expireAt >= now;
  }

  /** Seconds since the last recorded access. */
  public int idle(int second) {
    return Entry.age(second, stamp);
  }

  /** Lets the value be changed in place again. Needs no lock. */
  public void giveBack() {
    lend(value, false);
  }

  private static void lend(Object value, boolean yes) {
    if (value instanceof Text text) {
      text.lent = yes;
    } else if (value instanceof FieldTable table) {
      table.lent = yes;
    } else if (value instanceof PackedHash hash) {
      hash.lend(yes);
    } else if (value instanceof SetValue set) {
      lend(set.members(), yes);
    }
  }

  /** Whether somebody reads a value without the lock, so that it must not change in place. */
  static boolean isLent(Object value) {
    return switch (value) {
      case SetValue set -> isLent(set.members());
      case PackedHash hash -> hash.isLent();
      case Text text -> text.lent;
      case FieldTable table -> table.lent;
      default -> false;
    };
  }

  /** A copy of a value that was lent. */
  static Object copy(Object value) {
    if (value instanceof SetValue set) {
      return set.copy();
    }
    return value instanceof Text text
        ? new Text(text.bytes.clone(), text.length)
        : ((FieldTable) value).copy();
  }
}
