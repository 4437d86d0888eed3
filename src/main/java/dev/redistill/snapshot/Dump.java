package dev.redistill.snapshot;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * One value as DUMP tells it and RESTORE takes it: type and value as in a file, the version of the
 * format in two bytes, and the checksum.
 */
public final class Dump {

  private static final int FOOT = 2 + Long.BYTES;

  private Dump() {}

  /** The dump of a value. */
  public static byte[] write(Object value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    RdbOutput output = new RdbOutput(bytes, true);
    RdbWriter writer = new RdbWriter(output, RdbFormat.FIELD_EXPIRY_VERSION);
    try {
      int type = writer.type(value);
      output.writeByte(type);
      writer.value(value);
      boolean plain = type != RdbFormat.HASH_TIMES;
      output.writeByte(plain ? RdbFormat.PLAIN_VERSION : RdbFormat.FIELD_EXPIRY_VERSION);
      output.writeByte(0);
      output.writeLong(output.checksum());
      output.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static int version(byte[] dumped) {
    int foot = dumped.length - FOOT;
    return (dumped[foot] & 0xff) | (dumped[foot + 1] & 0xff) << 8;
  }

  private static boolean isValkey(int version) {
    return version >= RdbFormat.OLDEST_VALKEY_VERSION;
  }

  /** Whether the version of a dump is known and its checksum fits. */
  public static boolean isIntact(byte[] dumped) {
    if (dumped.length < FOOT) {
      return false;
    }
    int version = version(dumped);
    if (!RdbReader.isKnown(version, isValkey(version))) {
      return false;
    }
    int end = dumped.length - Long.BYTES;
    long stated = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      stated |= (dumped[end + i] & 0xffL) << (8 * i);
    }
    return stated == 0 || stated == Crc64.update(0, dumped, 0, end);
  }

  /** The value in a dump that is intact. */
  public static Object read(byte[] dumped, ValueLimits limits, long now) throws RdbException {
    RdbInput input = new RdbInput(dumped, dumped.length - FOOT);
    try {
      int type = input.readByte();
      ValueReader reader = new ValueReader(input, limits, now);
      if (!ValueReader.knows(type)) {
        throw input.damaged("a value of the unknown type " + type);
      }
      Object value = reader.read(type, isValkey(version(dumped)));
      if (value == null || input.remaining() > 0) {
        throw input.damaged("the value does not fill the dump");
      }
      return value;
    } catch (RdbException e) {
      throw e;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
