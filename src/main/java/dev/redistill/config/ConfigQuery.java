package dev.redistill.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.redistill.util.Glob;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** One CONFIG GET over the values of one instant. Used by one thread. */
final class ConfigQuery {

  private final SettingTable table;
  private final Object[] values;
  private final Map<String, String> answer = new LinkedHashMap<>();
  private final Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

  ConfigQuery(SettingTable table, Object[] values) {
    this.table = table;
    this.values = values;
  }

  Map<String, String> get(List<String> patterns) {
    for (String pattern : patterns) {
      if (pattern.contains("*") || pattern.contains("?") || pattern.contains("[")) {
        addMatches(pattern);
      } else {
        Setting setting = table.find(pattern);
        if (setting != null) {
          add(pattern, setting);
        }
      }
    }
    return answer;
  }

  private void addMatches(String pattern) {
    Glob glob = new Glob(pattern.getBytes(UTF_8), true);
    table
        .byName()
        .forEach((name, setting) -> {
          if (glob.matches(name.getBytes(UTF_8))) {
            add(name, setting);
          }
        });
  }

  private void add(String name, Setting setting) {
    if (names.add(name)) {
      answer.put(name, setting.type().format(values[setting.index()]));
    }
  }
}
