package dev.redistill.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * One name and value of a CONFIG SET.
 *
 * @param setting the setting that is to change
 * @param name its name as it was given
 * @param text its value as it was given
 */
record Assignment(Setting setting, String name, String text) {

  /** Pairs names and values up, and refuses names that are unknown, come twice or cannot change. */
  static List<Assignment> read(Config config, List<String> namesAndValues, boolean local) {
    if (namesAndValues.size() % 2 != 0) {
      throw new ConfigException("ERR syntax error");
    }
    Set<String> names = new HashSet<>();
    List<Assignment> assignments = new ArrayList<>();
    for (int i = 0; i < namesAndValues.size(); i += 2) {
      String name = namesAndValues.get(i);
      Setting setting = config.find(name);
      if (setting == null) {
        throw new ConfigException(
            "ERR Unknown option or number of arguments for CONFIG SET - '" + name + "'");
      }
      Assignment assignment = new Assignment(setting, name, namesAndValues.get(i + 1));
      assignment.check(config, local);
      if (!names.add(name.toLowerCase(Locale.ROOT))) {
        throw failed(name, "duplicate parameter");
      }
      assignments.add(assignment);
    }
    return assignments;
  }

  /** Refuses the change of a setting that cannot be changed now. */
  private void check(Config config, boolean local) {
    switch (setting.change()) {
      case RUN_TIME -> {}
      case APPLIED -> {
        if (!config.isHeard(setting)) {
          throw failed(name, "can't set immutable config");
        }
      }
      case PROTECTED -> {
        String allowed = config.text(Settings.ENABLE_PROTECTED_CONFIGS);
        if (!allowed.equals("yes") && !(allowed.equals("local") && local)) {
          throw failed(name, "can't set protected config");
        }
      }
      case START_UP -> throw failed(name, "can't set immutable config");
    }
  }

  /** Puts the value into its place among the values of all settings. */
  void assign(Object[] values) {
    int index = setting.index();
    try {
      Object value = setting.type().parse(words(), values[index]);
      boolean available =
          switch (setting.effect()) {
            case FULL, NOT_YET, NONE -> true;
            case DEFAULT_ONLY -> value.equals(setting.defaultValue());
          };
      if (!available) {
        throw new BadValueException(setting.summary());
      }
      values[index] = value;
    } catch (BadValueException e) {
      throw failed(e);
    }
  }

  /** Splits a list of words at each single space, which is all that CONFIG SET knows. */
  private List<String> words() {
    if (!setting.type().splits()) {
      return List.of(text);
    }
    return text.isEmpty() ? List.of() : List.of(text.split(" ", -1));
  }

  ConfigException failed(BadValueException reason) {
    return failed(name.toLowerCase(Locale.ROOT), String.valueOf(reason.getMessage()));
  }

  private static ConfigException failed(String argument, String reason) {
    return new ConfigException(
        "ERR CONFIG SET failed (possibly related to argument '" + argument + "') - " + reason);
  }
}
