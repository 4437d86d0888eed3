package dev.redistill.store;

import java.util.Arrays;

/**
 * A string value that is changed in place: bytes with room to grow, for values that APPEND,
 * SETRANGE, SETBIT and BITFIELD work on, so that a bit in a bitmap of megabytes costs a bit.
 * Guarded by the lock of its shard, also for reading.
 *
 * <p>Small strings and those set whole are plain {@code byte[]} instead; the static methods read
 * either.
 */
public final class Text {

  /** Strings from this size on become a {@code Text} when they are first changed in place. */
  public static final int IN_PLACE_FROM = 1024;

  byte[] bytes;
  int length;

  /** Whether somebody reads this without the lock, so that it must not change. */
  volatile boolean lent;

  Text(byte[] bytes, int length) {
    this.bytes = bytes;
    this.length = length;
  }

  /** A string that will be changed in place, of an array that is given away with it. */
  public static Object inPlace(byte[] bytes) {
    return bytes.length < IN_PLACE_FROM ? bytes : new Text(bytes, bytes.length);
  }

  /** Whether the value is a string. */
  public static boolean isText(Object value) {
    return value instanceof byte[] || value instanceof Text;
  }

  /** The array that holds the string; only the first {@link #length} bytes belong to it. */
  public static byte[] bytes(Object value) {
    return value instanceof byte[] plain ? plain : ((Text) value).bytes;
  }

  /** The number of bytes of the string. */
  public static int length(Object value) {
    return value instanceof byte[] plain ? plain.length : ((Text) value).length;
  }

  /** A copy of a range of the string. */
  public static byte[] copy(Object value, int from, int to) {
    return Arrays.copyOfRange(bytes(value), from, to);
  }

  /** The string as an array of exactly its size; shared with the value where that cannot change. */
  public static byte[] exact(Object value) {
    return value instanceof byte[] plain ? plain : copy(value, 0, length(value));
  }

  /** Makes the string at least this long, filled with zero bytes. */
  void grow(int size) {
    if (size > bytes.length) {
      bytes = Arrays.copyOf(bytes, roomy(size));
    }
    length = Math.max(length, size);
  }

  /**
   * How many bytes to make room for when a string of this size grows: twice, at most a megabyte
   * more.
   */
  static int roomy(int size) {
    long roomy = Math.min((long) size * 2, (long) size + (1 << 20));
    return (int) Math.min(roomy, Integer.MAX_VALUE - 8);
  }
}
