package dev.redistill.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The classes of keyspace events to publish, one letter each. Printed as Redis does: {@code A} for
 * all the classes it stands for, which hides {@code n}, then the channels {@code K} and {@code E},
 * then {@code m}.
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
    return those(ALL + "nKEm", letters.contains("A") ? letters + ALL : letters);
  }

  @Override
  public String format(Object value) {
    String letters = (String) value;
    return letters.startsWith(ALL) ? "A" + those("KEm", letters) : letters;
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
