package dev.redistill.config;

import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * An amount of memory as Redis writes it: digits and a unit, where {@code k}, {@code m} and {@code
 * g} are powers of 1000 and {@code kb}, {@code mb} and {@code gb} powers of 1024.
 */
public final class ByteSize {

  private ByteSize() {}

  /**
   * Reads an amount in bytes. As in Redis an empty number is 0; an amount that does not fit is
   * {@link Long#MAX_VALUE}; anything that is not digits and a unit is empty.
   */
  public static OptionalLong parse(String text) {
    int digits = 0;
    while (digits < text.length() && isDigit(text.charAt(digits))) {
      digits++;
    }
    long unit = unit(text.substring(digits));
    if (unit == 0) {
      return OptionalLong.empty();
    }
    long number = 0;
    for (int i = 0; i < digits; i++) {
      number = saturatedSum(saturatedProduct(number, 10), text.charAt(i) - '0');
    }
    return OptionalLong.of(saturatedProduct(number, unit));
  }

  /** Prints an amount in bytes, with the largest unit that it is a multiple of. */
  static String print(long bytes) {
    for (String unit : List.of("gb", "mb", "kb")) {
      if (bytes != 0 && bytes % unit(unit) == 0) {
        return bytes / unit(unit) + unit;
      }
    }
    return Long.toString(bytes);
  }

  private static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }

  /** Returns the number of bytes in a unit, or 0 if there is no such unit. */
  private static long unit(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "", "b" -> 1;
      case "k" -> 1_000;
      case "kb" -> 1L << 10;
      case "m" -> 1_000_000;
      case "mb" -> 1L << 20;
      case "g" -> 1_000_000_000;
      case "gb" -> 1L << 30;
      default -> 0;
    };
  }

  private static long saturatedProduct(long left, long right) {
    return left > Long.MAX_VALUE / right ? Long.MAX_VALUE : left * right;
  }

  private static long saturatedSum(long left, long right) {
    return left > Long.MAX_VALUE - right ? Long.MAX_VALUE : left + right;
  }
}
