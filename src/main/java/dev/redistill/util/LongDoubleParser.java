package dev.redistill.util;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads one number: decimal or hexadecimal, with a fraction and an exponent or without, or
 * infinity.
 */
final class LongDoubleParser {

  private static final int LONGEST = 5 * 1024 - 1;
  private static final int LARGEST_DECIMAL_EXPONENT = 5000;
  private static final int EXPONENT_LIMIT = 1_000_000;
  private static final int SPARE_BITS = 66;

  private final String text;
  private int at;

  /* What was read: digits of the given radix, of which so many stand behind the point. */
  private final StringBuilder digits = new StringBuilder();
  private int fraction;

  LongDoubleParser(byte[] bytes, int offset, int length) {
    text =
        length > LONGEST
            ? ""
            : new String(bytes, offset, length, StandardCharsets.ISO_8859_1)
                .toLowerCase(Locale.ROOT);
  }

  @Nullable LongDouble parse() {
    boolean negative = text.startsWith("-");
    if (negative || text.startsWith("+")) {
      at++;
    }
    LongDouble size = size();
    return size != null && negative ? size.negate() : size;
  }

  private @Nullable LongDouble size() {
    String rest = text.substring(at);
    if (rest.equals("inf") || rest.equals("infinity")) {
      return LongDouble.INFINITY;
    }
    boolean hexadecimal = rest.startsWith("0x");
    if (hexadecimal) {
      at += 2;
    }
    int radix = hexadecimal ? 16 : 10;
    if (!digits(radix)) {
      return null;
    }
    int exponent = exponent(hexadecimal ? 'p' : 'e');
    if (at != text.length()) {
      return null;
    }
    BigInteger value = new BigInteger(digits.toString(), radix);
    if (value.signum() == 0) {
      return LongDouble.ZERO;
    }
    LongDouble number = hexadecimal ? binary(value, exponent) : decimal(value, exponent);
    return number.isInfinite() || number.equals(LongDouble.ZERO) ? null : number;
  }

  private boolean digits(int radix) {
    boolean behindPoint = false;
    for (; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '.' && !behindPoint) {
        behindPoint = true;
      } else if (c < 128 && Character.digit(c, radix) >= 0) {
        digits.append(c);
        fraction += behindPoint ? 1 : 0;
      } else {
        break;
      }
    }
    return !digits.isEmpty();
  }

  /** The exponent behind its letter, or 0 if there is none. */
  private int exponent(char letter) {
    int start = at;
    if (at == text.length() || text.charAt(at) != letter) {
      return 0;
    }
    at++;
    boolean negative = at < text.length() && text.charAt(at) == '-';
    if (negative || (at < text.length() && text.charAt(at) == '+')) {
      at++;
    }
    int first = at;
    int value = 0;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      value = Math.min(value * 10 + text.charAt(at) - '0', EXPONENT_LIMIT);
      at++;
    }
    if (at == first) {
      at = start;
    }
    return negative ? -value : value;
  }

  private LongDouble binary(BigInteger value, int exponent) {
    int scale = exponent - 4 * fraction;
    int magnitude = value.bitLength() + scale;
    if (Math.abs(magnitude) > 4 * LARGEST_DECIMAL_EXPONENT) {
      return magnitude > 0 ? LongDouble.INFINITY : LongDouble.ZERO;
    }
    return LongDouble.round(value, scale);
  }

  private LongDouble decimal(BigInteger value, int exponent) {
    int scale = exponent - fraction;
    int magnitude = value.bitLength() * 3 / 10 + scale;
    if (Math.abs(magnitude) > LARGEST_DECIMAL_EXPONENT) {
      return magnitude > 0 ? LongDouble.INFINITY : LongDouble.ZERO;
    }
    if (scale >= 0) {
      return LongDouble.round(value.multiply(BigInteger.TEN.pow(scale)), 0);
    }
    /* The quotient has more bits than are kept; its last one also says whether anything is left behind it. */
    BigInteger divisor = BigInteger.TEN.pow(-scale);
    int shift = Math.max(SPARE_BITS + divisor.bitLength() - value.bitLength(), 0);
    BigInteger[] quotient = value.shiftLeft(shift).divideAndRemainder(divisor);
    BigInteger sticky = quotient[0].shiftLeft(1);
    return LongDouble.round(quotient[1].signum() == 0 ? sticky : sticky.setBit(0), -shift - 1);
  }
}
