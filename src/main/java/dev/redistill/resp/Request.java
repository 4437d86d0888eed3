package dev.redistill.resp;

import java.util.Arrays;

/**
 * A request: a command's name and arguments as slices of the buffer they were read into. The slices
 * hold only until the next request is read; {@link #copy} keeps them. Confined to one connection.
 */
public final class Request {

  private static final int SPACIOUS = 1024;

  private static final byte[] NOTHING = new byte[0];

  byte[] buffer = NOTHING;
  private int[] offsets = new int[8];
  private int[] lengths = new int[8];
  private int count;

  /** A request with these arguments. */
  public static Request of(byte[]... arguments) {
    Request request = new Request();
    int size = 0;
    for (byte[] argument : arguments) {
      size += argument.length;
    }
    byte[] bytes = new byte[size];
    int at = 0;
    for (byte[] argument : arguments) {
      System.arraycopy(argument, 0, bytes, at, argument.length);
      request.add(at, argument.length);
      at += argument.length;
    }
    request.buffer = bytes;
    return request;
  }

  /** Lets go of the bytes. */
  void forget() {
    clear();
    buffer = NOTHING;
  }

  /** The array that all slices lie in. */
  public byte[] buffer() {
    return buffer;
  }

  /** The number of slices, the command's name included. */
  public int count() {
    return count;
  }

  public int offset(int index) {
    return offsets[index];
  }

  public int length(int index) {
    return lengths[index];
  }

  /** A copy of one slice. */
  public byte[] bytes(int index) {
    return Arrays.copyOfRange(buffer, offsets[index], offsets[index] + lengths[index]);
  }

  /** One slice as text, one character per byte. */
  public String text(int index) {
    return Ascii.text(buffer, offsets[index], lengths[index]);
  }

  /** Whether a slice is this word, given in upper case, whatever its own case. */
  public boolean is(int index, String upper) {
    return Ascii.equalsIgnoreCase(buffer, offsets[index], lengths[index], upper);
  }

  /** A copy of this request that does not depend on the read buffer. */
  public Request copy() {
    byte[][] arguments = new byte[count][];
    for (int i = 0; i < count; i++) {
      arguments[i] = bytes(i);
    }
    return of(arguments);
  }

  /** The number of bytes of all slices. */
  public long size() {
    long sum = 0;
    for (int i = 0; i < count; i++) {
      sum += lengths[i];
    }
    return sum;
  }

  void clear() {
    count = 0;
    if (offsets.length > SPACIOUS) {
      offsets = new int[8];
      lengths = new int[8];
    }
  }

  void add(int offset, int length) {
    if (count == offsets.length) {
      offsets = Arrays.copyOf(offsets, count * 2);
      lengths = Arrays.copyOf(lengths, count * 2);
    }
    offsets[count] = offset;
    lengths[count++] = length;
  }

  /** Follows bytes that were moved to the front by so many places. */
  void shift(int distance) {
    for (int i = 0; i < count; i++) {
      offsets[i] -= distance;
    }
  }
}
