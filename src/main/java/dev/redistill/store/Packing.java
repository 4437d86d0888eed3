package dev.redistill.store;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Numbers within blocks of bytes. A length takes one byte below 128, else four whose first bit is
 * set; a time takes eight.
 */
final class Packing {

  static final int TIME = Long.BYTES;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final int SHORT_LENGTHS = 128;

  private Packing() {}

  /** How many bytes a length takes. */
  static int size(int length) {
    return length < SHORT_LENGTHS ? 1 : Integer.BYTES;
  }

  static int length(byte[] bytes, int at) {
    int first = bytes[at];
    return first >= 0 ? first : (int) INT.get(bytes, at) & Integer.MAX_VALUE;
  }

  /** Writes a length and answers where it ends. */
  static int putLength(byte[] bytes, int at, int length) {
    if (length < SHORT_LENGTHS) {
      bytes[at] = (byte) length;
      return at + 1;
    }
    INT.set(bytes, at, length | Integer.MIN_VALUE);
    return at + Integer.BYTES;
  }

  static long time(byte[] bytes, int at) {
    return (long) LONG.get(bytes, at);
  }

  static void putTime(byte[] bytes, int at, long time) {
    LONG.set(bytes, at, time);
  }
}
