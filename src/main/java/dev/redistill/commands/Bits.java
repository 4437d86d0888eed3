package dev.redistill.commands;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The bits of a string, eight bytes at a time. Bit 0 is the highest one of the first byte; ranges
 * are given with the place behind their end.
 */
final class Bits {

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private Bits() {}

  /** Whether a bit is 1. */
  static boolean get(byte[] bytes, long bit) {
    return (bytes[(int) (bit >> 3)] >> (7 - (bit & 7)) & 1) != 0;
  }

  /** Changes a bit. */
  static void set(byte[] bytes, long bit, boolean value) {
    int mask = 0x80 >> (bit & 7);
    int at = (int) (bit >> 3);
    bytes[at] = (byte) (value ? bytes[at] | mask : bytes[at] & ~mask);
  }

  /** How many bits of a range are 1. */
  static long count(byte[] bytes, long from, long to) {
    if (from >= to) {
      return 0;
    }
    int first = (int) (from >> 3);
    int last = (int) ((to - 1) >> 3);
    long count = countBytes(bytes, first, last + 1);
    count -= Integer.bitCount(bytes[first] & ~(0xff >> (from & 7)) & 0xff);
    return count - Integer.bitCount(bytes[last] & 0xff >> ((to - 1 & 7) + 1));
  }

  private static long countBytes(byte[] bytes, int from, int to) {
    long count = 0;
    int at = from;
    for (; at <= to - 8; at += 8) {
      count += Long.bitCount((long) LONG.get(bytes, at));
    }
    for (; at < to; at++) {
      count += Integer.bitCount(bytes[at] & 0xff);
    }
    return count;
  }

  /** The first bit of a range with this value, -1 if there is none. */
  static long find(byte[] bytes, long from, long to, boolean value) {
    if (from >= to) {
      return -1;
    }
    int flip = value ? 0 : 0xff;
    int at = (int) (from >> 3);
    int end = (int) ((to + 7) >> 3);
    int current = (bytes[at] ^ flip) & 0xff >> (from & 7);
    if (current == 0) {
      at = skip(bytes, at + 1, end, value ? 0 : -1L);
      if (at == end) {
        return -1;
      }
      current = (bytes[at] ^ flip) & 0xff;
    }
    long bit = 8L * at + Integer.numberOfLeadingZeros(current) - 24;
    return bit < to ? bit : -1;
  }

  /** The first byte of a range that is not like those of a word. */
  private static int skip(byte[] bytes, int from, int to, long word) {
    int at = from;
    while (at <= to - 8 && (long) LONG.get(bytes, at) == word) {
      at += 8;
    }
    while (at < to && bytes[at] == (byte) word) {
      at++;
    }
    return at;
  }

  /** The unsigned number of up to 64 bits; what lies behind {@code length} bytes counts as 0. */
  static long number(byte[] bytes, int length, long bit, int width) {
    long number = 0;
    long at = bit;
    int left = width;
    while (left > 0) {
      int index = (int) (at >> 3);
      int start = (int) (at & 7);
      int count = Math.min(left, 8 - start);
      int part = index < length ? bytes[index] >> (8 - start - count) & (1 << count) - 1 : 0;
      number = number << count | part;
      at += count;
      left -= count;
    }
    return number;
  }

  /** Writes the lowest bits of a number. */
  static void setNumber(byte[] bytes, long bit, int width, long number) {
    long at = bit;
    int left = width;
    while (left > 0) {
      int index = (int) (at >> 3);
      int start = (int) (at & 7);
      int count = Math.min(left, 8 - start);
      int shift = 8 - start - count;
      int mask = (1 << count) - 1;
      int part = (int) (number >>> (left - count)) & mask;
      bytes[index] = (byte) ((bytes[index] & ~(mask << shift)) | part << shift);
      at += count;
      left -= count;
    }
  }
}
