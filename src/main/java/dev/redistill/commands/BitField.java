package dev.redistill.commands;

import dev.redistill.command.CommandException;
import dev.redistill.resp.Ascii;
import dev.redistill.resp.Request;

/**
 * The type of a field of BITFIELD.
 *
 * @param signed whether its numbers may be negative
 * @param width its number of bits, up to 64, or 63 if it is not signed
 */
record BitField(boolean signed, int width) {

  private static final CommandException BAD_TYPE =
      new CommandException(
          "ERR Invalid bitfield type. Use something like i16 u8. Note that u64 is not supported but"
              + " i64 is.");

  /** What happens to a number that does not fit. */
  enum Overflow {
    /** Only its lowest bits are kept. */
    WRAP,
    /** It becomes the closest number that fits. */
    SAT,
    /** It is not written. */
    FAIL
  }

  /** The type that an argument names. */
  static BitField parse(Request request, int place) {
    byte[] bytes = request.buffer();
    int start = request.offset(place);
    int length = request.length(place);
    boolean signed = length > 0 && bytes[start] == 'i';
    if (!signed && (length == 0 || bytes[start] != 'u')) {
      throw BAD_TYPE;
    }
    if (!Ascii.isLong(bytes, start + 1, length - 1)) {
      throw BAD_TYPE;
    }
    long width = Ascii.parseLong(bytes, start + 1, length - 1);
    if (width < 1 || width > (signed ? 64 : 63)) {
      throw BAD_TYPE;
    }
    return new BitField(signed, (int) width);
  }

  /** The number at an offset of a string of {@code length} bytes. */
  long get(byte[] bytes, int length, long offset) {
    return wrapped(Bits.number(bytes, length, offset, width));
  }

  private long most() {
    return signed ? Long.MAX_VALUE >> (64 - width) : (1L << width) - 1;
  }

  private long least() {
    return signed ? Long.MIN_VALUE >> (64 - width) : 0;
  }

  /** 1 if a sum is too large for this field, -1 if it is too small, 0 if it fits. */
  int excess(long value, long increment) {
    return signed ? signedExcess(value, increment) : unsignedExcess(value, increment);
  }

  private int unsignedExcess(long value, long increment) {
    if (Long.compareUnsigned(value, most()) > 0 || increment > most() - value) {
      return 1;
    }
    return increment < -value ? -1 : 0;
  }

  /* A value may be any number, so both differences can overflow. For narrow fields Redis compares them all the same,
  and takes a value near the least long for too large. */
  private int signedExcess(long value, long increment) {
    boolean narrow = width < 64;
    long above = most() - value;
    if (value > most() || ((narrow || (value >= 0 && increment > 0)) && increment > above)) {
      return 1;
    }
    long below = least() - value;
    if (value < least() || ((narrow || (value < 0 && increment < 0)) && increment < below)) {
      return -1;
    }
    return 0;
  }

  /** The number that a sum with this excess saturates to. */
  long bound(int excess) {
    return excess > 0 ? most() : least();
  }

  /** The lowest bits of a number as this field holds them. */
  long wrapped(long number) {
    int unused = 64 - width;
    return signed ? number << unused >> unused : number << unused >>> unused;
  }
}
