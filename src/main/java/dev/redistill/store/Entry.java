package dev.redistill.store;

import dev.redistill.util.Bytes;
import dev.redistill.util.FieldHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

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
   * The value of an entry that has left the table: whoever still knows the entry keeps no more of
   * it in memory.
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

  /** The expiry queue, which holds a place at or before the expiry. */
  static final byte KEY_QUEUE = 1;

  /** The queue of hashes with expiring fields. */
  static final byte FIELD_QUEUE = 2;

  /** How often a new entry counts as used: not so seldom that it would be evicted at once. */
  public static final int FIRST_USES = 5;

  private static final int USES = 0xff;
  private static final int AGES = 0xffffff;
  private static final int SOONEST = 0xffff00;
  private static final VarHandle VALUE =
      FieldHandle.of(MethodHandles.lookup(), "value", Object.class);

  final int hash;
  final byte[] key;

  @SuppressWarnings("UnusedVariable") // It is read by its handle.
  private volatile Object value;

  volatile Entry next;
  long expireAt = NEVER;

  /**
   * The second of the last recorded access in the upper 24 bits, and how often it was used in 8.
   */
  private int access = FIRST_USES;

  /**
   * In which of the queues of its shard it has a place: {@link #KEY_QUEUE}, {@link #FIELD_QUEUE}.
   */
  private byte queues;

  /** Whether eviction has decided to keep it; written by whoever decides, under a lock of his. */
  private boolean kept;

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

  /** Whether it has left the store; to those without the lock this is a moment old. */
  public boolean isGone() {
    return removed;
  }

  boolean isQueued(byte queue) {
    return (queues & queue) != 0;
  }

  void queued(byte queue, boolean yes) {
    queues = (byte) (yes ? queues | queue : queues & ~queue);
  }

  /** Whether eviction has decided to keep it, for a time. */
  public boolean isKept() {
    return kept;
  }

  public void kept(boolean yes) {
    kept = yes;
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

  /**
   * Seconds since the last recorded access, as {@link AccessClock} counts. An access that seems to
   * lie ahead is one of this second.
   */
  public int idle(int second) {
    return age(second, access >>> 8);
  }

  /** Seconds from a stamp, of which 24 bits are kept, to this second. */
  static int age(int second, int stamp) {
    int age = second - stamp & AGES;
    return age < SOONEST ? age : 0;
  }

  /** The second of the last recorded access, of which 24 bits are kept. */
  int second() {
    return access >>> 8;
  }

  /** How often it was used, in the terms of the eviction policy: up to 255. */
  public int uses() {
    return access & USES;
  }

  /** Records an access at the given second. Readers race here; any of them may win. */
  public void stamp(int second) {
    access = (second << 8) | (access & USES);
  }

  /** Records an access at the given second, and how often that makes it used. */
  public void stamp(int second, int uses) {
    access = (second << 8) | uses;
  }

  /** An access at the given second, and how often an entry was used by then, in one number. */
  public static int access(int second, int uses) {
    return (second << 8) | uses;
  }

  /** Records what {@link #access(int, int)} has made. */
  void access(int secondAndUses) {
    access = secondAndUses;
  }

  /** Says how often it was used. */
  public void uses(int count) {
    access = (access & ~USES) | count;
  }

  boolean matches(Probe probe) {
    return hash == probe.hash
        && key.length == probe.length
        && Bytes.equal(key, 0, probe.bytes, probe.offset, probe.length);
  }
}
