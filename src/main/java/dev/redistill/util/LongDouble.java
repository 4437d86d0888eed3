package dev.redistill.util;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * A number as C's {@code long double} on x86 holds it, which INCRBYFLOAT calculates with: 64 bits
 * of mantissa and exponents up to 16384, so that results have the same digits as in Redis. Zero has
 * no sign, and there is no NaN.
 */
public final class LongDouble implements Comparable<LongDouble> {

  private static final int PRECISION = 64;
  private static final int LARGEST_EXPONENT = 16384;
  private static final int SMALLEST_EXPONENT = -16445;
  private static final int DECIMALS = 17;
  private static final BigInteger DECIMAL_SCALE = BigInteger.TEN.pow(DECIMALS);

  public static final LongDouble ZERO = new LongDouble(BigInteger.ZERO, 0);
  public static final LongDouble INFINITY = new LongDouble(BigInteger.ONE, LARGEST_EXPONENT);
  public static final LongDouble NEGATIVE_INFINITY = INFINITY.negate();

  /** The largest number that is not infinite. */
  public static final LongDouble LARGEST =
      new LongDouble(
          BigInteger.ONE.shiftLeft(PRECISION).subtract(BigInteger.ONE),
          LARGEST_EXPONENT - PRECISION);

  /* The number is mantissa * 2^exponent; infinity is 1 * 2^16384, just above all numbers. */
  private final BigInteger mantissa;
  private final int exponent;

  private LongDouble(BigInteger mantissa, int exponent) {
    this.mantissa = mantissa;
    this.exponent = exponent;
  }

  /** Reads a number as {@code strtold} does; null if it is none, a NaN, too large or too small. */
  public static @Nullable LongDouble parse(byte[] bytes, int offset, int length) {
    return new LongDoubleParser(bytes, offset, length).parse();
  }

  /** The number closest to {@code value * 2^exponent}, of two the one with an even mantissa. */
  static LongDouble round(BigInteger value, int exponent) {
    int excess =
        Math.max(value.abs().bitLength() - PRECISION, Math.max(SMALLEST_EXPONENT - exponent, 0));
    BigInteger rounded = excess > 0 ? shiftRight(value, excess) : value;
    if (rounded.signum() == 0) {
      return ZERO;
    }
    int scale = excess > 0 ? exponent + excess : exponent;
    if (rounded.abs().bitLength() + scale > LARGEST_EXPONENT) {
      return rounded.signum() < 0 ? NEGATIVE_INFINITY : INFINITY;
    }
    return new LongDouble(rounded, scale);
  }

  /** The integer closest to {@code value / 2^count}, of two the even one. */
  private static BigInteger shiftRight(BigInteger value, int count) {
    BigInteger size = value.abs();
    BigInteger quotient = size.shiftRight(count);
    boolean half = size.testBit(count - 1);
    boolean more = half && size.getLowestSetBit() < count - 1;
    if (half && (more || quotient.testBit(0))) {
      quotient = quotient.add(BigInteger.ONE);
    }
    return value.signum() < 0 ? quotient.negate() : quotient;
  }

  public boolean isInfinite() {
    return exponent == LARGEST_EXPONENT;
  }

  public LongDouble negate() {
    return new LongDouble(mantissa.negate(), exponent);
  }

  /** The sum, or null if it is none: of infinities with different signs. */
  public @Nullable LongDouble plus(LongDouble other) {
    if (isInfinite()) {
      return other.isInfinite() && !equalTo(other) ? null : this;
    }
    if (other.isInfinite()) {
      return other;
    }
    int common = Math.min(exponent, other.exponent);
    return round(scaled(common).add(other.scaled(common)), common);
  }

  /** The mantissa that this number has with a smaller exponent. */
  private BigInteger scaled(int smaller) {
    return mantissa.shiftLeft(exponent - smaller);
  }

  private boolean equalTo(LongDouble other) {
    return compareTo(other) == 0;
  }

  @Override
  public int compareTo(LongDouble other) {
    int common = Math.min(exponent, other.exponent);
    return scaled(common).compareTo(other.scaled(common));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof LongDouble number && equalTo(number);
  }

  @Override
  public int hashCode() {
    return isZero() ? 0 : mantissa.shiftRight(mantissa.getLowestSetBit()).hashCode();
  }

  private boolean isZero() {
    return mantissa.signum() == 0;
  }

  /** The number with up to 17 decimals and no zeros at their end, as INCRBYFLOAT writes it. */
  @Override
  public String toString() {
    if (isInfinite()) {
      return mantissa.signum() < 0 ? "-inf" : "inf";
    }
    if (exponent >= 0) {
      return mantissa.shiftLeft(exponent).toString();
    }
    BigInteger scaled = shiftRight(mantissa.multiply(DECIMAL_SCALE), -exponent);
    if (scaled.signum() == 0) {
      return "0";
    }
    String digits = scaled.abs().toString();
    String padded = "0".repeat(Math.max(DECIMALS + 1 - digits.length(), 0)) + digits;
    int point = padded.length() - DECIMALS;
    int end = padded.length();
    while (end > point && padded.charAt(end - 1) == '0') {
      end--;
    }
    String whole = (scaled.signum() < 0 ? "-" : "") + padded.substring(0, point);
    return end == point ? whole : whole + "." + padded.substring(point, end);
  }
}
