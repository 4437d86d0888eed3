package dev.redistill.snapshot;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The checksum of RDB files: CRC-64 with Jones' polynomial, reflected, begun with 0 and not
 * inverted.
 *
 * <p>Eight bytes are taken at a time, each through a table of its own (Kounavis and Berry: slicing
 * by 8).
 */
final class Crc64 {

  private static final long POLYNOMIAL = 0x95ac9329ac4bc9b5L;
  private static final long[][] TABLES = tables();
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private Crc64() {}

  private static long[][] tables() {
    long[][] tables = new long[Long.BYTES][256];
    for (int i = 0; i < 256; i++) {
      long crc = i;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ POLYNOMIAL;
      }
      tables[0][i] = crc;
    }
    for (int i = 0; i < 256; i++) {
      for (int k = 1; k < Long.BYTES; k++) {
        long before = tables[k - 1][i];
        tables[k][i] = tables[0][(int) before & 0xff] ^ before >>> 8;
      }
    }
    return tables;
  }

  /** The checksum of what had the checksum {@code before} and these bytes behind it. */
  static long update(long before, byte[] bytes, int from, int to) {
    long[][] t = TABLES;
    long crc = before;
    int at = from;
    while (to - at >= Long.BYTES) {
      crc ^= (long) LONG.get(bytes, at);
      crc =
          t[7][(int) crc & 0xff]
              ^ t[6][(int) (crc >>> 8) & 0xff]
              ^ t[5][(int) (crc >>> 16) & 0xff]
              ^ t[4][(int) (crc >>> 24) & 0xff]
              ^ t[3][(int) (crc >>> 32) & 0xff]
              ^ t[2][(int) (crc >>> 40) & 0xff]
              ^ t[1][(int) (crc >>> 48) & 0xff]
              ^ t[0][(int) (crc >>> 56)];
      at += Long.BYTES;
    }
    while (at < to) {
      crc = t[0][(int) (crc ^ bytes[at++]) & 0xff] ^ crc >>> 8;
    }
    return crc;
  }
}
