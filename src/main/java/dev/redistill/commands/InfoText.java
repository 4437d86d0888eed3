package dev.redistill.commands;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** The text of INFO while it is written. Used by one thread. */
final class InfoText {

  private static final String[] UNITS = {"K", "M", "G", "T", "P"};

  private final StringBuilder text = new StringBuilder(4096);

  /** Begins a section. */
  InfoText section(String title) {
    if (!text.isEmpty()) {
      text.append("\r\n");
    }
    text.append("# ").append(title).append("\r\n");
    return this;
  }

  /** Adds a field. */
  InfoText add(String name, String value) {
    text.append(name).append(':').append(value).append("\r\n");
    return this;
  }

  /** Adds a number. */
  InfoText add(String name, long value) {
    text.append(name).append(':').append(value).append("\r\n");
    return this;
  }

  /** Adds a number with so many digits behind the point. */
  InfoText add(String name, double value, int digits) {
    return add(name, fixed(value, digits));
  }

  /** Adds fields that have no meaning here as 0, because tools look for them. */
  InfoText zero(String... names) {
    for (String name : names) {
      add(name, 0);
    }
    return this;
  }

  /** Adds an amount of memory twice: in bytes, and for people. */
  InfoText memory(String name, long bytes) {
    return add(name, bytes).add(name + "_human", human(bytes));
  }

  /** A number with so many digits behind the point. */
  static String fixed(double value, int digits) {
    return BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_EVEN).toPlainString();
  }

  /** An amount of memory in the largest unit that it reaches. */
  static String human(long bytes) {
    if (bytes < 1024) {
      return bytes + "B";
    }
    double value = bytes / 1024.0;
    int unit = 0;
    while (value >= 1024 && unit < UNITS.length - 1) {
      value /= 1024;
      unit++;
    }
    return fixed(value, 2) + UNITS[unit];
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
