package dev.redistill.resp;

import java.nio.charset.StandardCharsets;

/** Numbers and words as the bytes of the protocol. */
public final class Ascii {

  /** The length of the longest {@code long} in decimal. */
  public static final int LONGEST = 20;

  private static final byte[] PAIRS = new byte[200];

  static {
    for (int i = 0; i < 100; i++) {
      PAIRS[2 * i] = (byte) ('0' + i / 10);
      PAIRS[2 * i + 1] = (byte) ('0' + i % 10);
    }
  }

  private Ascii() {}

  /** The bytes of a text, one per character. */
  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** A text of these bytes, one character per byte. */
  public static String text(byte[] bytes, int offset, int length) {
    return new String(bytes, offset, length, StandardCharsets.ISO_8859_1);
  }

  /**
   * Whether a slice is a decimal number that {@link #parseLong} reads: digits without leading
   * zeros, with a minus sign or without, in the range of a {@code long}.
   */
  public static boolean isLong(byte[] bytes, int offset, int length) {
    if (length == 0 || length > LONGEST) {
      return false;
    }
    boolean negative = bytes[offset] == '-';
    int at = negative ? offset + 1 : offset;
    int end = offset + length;
    if (at == end) {
      return false;
    }
    if (bytes[at] == '0') {
      return length == 1;
    }
    long value = 0;
    for (; at < end; at++) {
      int digit = bytes[at] - '0';
      if (digit < 0 || digit > 9 || value < Long.MIN_VALUE / 10) {
        return false;
      }
      value = value * 10 - digit;
      if (value > 0) {
        return false;
      }
    }
    return negative || value != Long.MIN_VALUE;
  }

  /** The number that a slice holds, of which {@link #isLong} is true. */
  public static long parseLong(byte[] bytes, int offset, int length) {
    boolean negative = bytes[offset] == '-';
    long value = 0;
    for (int at = negative ? offset + 1 : offset; at < offset + length; at++) {
      value = value * 10 - (bytes[at] - '0');
    }
    return negative ? value : -value;
  }

  /** The bytes of a number in decimal. */
  public static byte[] ofLong(long value) {
    byte[] bytes = new byte[length(value)];
    write(value, bytes, bytes.length);
    return bytes;
  }

  /** How many bytes a number takes in decimal. */
  public static int length(long value) {
    int sign = value < 0 ? 1 : 0;
    long negative = value < 0 ? value : -value;
    long bound = -10;
    for (int digits = 1; digits < 19; digits++) {
      if (negative > bound) {
        return digits + sign;
      }
      bound *= 10;
    }
    return 19 + sign;
  }

  /** Writes a number in decimal so that it ends before {@code end}; answers where it begins. */
  public static int write(long value, byte[] target, int end) {
    int at = end;
    long left = value < 0 ? value : -value;
    while (left <= -100) {
      long rest = left / 100;
      int pair = (int) (rest * 100 - left) * 2;
      target[--at] = PAIRS[pair + 1];
      target[--at] = PAIRS[pair];
      left = rest;
    }
    int pair = (int) -left * 2;
    target[--at] = PAIRS[pair + 1];
    if (left <= -10) {
      target[--at] = PAIRS[pair];
    }
    if (value < 0) {
      target[--at] = '-';
    }
    return at;
  }

  /** The lower-case form of an ASCII letter, any other byte as it is. */
  public static byte lower(byte b) {
    return b >= 'A' && b <= 'Z' ? (byte) (b + 32) : b;
  }

  /** Whether a slice is this word, which is given in upper case, whatever its own case. */
  public static boolean equalsIgnoreCase(byte[] bytes, int offset, int length, String upper) {
    if (length != upper.length()) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (lower(bytes[offset + i]) != lower((byte) upper.charAt(i))) {
        return false;
      }
    }
    return true;
  }
}
