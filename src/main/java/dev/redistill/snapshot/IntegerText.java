package dev.redistill.snapshot;

/** Integers as the digits that strings hold. */
final class IntegerText {

  private static final int LONGEST = 20;

  private IntegerText() {}

  /** Whether the digits are those that a long is written with: no zero or plus in front. */
  static boolean isLong(byte[] digits, int offset, int length) {
    if (length == 0 || length > LONGEST) {
      return false;
    }
    boolean negative = digits[offset] == '-';
    int first = offset + (negative ? 1 : 0);
    int end = offset + length;
    if (first == end || digits[first] == '0') {
      return length == 1 && digits[offset] == '0';
    }
    long value = 0;
    for (int i = first; i < end; i++) {
      int digit = digits[i] - '0';
      if (digit < 0 || digit > 9 || value < (Long.MIN_VALUE + digit) / 10) {
        return false;
      }
      value = value * 10 - digit;
    }
    return negative || value != Long.MIN_VALUE;
  }

  /** The number that the digits of a long write. */
  static long parse(byte[] digits, int offset, int length) {
    boolean negative = digits[offset] == '-';
    long value = 0;
    for (int i = offset + (negative ? 1 : 0); i < offset + length; i++) {
      value = value * 10 - (digits[i] - '0');
    }
    return negative ? value : -value;
  }
}
