package dev.redistill;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.redistill.config.ConfigLoader;
import dev.redistill.util.Version;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Everything that says how the server is to start, in the order in which it counts: a file, the
 * standard input, the environment, the options of the command line.
 */
final class StartOptions {

  /** What redis-server can do instead of serving, and this program cannot. */
  private static final Set<String> ELSEWHERE =
      Set.of("--check-system", "--test-memory", "--sentinel");

  private final List<String> arguments;
  private final Map<String, String> environment;
  private final InputStream input;
  private final ConfigLoader loader = new ConfigLoader();

  private StartOptions(List<String> arguments, Map<String, String> environment, InputStream input) {
    this.arguments = new ArrayList<>(arguments);
    this.environment = environment;
    this.input = input;
  }

  /**
   * Reads all of it.
   *
   * @param arguments the command line
   * @param environment the environment variables
   * @param input the standard input, which is read if the command line asks for it
   */
  static Outcome read(List<String> arguments, Map<String, String> environment, InputStream input) {
    return new StartOptions(arguments, environment, input).read();
  }

  private Outcome read() {
    if (arguments.size() == 2 && arguments.getFirst().equals("check")) {
      return new Outcome.Check(arguments.getLast());
    }
    completePrevious();
    for (String argument : arguments) {
      if (ELSEWHERE.contains(argument)) {
        return new Outcome.Exit(1, "redistill: there is no " + argument + "; redis-server has it");
      }
    }
    String file = takeFile();
    boolean readInput = takeHyphen();
    SettingOptions options = new SettingOptions(separate(arguments));
    if (options.asksForHelp()) {
      return new Outcome.Exit(0, SettingOptions.help());
    }
    if (options.asksForVersion()) {
      return new Outcome.Exit(0, Version.line());
    }
    return load(file, readInput, options.given(), options.unknown());
  }

  private Outcome load(
      String file, boolean readInput, List<SettingOptions.Given> options, List<String> unknown) {
    if (!file.isEmpty()) {
      loader.readFile(Path.of(file));
    }
    if (readInput) {
      try {
        loader.readText("the standard input", new String(input.readAllBytes(), UTF_8));
      } catch (IOException e) {
        return new Outcome.Exit(1, "redistill: cannot read the standard input: " + e.getMessage());
      }
    }
    loader.readEnvironment(environment);
    options.forEach(option -> loader.readOption(option.name(), option.values()));
    loader.unknownOptions(unknown);
    return loader.check()
        ? new Outcome.Serve(loader.config())
        : new Outcome.Exit(1, loader.problems());
  }

  /** Lets {@code --load-previous} stand alone. */
  private void completePrevious() {
    int at = arguments.indexOf("--load-previous");
    if (at >= 0 && (at + 1 == arguments.size() || arguments.get(at + 1).startsWith("--"))) {
      arguments.add(at + 1, "yes");
    }
  }

  /** Takes the name of a file, which only the first argument can be. */
  private String takeFile() {
    if (!arguments.isEmpty() && !arguments.getFirst().startsWith("-")) {
      return arguments.removeFirst();
    }
    return environment.getOrDefault("REDISTILL_CONFIG", "");
  }

  /** Takes the hyphen that stands for the standard input at the begin or the end. */
  private boolean takeHyphen() {
    if (!arguments.isEmpty() && arguments.getFirst().equals("-")) {
      arguments.removeFirst();
      return true;
    }
    if (!arguments.isEmpty() && arguments.getLast().equals("-")) {
      arguments.removeLast();
      return true;
    }
    return false;
  }

  /** Takes apart what came as one argument, such as {@code --maxmemory=100mb}. */
  private static List<String> separate(List<String> arguments) {
    List<String> separated = new ArrayList<>();
    boolean value = false;
    for (String argument : arguments) {
      boolean option = !value && SettingOptions.isOption(argument);
      String[] words = option ? argument.split("\\s+|=", 2) : new String[] {argument};
      separated.addAll(List.of(words));
      value = option && words.length == 1;
    }
    return separated;
  }
}
