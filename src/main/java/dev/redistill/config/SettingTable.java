package dev.redistill.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All settings, found by the names that Redis knows them by. Filled once, while classes load. */
final class SettingTable {

  private final List<Setting> settings = new ArrayList<>();
  private final NavigableMap<String, Setting> byName = new TreeMap<>();

  /** The settings under one heading of the help. */
  final class Group {

    private final String title;
    private final Effect effect;

    private Group(String title, Effect effect) {
      this.title = title;
      this.effect = effect;
    }

    /** Adds a setting that CONFIG SET may change at any time. */
    Setting runTime(String name, SettingType type, Object defaultValue, String summary) {
      return add(name, type, defaultValue, Change.RUN_TIME, summary);
    }

    /** Adds a setting that CONFIG SET cannot change. */
    Setting startUp(String name, SettingType type, Object defaultValue, String summary) {
      return add(name, type, defaultValue, Change.START_UP, summary);
    }

    Setting add(String name, SettingType type, Object defaultValue, Change change, String summary) {
      Setting setting =
          new Setting(
              settings.size(), title, name, type, defaultValue.toString(), change, effect, summary);
      if (byName.put(name, setting) != null) {
        throw new IllegalStateException("two settings are called " + name);
      }
      settings.add(setting);
      return setting;
    }
  }

  Group group(String title, Effect effect) {
    return new Group(title, effect);
  }

  /** Lets settings be found by older names, too. */
  void aliases(Map<String, String> nameOfAlias) {
    nameOfAlias.forEach((alias, name) -> {
      Setting setting = byName.get(name);
      if (setting == null || byName.put(alias, setting) != null) {
        throw new IllegalStateException("no such setting, or two of them: " + alias);
      }
    });
  }

  /** Finds a setting by its name or an alias, in any case. */
  @Nullable Setting find(String name) {
    return byName.get(name.toLowerCase(Locale.ROOT));
  }

  /** Returns the settings by name and alias, in alphabetical order. */
  NavigableMap<String, Setting> byName() {
    return Collections.unmodifiableNavigableMap(byName);
  }

  /** Returns the names that are aliases. */
  List<String> aliases() {
    return byName.entrySet().stream()
        .filter(entry -> !entry.getKey().equals(entry.getValue().name()))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Returns the settings in the order of the table. */
  List<Setting> all() {
    return Collections.unmodifiableList(settings);
  }
}
