package dev.redistill.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The classes of keyspace events to publish, one letter each, kept as Redis prints them: {@code A}
 * for all the classes it stands for, then the channels {@code K} and {@code E}, then {@code m}.
 */
record EventClasses() implements SettingType {

  /** The letters behind {@code A}. */
  private static final String ALL = "g$lshzxetd";

  private static final String KNOWN = "Ag$lshzxeKEtmdn";

  @Override
  public Object parse(List<String> words, @Nullable Object before) {
    String letters = SettingType.only(words);
    for (int i = 0; i < letters.length(); i++) {
      if (KNOWN.indexOf(letters.charAt(i)) < 0) {
        throw new BadValueException("Invalid event class character. Use '" + KNOWN + "'.");
      }
    }
    if (letters.contains("A") || containsAll(letters)) {
      return "A" + those("KEm", letters);
    }
    return those(ALL + "nKEm", letters);
  }

  private static boolean containsAll(String letters) {
    return ALL.chars().allMatch(letter -> letters.indexOf(letter) >= 0);
  }

  private static String those(String order, String letters) {
    StringBuilder those = new StringBuilder();
    order.chars().filter(letter -> letters.indexOf(letter) >= 0).forEach(those::appendCodePoint);
    return those.toString();
  }

  @Override
  public String placeholder() {
    return "<letters>";
  }
}
