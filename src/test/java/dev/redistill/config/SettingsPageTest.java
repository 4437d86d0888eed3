package dev.redistill.config;

import static dev.redistill.util.GeneratedPage.cell;

import dev.redistill.util.GeneratedPage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The page of the settings is what their table says. */
final class SettingsPageTest {

  private final StringBuilder page = new StringBuilder();

  @Test
  void settings() throws IOException {
    page.append("# All settings\n\n");
    page.append("[configuration.md](configuration.md) tells where they are given, ");
    page.append("`conf/redistill.conf` explains those with an effect.\n");
    Map<String, List<Setting>> groups = new LinkedHashMap<>();
    List<Setting> without = new ArrayList<>();
    for (Setting setting : Settings.table().all()) {
      if (setting.effect() == Effect.FULL) {
        groups.computeIfAbsent(setting.group(), title -> new ArrayList<>()).add(setting);
      } else {
        without.add(setting);
      }
    }
    groups.forEach(this::group);
    page.append("\n## Known for the sake of existing configurations\n\n");
    page.append("Accepted and shown by CONFIG GET; they change nothing here, or only their ");
    page.append("default is possible:\n\n");
    page.append(String.join(", ", without.stream().map(each -> "`" + each + "`").toList()));
    page.append(".\n");
    GeneratedPage.check("settings.md", page.toString());
  }

  private void group(String title, List<Setting> settings) {
    page.append("\n## ").append(title).append("\n\n");
    page.append("| setting | value | default | CONFIG SET | |\n| --- | --- | --- | --- | --- |\n");
    for (Setting setting : settings) {
      String start = setting.defaultText();
      page.append("| `").append(setting.name()).append("` | ");
      page.append(cell(setting.placeholder())).append(" | ");
      page.append(start.isEmpty() ? "" : "`" + cell(start) + "`").append(" | ");
      page.append(change(setting)).append(" | ");
      page.append(cell(setting.summary())).append(" |\n");
    }
  }

  private static String change(Setting setting) {
    return switch (setting.change()) {
      case RUN_TIME, APPLIED -> "yes";
      case PROTECTED -> "if `enable-protected-configs` allows";
      case START_UP -> "no";
    };
  }
}
