package dev.redistill.snapshot;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The bytes of an RDB file as it is written, and what they are made of: numbers, lengths and
 * strings, with the checksum of all of them. Confined to one thread.
 */
final class RdbOutput {

  private static final int BUFFER = 1 << 18;
  private static final int SHORTEST_COMPRESSED = 21;
  private static final int WORTHWHILE = 4;
  private static final int LONGEST_NUMBER = 11;
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final OutputStream target;
  private final boolean compresses;
  private final byte[] buffer = new byte[BUFFER];
  private final Lzf lzf = new Lzf();
  private byte[] compressed = new byte[1024];
  private int at;
  private long flushed;
  private long checksum;

  /** Writes to a target, with or without compression. */
  RdbOutput(OutputStream target, boolean compresses) {
    this.target = target;
    this.compresses = compresses;
  }

  /** How many bytes were written. */
  long size() {
    return flushed + at;
  }

  void flush() throws IOException {
    checksum = Crc64.update(checksum, buffer, 0, at);
    target.write(buffer, 0, at);
    flushed += at;
    at = 0;
  }

  /** The checksum of everything so far. */
  long checksum() throws IOException {
    flush();
    return checksum;
  }

  private void room(int bytes) throws IOException {
    if (buffer.length - at < bytes) {
      flush();
    }
  }

  void writeByte(int value) throws IOException {
    room(1);
    buffer[at++] = (byte) value;
  }

  /** Eight bytes, the lowest first. */
  void writeLong(long value) throws IOException {
    room(Long.BYTES);
    LONG.set(buffer, at, value);
    at += Long.BYTES;
  }

  void writeBytes(byte[] bytes, int offset, int length) throws IOException {
    int done = 0;
    while (done < length) {
      room(1);
      int part = Math.min(length - done, buffer.length - at);
      System.arraycopy(bytes, offset + done, buffer, at, part);
      at += part;
      done += part;
    }
  }

  void writeText(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    writeBytes(bytes, 0, bytes.length);
  }

  void writeLength(long length) throws IOException {
    if (length < 1 << 6) {
      writeByte((int) length);
    } else if (length < 1 << 14) {
      writeByte(0x40 | (int) length >>> 8);
      writeByte((int) length);
    } else if (length <= 0xffffffffL) {
      writeByte(0x80);
      writeBigEndian(length, Integer.BYTES);
    } else {
      writeByte(0x81);
      writeBigEndian(length, Long.BYTES);
    }
  }

  private void writeBigEndian(long value, int bytes) throws IOException {
    for (int i = bytes - 1; i >= 0; i--) {
      writeByte((int) (value >>> (8 * i)));
    }
  }

  void writeString(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    writeString(bytes, 0, bytes.length);
  }

  /** Writes a string the shortest way that there is. */
  void writeString(byte[] bytes, int offset, int length) throws IOException {
    if (length <= LONGEST_NUMBER && writeNumber(bytes, offset, length)) {
      return;
    }
    if (compresses && length >= SHORTEST_COMPRESSED && writeCompressed(bytes, offset, length)) {
      return;
    }
    writeLength(length);
    writeBytes(bytes, offset, length);
  }

  /** Writes digits as a number of up to 32 bits; answers whether they are one. */
  private boolean writeNumber(byte[] bytes, int offset, int length) throws IOException {
    if (!IntegerText.isLong(bytes, offset, length)) {
      return false;
    }
    long number = IntegerText.parse(bytes, offset, length);
    if (number != (int) number) {
      return false;
    }
    int size = number == (byte) number ? 1 : number == (short) number ? 2 : 4;
    writeByte(0xc0 | (size == 4 ? RdbFormat.INT_32 : size - 1));
    for (int i = 0; i < size; i++) {
      writeByte((int) number >>> (8 * i));
    }
    return true;
  }

  private boolean writeCompressed(byte[] bytes, int offset, int length) throws IOException {
    int most = length - WORTHWHILE;
    if (compressed.length < most) {
      compressed = new byte[most];
    }
    int size = lzf.compress(bytes, offset, length, compressed, most);
    if (size == 0) {
      return false;
    }
    writeByte(0xc0 | RdbFormat.COMPRESSED);
    writeLength(size);
    writeLength(length);
    writeBytes(compressed, 0, size);
    return true;
  }
}
