package dev.redistill.config;

import java.util.List;

/**
 * One setting of the server and every fact about it.
 *
 * @param index where the values of the setting stand in the array of a {@link Config}
 * @param group the heading under which the help lists it
 * @param name the directive, as in Redis
 * @param type what its values look like
 * @param defaultText its default, as written in a configuration file
 * @param change when it may be changed
 * @param effect what giving it leads to
 * @param summary what it is for: one line for the help
 */
public record Setting(
    int index,
    String group,
    String name,
    SettingType type,
    String defaultText,
    Change change,
    Effect effect,
    String summary) {

  Object defaultValue() {
    List<String> words = type.splits() ? Words.split(defaultText) : List.of(defaultText);
    return type.parse(words, null);
  }

  /** Returns what the help shows in the place of the value. */
  public String placeholder() {
    return type.placeholder();
  }

  boolean isSecret() {
    return type instanceof TextTypes.Text text && text.secret();
  }

  /** Settings are told apart by their names alone. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Setting setting && name.equals(setting.name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  @Override
  public String toString() {
    return name;
  }
}
