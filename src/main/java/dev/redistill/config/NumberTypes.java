package dev.redistill.config;

import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The kinds of settings that are kept as a {@link Long}. */
final class NumberTypes {

  private static final Pattern WHOLE = Pattern.compile("0|-?[1-9][0-9]{0,18}");
  private static final Pattern OCTAL = Pattern.compile("[0-7]{1,20}");

  private NumberTypes() {}

  /**
   * A whole number between two bounds; one that is outside of the inner bounds becomes the nearest
   * inside, without a word, where Redis does so.
   */
  record Whole(long min, long max, long innerMin, long innerMax) implements SettingType {

    Whole(long min, long max) {
      this(min, max, min, max);
    }

    @Override
    public Object parse(List<String> words, @Nullable Object before) {
      long number = within(min, max, number(SettingType.only(words)));
      return Math.max(innerMin, Math.min(innerMax, number));
    }

    @Override
    public String placeholder() {
      return "<number>";
    }
  }

  /** A power of two up to a bound. */
  record PowerOfTwo(long max) implements SettingType {

    @Override
    public Object parse(List<String> words, @Nullable Object before) {
      long number = within(1, max, number(SettingType.only(words)));
      if (Long.bitCount(number) != 1) {
        throw new BadValueException("argument must be a power of two");
      }
      return number;
    }

    @Override
    public String placeholder() {
      return "<number>";
    }
  }

  /** An amount of memory between two bounds, in bytes. */
  record Memory(long min, long max) implements SettingType {

    @Override
    public Object parse(List<String> words, @Nullable Object before) {
      OptionalLong bytes = ByteSize.parse(SettingType.only(words));
      if (bytes.isEmpty()) {
        throw new BadValueException("argument must be a memory value");
      }
      return within(min, max, bytes.getAsLong());
    }

    @Override
    public List<String> lines(Object value) {
      return List.of(ByteSize.print((Long) value));
    }

    @Override
    public String placeholder() {
      return "<bytes>";
    }
  }

  /** An amount of memory in bytes, or a share of what there is, which is kept in bytes, too. */
  record MemoryOrShare() implements SettingType {

    @Override
    public Object parse(List<String> words, @Nullable Object before) {
      String word = SettingType.only(words);
      if (word.endsWith("%")) {
        return HeapPlan.share(MemoryOrPercent.percent(word.substring(0, word.length() - 1)));
      }
      return new Memory(0, Long.MAX_VALUE).parse(words, before);
    }

    @Override
    public List<String> lines(Object value) {
      return List.of(ByteSize.print((Long) value));
    }

    @Override
    public String placeholder() {
      return "<bytes>|<percent>%";
    }
  }

  /** An amount of memory in bytes, or a share of the whole: 5% is kept as -5. */
  record MemoryOrPercent() implements SettingType {

    @Override
    public Object parse(List<String> words, @Nullable Object before) {
      String word = SettingType.only(words);
      if (word.endsWith("%")) {
        return -percent(word.substring(0, word.length() - 1));
      }
      return ByteSize.parse(word).orElseThrow(MemoryOrPercent::neither);
    }

    private static long percent(String digits) {
      if (!WHOLE.matcher(digits).matches() || digits.startsWith("-")) {
        throw neither();
      }
      long percent = number(digits);
      if (percent > 100) {
        throw new BadValueException("percentage argument must be less or equal to 100");
      }
      return percent;
    }

    private static BadValueException neither() {
      return new BadValueException("argument must be a memory or percent value");
    }

    @Override
    public String format(Object value) {
      long number = (Long) value;
      return number < 0 ? -number + "%" : Long.toString(number);
    }

    @Override
    public List<String> lines(Object value) {
      long number = (Long) value;
      return List.of(number < 0 ? -number + "%" : ByteSize.print(number));
    }

    @Override
    public String placeholder() {
      return "<bytes or percent>";
    }
  }

  /** The permission bits of a file, written in octal. */
  record Permissions() implements SettingType {

    @Override
    public Object parse(List<String> words, @Nullable Object before) {
      String digits = SettingType.only(words);
      if (!OCTAL.matcher(digits).matches()) {
        throw new BadValueException("argument couldn't be parsed as an octal number");
      }
      long bits = Long.parseLong(digits, 8);
      if (bits > 0777) {
        throw new BadValueException("argument must be between 0 and 777 inclusive");
      }
      return bits;
    }

    @Override
    public String format(Object value) {
      return Long.toOctalString((Long) value);
    }

    @Override
    public String placeholder() {
      return "<octal>";
    }
  }

  /** Reads a number in its one canonical form: no sign +, no leading zero, no white space. */
  static long number(String text) {
    if (WHOLE.matcher(text).matches()) {
      try {
        return Long.parseLong(text);
      } catch (NumberFormatException e) {
        throw notWhole();
      }
    }
    throw notWhole();
  }

  private static BadValueException notWhole() {
    return new BadValueException("argument couldn't be parsed into an integer");
  }

  private static long within(long min, long max, long number) {
    if (number < min || number > max) {
      throw new BadValueException("argument must be between " + min + " and " + max + " inclusive");
    }
    return number;
  }
}
