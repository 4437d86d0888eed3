package dev.redistill.snapshot;

import static dev.redistill.snapshot.RdbFormat.COMPRESSED;
import static dev.redistill.snapshot.RdbFormat.INT_16;
import static dev.redistill.snapshot.RdbFormat.INT_32;
import static dev.redistill.snapshot.RdbFormat.INT_8;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The bytes of an RDB file and what they are made of: numbers, lengths and strings, with the
 * checksum of all that was read. Nothing is allocated that the rest of the file cannot fill.
 * Confined to one thread.
 */
final class RdbInput {

  private static final int BUFFER = 1 << 18;
  private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final InputStream source;
  private final long size;
  private final byte[] buffer;
  private int at;
  private int end;
  private int checked;
  private long taken;
  private long checksum;
  private volatile long progress;

  /** Reads a source of a known size. */
  RdbInput(InputStream source, long size) {
    this.source = source;
    this.size = size;
    buffer = new byte[Math.clamp(size, Long.BYTES, BUFFER)];
  }

  /** Reads a part of an array. */
  RdbInput(byte[] bytes, int length) {
    this(new ByteArrayInputStream(bytes, 0, length), length);
  }

  /** Where the next byte stands. */
  long offset() {
    return taken - (end - at);
  }

  /** About how many bytes were read; for other threads. */
  long progress() {
    return progress;
  }

  long remaining() {
    return size - offset();
  }

  /** The checksum of everything before the next byte. */
  long checksum() {
    checksum = Crc64.update(checksum, buffer, checked, at);
    checked = at;
    return checksum;
  }

  RdbException damaged(String reason) {
    return new RdbException("at offset " + offset() + ": " + reason);
  }

  private void require(long count) throws IOException {
    if (count < 0 || count > remaining()) {
      throw damaged("the file ends within a value");
    }
  }

  /** Brings so many bytes together in the buffer, which has room for them. */
  private void fill(int count) throws IOException {
    if (end - at >= count) {
      return;
    }
    require(count);
    long unused = checksum();
    System.arraycopy(buffer, at, buffer, 0, end - at);
    end -= at;
    at = 0;
    checked = 0;
    progress = taken;
    while (end < count) {
      int read = source.read(buffer, end, buffer.length - end);
      if (read < 0) {
        throw new EOFException("the file has become shorter");
      }
      end += read;
      taken += read;
    }
  }

  int readByte() throws IOException {
    fill(1);
    return buffer[at++] & 0xff;
  }

  /** Eight bytes, the lowest first. */
  long readLong() throws IOException {
    fill(Long.BYTES);
    long value = (long) LONG.get(buffer, at);
    at += Long.BYTES;
    return value;
  }

  /** Four bytes, the lowest first. */
  int readInt() throws IOException {
    fill(Integer.BYTES);
    int value = 0;
    for (int i = 0; i < Integer.BYTES; i++) {
      value |= (buffer[at++] & 0xff) << (8 * i);
    }
    return value;
  }

  private long readBigEndian(int bytes) throws IOException {
    fill(bytes);
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value = value << 8 | (buffer[at++] & 0xff);
    }
    return value;
  }

  byte[] readBytes(long count) throws IOException {
    require(count);
    if (count > LARGEST_ARRAY) {
      throw damaged("a string of " + count + " bytes is too long");
    }
    byte[] bytes = new byte[(int) count];
    int done = 0;
    while (done < bytes.length) {
      fill(1);
      int part = Math.min(end - at, bytes.length - done);
      System.arraycopy(buffer, at, bytes, done, part);
      at += part;
      done += part;
    }
    return bytes;
  }

  void skip(long count) throws IOException {
    require(count);
    long left = count;
    while (left > 0) {
      fill(1);
      int part = (int) Math.min(end - at, left);
      at += part;
      left -= part;
    }
  }

  /** A length; it may not be the mark of a special string. */
  long readLength() throws IOException {
    int first = readByte();
    if (first >>> 6 == 3) {
      throw damaged("a length was expected");
    }
    return readLength(first);
  }

  /** A number of things that take at least so many bytes each. */
  long readCount(int least) throws IOException {
    long count = readLength();
    if (count > remaining() / least) {
      throw damaged("the file ends before " + Long.toUnsignedString(count) + " elements");
    }
    return count;
  }

  private long readLength(int first) throws IOException {
    long length =
        switch (first >>> 6) {
          case 0 -> first & 0x3f;
          case 1 -> (long) (first & 0x3f) << 8 | readByte();
          default -> longLength(first);
        };
    if (length < 0) {
      throw damaged("a length is too large");
    }
    return length;
  }

  private long longLength(int first) throws IOException {
    return switch (first) {
      case 0x80 -> readBigEndian(Integer.BYTES);
      case 0x81 -> readBigEndian(Long.BYTES);
      default -> throw damaged("a length was expected");
    };
  }

  /** A number as a length, of which all 64 bits may be used. */
  long readUnsigned() throws IOException {
    int first = readByte();
    return first == 0x81 ? readBigEndian(Long.BYTES) : readLength(first);
  }

  /** A string, whichever way it is kept. */
  byte[] readString() throws IOException {
    int first = readByte();
    if (first >>> 6 != 3) {
      return readBytes(readLength(first));
    }
    return switch (first & 0x3f) {
      case INT_8 -> digits((byte) readByte());
      case INT_16 -> digits((short) (readByte() | readByte() << 8));
      case INT_32 -> digits(readInt());
      case COMPRESSED -> readCompressed();
      default -> throw damaged("a string of an unknown kind");
    };
  }

  private static byte[] digits(long number) {
    return Long.toString(number).getBytes(StandardCharsets.ISO_8859_1);
  }

  private byte[] readCompressed() throws IOException {
    long compressed = readLength();
    long length = readLength();
    require(compressed);
    if (length > LARGEST_ARRAY || !Lzf.isPossible(compressed, length)) {
      throw damaged("a compressed string has a wrong length");
    }
    byte[] out = new byte[(int) length];
    if (!decompress(compressed, out)) {
      throw damaged("a compressed string is damaged");
    }
    return out;
  }

  private boolean decompress(long compressed, byte[] out) throws IOException {
    if (compressed > buffer.length) {
      byte[] in = readBytes(compressed);
      return Lzf.decompress(in, 0, in.length, out);
    }
    fill((int) compressed);
    int from = at;
    at += (int) compressed;
    return Lzf.decompress(buffer, from, at, out);
  }

  void skipString() throws IOException {
    int first = readByte();
    if (first >>> 6 != 3) {
      skip(readLength(first));
      return;
    }
    switch (first & 0x3f) {
      case INT_8 -> skip(1);
      case INT_16 -> skip(2);
      case INT_32 -> skip(4);
      case COMPRESSED -> {
        long compressed = readLength();
        long unused = readLength();
        skip(compressed);
      }
      default -> throw damaged("a string of an unknown kind");
    }
  }
}
