package dev.redistill.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The kind of value that a setting takes: how it is read, kept and printed.
 *
 * <p>A value is immutable and has {@code equals}: a {@link Long}, {@link Boolean}, {@link String},
 * list of words, list of {@link SaveRule} or {@link OutputLimits}.
 */
interface SettingType {

  /**
   * Reads a value.
   *
   * @param words what was given
   * @param before the present value, or null while the defaults are read
   * @throws BadValueException if this is no value for the setting
   */
  Object parse(List<String> words, @Nullable Object before);

  /** Prints a value as CONFIG GET does. */
  default String format(Object value) {
    return value.toString();
  }

  /** Prints a value as the lines of a configuration file have it, behind the name. */
  default List<String> lines(Object value) {
    String text = format(value);
    return List.of(text.isEmpty() ? "\"\"" : text);
  }

  /** Joins a value with the one of an earlier line: most settings take the last. */
  default Object append(Object earlier, Object value) {
    return value;
  }

  /** Says whether the value is a list of words, so that one argument may hold several of them. */
  default boolean splits() {
    return false;
  }

  /** Takes one argument apart that holds the words of a list. */
  default List<String> unpacked(List<String> words) {
    boolean packed = splits() && words.size() == 1 && !words.getFirst().isEmpty();
    return packed ? Words.split(words.getFirst()) : words;
  }

  /** Returns what the help shows in the place of the value. */
  String placeholder();

  /** Returns the one word that was given. */
  static String only(List<String> words) {
    if (words.size() != 1) {
      throw new BadValueException("wrong number of arguments");
    }
    return words.getFirst();
  }
}
