package dev.redistill.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.redistill.config.Config;
import dev.redistill.config.ConfigLoader;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Fuzz target: a configuration, as lines, an environment variable or an option. It is refused in
 * words, or taken; and what was taken can be given again as it is shown.
 */
public final class ConfigurationFuzz {

  private static final List<String> ALL = List.of("*");
  private static final List<String> NAMES = List.copyOf(Config.defaults().get(ALL).keySet());

  private ConfigurationFuzz() {}

  /** The entry point that Jazzer calls. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    FuzzInput input = new FuzzInput(bytes);
    int way = input.below(4);
    String name = input.pick(NAMES);
    String text = new String(input.rest(), UTF_8);
    if (touchesFiles(name) || touchesFiles(text)) {
      return;
    }
    ConfigLoader loader = new ConfigLoader();
    switch (way) {
      case 0 -> loader.readText("fuzz", text);
      case 1 -> loader.readText("fuzz", name + " " + text);
      case 2 -> loader.readEnvironment(Map.of(variable(name), text));
      default -> loader.readOption(name, List.of(text.split(" ", -1)));
    }
    if (!loader.check()) {
      if (loader.problems().isBlank()) {
        throw new AssertionError("refused without a word");
      }
    } else if (loader.config().startNotes().users().isEmpty()) {
      giveAgain(loader.config().get(ALL));
    }
  }

  private static boolean touchesFiles(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return lower.contains("include") || lower.contains("logfile");
  }

  private static String variable(String name) {
    return "REDISTILL_" + name.replace('-', '_').toUpperCase(Locale.ROOT);
  }

  private static void giveAgain(Map<String, String> shown) {
    ConfigLoader again = new ConfigLoader();
    shown.forEach((name, value) -> again.readOption(name, List.of(value)));
    if (!again.check()) {
      throw new AssertionError("shown, but not taken: " + again.problems());
    }
    if (!again.config().get(ALL).equals(shown)) {
      throw new AssertionError("shown: " + shown + "; then: " + again.config().get(ALL));
    }
  }
}
