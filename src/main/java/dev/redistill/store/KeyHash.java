package dev.redistill.store;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;

/**
 * The keyed hash of keys and fields: folded 64x64-bit multiplications (the scheme of wyhash) under
 * secrets drawn at every start, so that nobody outside can prepare keys that collide.
 *
 * <p>The secrets are static so that the compiler folds them into the code of a lookup.
 */
public final class KeyHash {

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long SECRET_A;
  private static final long SECRET_B;
  private static final long SECRET_C;

  static {
    SecureRandom random = new SecureRandom();
    SECRET_A = random.nextLong() | 1;
    SECRET_B = random.nextLong() | 1;
    SECRET_C = random.nextLong() | 1;
  }

  private KeyHash() {}

  /** The hash of a slice; every bit of it depends on every byte. */
  public static int hash(byte[] bytes, int offset, int length) {
    long state = SECRET_C;
    int at = offset;
    int left = length;
    while (left > 16) {
      state = fold(longAt(bytes, at) ^ SECRET_A, longAt(bytes, at + 8) ^ state);
      at += 16;
      left -= 16;
    }
    long low;
    long high;
    if (left >= 8) {
      low = longAt(bytes, at);
      high = longAt(bytes, at + left - 8);
    } else if (left >= 4) {
      low = (int) INT.get(bytes, at) & 0xffffffffL;
      high = (int) INT.get(bytes, at + left - 4) & 0xffffffffL;
    } else if (left > 0) {
      low =
          (bytes[at] & 0xffL) << 16
              | (bytes[at + left / 2] & 0xffL) << 8
              | (bytes[at + left - 1] & 0xffL);
      high = 0;
    } else {
      low = 0;
      high = 0;
    }
    long mixed = fold(low ^ SECRET_A, high ^ state);
    long last = fold(mixed ^ SECRET_B, SECRET_A ^ length);
    return (int) (last ^ last >>> 32);
  }

  private static long longAt(byte[] bytes, int at) {
    return (long) LONG.get(bytes, at);
  }

  private static long fold(long x, long y) {
    return x * y ^ Math.unsignedMultiplyHigh(x, y);
  }
}
