package dev.redistill.util;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Slices of byte arrays. */
public final class Bytes {

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private Bytes() {}

  /**
   * Whether two slices of one length are equal. Made for names of a few words, for which {@link
   * java.util.Arrays#equals(byte[], int, int, byte[], int, int)} takes longer: it calls a stub.
   */
  public static boolean equal(byte[] one, int from, byte[] other, int otherFrom, int length) {
    if (length < Long.BYTES) {
      return shortEqual(one, from, other, otherFrom, length);
    }
    int last = length - Long.BYTES;
    for (int i = 0; i < last; i += Long.BYTES) {
      if ((long) LONG.get(one, from + i) != (long) LONG.get(other, otherFrom + i)) {
        return false;
      }
    }
    return (long) LONG.get(one, from + last) == (long) LONG.get(other, otherFrom + last);
  }

  private static boolean shortEqual(byte[] one, int from, byte[] other, int otherFrom, int length) {
    if (length >= Integer.BYTES) {
      int last = length - Integer.BYTES;
      return (int) INT.get(one, from) == (int) INT.get(other, otherFrom)
          && (int) INT.get(one, from + last) == (int) INT.get(other, otherFrom + last);
    }
    for (int i = 0; i < length; i++) {
      if (one[from + i] != other[otherFrom + i]) {
        return false;
      }
    }
    return true;
  }
}
