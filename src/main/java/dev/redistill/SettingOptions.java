package dev.redistill;

import dev.redistill.config.Effect;
import dev.redistill.config.Setting;
import dev.redistill.config.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.Stack;
import java.util.TreeSet;
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
  private final Set<String> mentioned;
  private final boolean help;

  /** Prepares for a command line: it takes a tenth of a second to set up options for nothing. */
  SettingOptions(List<String> arguments) {
    help = arguments.contains("-h") || arguments.contains("--help");
    mentioned = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    mentioned.addAll(arguments);
  }

  /** Returns the parser; what it reads is found in {@link #given}. */
  CommandLine commandLine() {
    CommandSpec spec = CommandSpec.create().name("redistill");
    spec.addOption(
        OptionSpec.builder("-h", "--help").usageHelp(true).description("show this help").build());
    spec.addOption(
        OptionSpec.builder("-v", "--version")
            .versionHelp(true)
            .description("show the version")
            .build());
    groups().forEach(spec::addArgGroup);
    hiddenNames()
        .filter(this::isMentioned)
        .forEach(name -> spec.addOption(option(name).hidden(true).build()));
    describe(spec);
    return new CommandLine(spec)
        .setOptionsCaseInsensitive(true)
        .setOverwrittenOptionsAllowed(true)
        .setPosixClusteredShortOptionsAllowed(false)
        .setExpandAtFiles(false)
        .setUnmatchedArgumentsAllowed(true)
        .setSeparator(" ")
        .setUsageHelpLongOptionsMaxWidth(44)
        .setUsageHelpWidth(100);
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

  /** Returns what was given, in order. */
  List<Given> given() {
    return given;
  }

  private boolean isMentioned(String name) {
    return mentioned.contains("--" + name);
  }

  /** Returns the names of options that the help leaves out. */
  private static Stream<String> hiddenNames() {
    Stream<String> withoutEffect =
        Settings.all().stream().filter(setting -> !isShown(setting)).map(Setting::name);
    Stream<String> others = Stream.of("include", "rename-command", "user", "loadmodule");
    return Stream.concat(Stream.concat(withoutEffect, Settings.aliases().stream()), others);
  }

  private List<ArgGroupSpec> groups() {
    Map<String, ArgGroupSpec.Builder> groups = new LinkedHashMap<>();
    for (Setting setting : Settings.all()) {
      if (isShown(setting) && (help || isMentioned(setting.name()))) {
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

  private OptionSpec option(Setting setting) {
    String defaultValue = setting.defaultText().isEmpty() ? "" : " (" + setting.defaultText() + ")";
    String later = setting.effect() == Effect.NOT_YET ? "; not acted on yet" : "";
    return option(setting.name())
        .paramLabel(setting.placeholder())
        .description((setting.summary() + defaultValue + later).replace("%", "%%"))
        .build();
  }

  private OptionSpec.Builder option(String name) {
    return OptionSpec.builder("--" + name)
        .arity("1")
        .type(String.class)
        .hideParamSyntax(true)
        .parameterConsumer((values, option, command) -> take(name, values));
  }

  private void take(String name, Stack<String> arguments) {
    List<String> values = new ArrayList<>();
    boolean saveNothing =
        name.equals("save") && (arguments.isEmpty() || isOption(arguments.peek()));
    if (saveNothing) {
      values.add("");
    } else if (!arguments.isEmpty()) {
      values.add(arguments.pop());
    }
    while (!saveNothing && !arguments.isEmpty() && !isOption(arguments.peek())) {
      values.add(arguments.pop());
    }
    given.add(new Given(name, values));
  }

  /** Returns whether an argument is the name of an option rather than a value. */
  static boolean isOption(String argument) {
    return argument.startsWith("--");
  }
}
