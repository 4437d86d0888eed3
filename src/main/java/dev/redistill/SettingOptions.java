package dev.redistill;

import dev.redistill.config.Effect;
import dev.redistill.config.Setting;
import dev.redistill.config.Settings;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The options of the command line, one for each directive, and what was given with them.
 *
 * <p>As in redis-server an option takes everything up to the next argument that begins with two
 * hyphens, and its first value even if that does.
 */
final class SettingOptions {

  /** An option that was given, with its values. */
  record Given(String name, List<String> values) {}

  private final List<Given> given = new ArrayList<>();
  private final List<String> unknown = new ArrayList<>();
  private boolean help;
  private boolean version;

  /** Reads a command line whose options and values stand apart. */
  SettingOptions(List<String> arguments) {
    Set<String> names = new HashSet<>();
    Settings.all().forEach(setting -> names.add(setting.name()));
    hiddenNames().forEach(names::add);
    Deque<String> left = new ArrayDeque<>(arguments);
    while (!left.isEmpty()) {
      String argument = left.removeFirst();
      String name = isOption(argument) ? argument.substring(2).toLowerCase(Locale.ROOT) : "";
      if (names.contains(name)) {
        given.add(new Given(name, values(name, left)));
      } else if (argument.equals("-h") || name.equals("help")) {
        help = true;
      } else if (argument.equals("-v") || name.equals("version")) {
        version = true;
      } else {
        unknown.add(argument);
      }
    }
  }

  private static List<String> values(String name, Deque<String> left) {
    List<String> values = new ArrayList<>();
    if (name.equals("save") && (left.isEmpty() || isOption(left.getFirst()))) {
      return List.of("");
    }
    if (!left.isEmpty()) {
      values.add(left.removeFirst());
    }
    while (!left.isEmpty() && !isOption(left.getFirst())) {
      values.add(left.removeFirst());
    }
    return values;
  }

  /** Returns what was given, in order. */
  List<Given> given() {
    return given;
  }

  /** Returns what is neither an option nor a value of one. */
  List<String> unknown() {
    return unknown;
  }

  boolean asksForHelp() {
    return help;
  }

  boolean asksForVersion() {
    return version;
  }

  /**
   * Returns what options there are. Only here picocli is loaded, which takes a tenth of a second.
   */
  static String help() {
    CommandSpec spec = CommandSpec.create().name("redistill");
    spec.addOption(OptionSpec.builder("-h", "--help").description("show this help").build());
    spec.addOption(OptionSpec.builder("-v", "--version").description("show the version").build());
    groups().forEach(spec::addArgGroup);
    describe(spec);
    return new CommandLine(spec)
        .setSeparator(" ")
        .setUsageHelpLongOptionsMaxWidth(44)
        .setUsageHelpWidth(100)
        .getUsageMessage()
        .stripTrailing();
  }

  private static void describe(CommandSpec spec) {
    spec.usageMessage()
        .sortOptions(false)
        .customSynopsis(
            "redistill [<file.conf> | <file.json>] [-] [--<setting> <value>...]...",
            "redistill check <file.rdb>")
        .description(
            "",
            "Serves Redis clients. Settings come from the file, then from the standard input (-),",
            "then from environment variables such as REDISTILL_MAXMEMORY, then from options; the",
            "last one counts. Sizes take units: 1k is 1000 bytes, 1kb is 1024; m, mb, g, gb alike.",
            "")
        .footer(
            "",
            "The other directives of redis.conf are accepted, and a warning says that they have",
            "no effect.");
  }

  /** Returns the names of options that the help leaves out. */
  private static Stream<String> hiddenNames() {
    Stream<String> withoutEffect =
        Settings.all().stream().filter(setting -> !isShown(setting)).map(Setting::name);
    Stream<String> others = Stream.of("include", "rename-command", "user", "loadmodule");
    return Stream.concat(Stream.concat(withoutEffect, Settings.aliases().stream()), others);
  }

  private static List<ArgGroupSpec> groups() {
    Map<String, ArgGroupSpec.Builder> groups = new LinkedHashMap<>();
    for (Setting setting : Settings.all()) {
      if (isShown(setting)) {
        groups
            .computeIfAbsent(
                setting.group(),
                title -> ArgGroupSpec.builder().heading("%n" + title + ":%n").validate(false))
            .addArg(option(setting));
      }
    }
    return groups.values().stream().map(ArgGroupSpec.Builder::build).toList();
  }

  private static boolean isShown(Setting setting) {
    return setting.effect() == Effect.FULL || setting.effect() == Effect.NOT_YET;
  }

  private static OptionSpec option(Setting setting) {
    String defaultValue = setting.defaultText().isEmpty() ? "" : " (" + setting.defaultText() + ")";
    String later = setting.effect() == Effect.NOT_YET ? "; not acted on yet" : "";
    return OptionSpec.builder("--" + setting.name())
        .arity("1")
        .type(String.class)
        .hideParamSyntax(true)
        .paramLabel(setting.placeholder())
        .description((setting.summary() + defaultValue + later).replace("%", "%%"))
        .build();
  }

  /** Returns whether an argument is the name of an option rather than a value. */
  static boolean isOption(String argument) {
    return argument.startsWith("--");
  }
}
