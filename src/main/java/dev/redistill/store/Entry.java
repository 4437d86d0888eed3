package dev.redistill.store;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * A key with its value, expiry and access stamp: its own node in the table of its shard.
 *
 * <p>Written only under the lock of its shard. {@code value}, {@code next} and {@code expireAt} are
 * read by anybody without it: a string that is a plain {@code byte[]} never changes once it is
 * here, another value swaps the reference.
 */
public final class Entry {

  /** The expiry of an entry that never expires: later than any moment. */
  public static final long NEVER = Long.MAX_VALUE;

  /**
   * The value of an entry that has left the table and of which only a place in the expiry queue is
   * left.
   */
  static final Object GONE = new Object();

  /** The form of a value of which nothing special is to be known. */
  static final byte PLAIN = 0;

  /** The form of a string that was changed in place, which Redis shows as encoding {@code raw}. */
  static final byte RAW = 1;

  /** The form of a string that is never shown as encoding {@code int}, although it looks so. */
  static final byte TEXTUAL = 2;

  /** The form of a hash in which fields expire. */
  static final byte EXPIRING_FIELDS = 3;

  private static final VarHandle VALUE;

  static {
    try {
      VALUE = MethodHandles.lookup().findVarHandle(Entry.class, "value", Object.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  final int hash;
  final byte[] key;
  private volatile Object value;
  volatile Entry next;
  long expireAt = NEVER;
  int stamp;

  /** Whether the expiry queue of the shard holds a place for this entry at or before its expiry. */
  boolean queued;

  /** Whether the queue of hashes with expiring fields holds a place for this entry. */
  boolean fieldsQueued;

  /** What is to be known of the value beyond the value itself: one of the constants here. */
  byte form = PLAIN;

  /** Whether this entry has left the table. */
  boolean removed;

  Entry(int hash, byte[] key, Object value, Entry next) {
    this.hash = hash;
    this.key = key;
    this.value = value;
    this.next = next;
  }

  /** The key's bytes; never change them. */
  public byte[] key() {
    return key;
  }

  public int hash() {
    return hash;
  }

  /** The value: a {@code byte[]} or another class of this package. */
  public Object value() {
    return VALUE.getAcquire(this);
  }

  void value(Object replacement) {
    VALUE.setRelease(this, replacement);
  }

  /** The last millisecond of this entry as a Unix time, or {@link #NEVER}. */
  public long expireAt() {
    return expireAt;
  }

  public boolean expires() {
    return expireAt != NEVER;
  }

  /** Whether the entry is still there: to the end of the millisecond of its expiry, as in Redis. */
  public boolean isLive(long now) {
    return expireAt >= now;
  }

  /** Whether the value was changed in place since it was last set whole. */
  public boolean isRaw() {
    return form == RAW;
  }

  /**
   * Whether the value was computed as text, which Redis never shows as the encoding {@code int}.
   */
  public boolean isTextual() {
    return form == TEXTUAL;
  }

  /** The second of the last recorded access, as {@link AccessClock} counts. */
  public int stamp() {
    return stamp;
  }

  /** Records an access at the given second. Readers race here; any of them may win. */
  public void stamp(int second) {
    stamp = second;
  }

  boolean matches(Probe probe) {
    return hash == probe.hash
        && Arrays.equals(
            key, 0, key.length, probe.bytes, probe.offset, probe.offset + probe.length);
  }
}
