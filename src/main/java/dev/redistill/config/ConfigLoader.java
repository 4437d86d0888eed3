package dev.redistill.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Puts the configuration of a start together, directive by directive; later ones win. It goes on
 * after a problem, so that a person sees all of them at once. Used by one thread.
 */
public final class ConfigLoader {

  private static final int DEEPEST_INCLUDE = 16;
  private static final Set<String> DIRECTIVES =
      Set.of("include", "rename-command", "user", "sentinel", "loadmodule");
  private static final Set<String> INSIDES =
      Set.of(
          "list-max-ziplist-entries",
          "list-max-ziplist-value",
          "lua-replicate-commands",
          "max-new-connections-per-cycle",
          "max-new-tls-connections-per-cycle");

  private final SettingTable table = Settings.table();
  private final Object[] values = Config.defaultValues(table);
  private final Set<Setting> given = new HashSet<>();
  private final List<String> problems = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final Map<String, Set<String>> withoutEffect = new LinkedHashMap<>();
  private final List<StartNotes.Rename> renames = new ArrayList<>();
  private final List<List<String>> users = new ArrayList<>();
  private boolean problemInFile;
  private int includes;
  private String file = "";

  /** Reads a file: JSON if its name ends in .json, and otherwise in the syntax of redis.conf. */
  public void readFile(Path path) {
    file = path.toAbsolutePath().normalize().toString();
    ConfigFile.read(path, this);
  }

  /** Reads lines in the syntax of redis.conf. */
  public void readText(String source, String text) {
    ConfigFile.readText(source, text, this);
  }

  /** Reads the environment variables that stand for settings. */
  public void readEnvironment(Map<String, String> variables) {
    new Environment(variables, this).read();
  }

  /** Takes an option of the command line and its values. */
  public void readOption(String name, List<String> optionValues) {
    List<String> words = new ArrayList<>(optionValues);
    words.addFirst(name);
    String text = String.join(" ", optionValues);
    take(new Origin.Outside("--" + name), text, words);
  }

  /** Notes arguments that are neither options nor values of them; only options have values. */
  public void unknownOptions(List<String> arguments) {
    boolean hyphens = arguments.stream().anyMatch(argument -> argument.startsWith("-"));
    arguments.stream()
        .filter(argument -> !hyphens || argument.startsWith("-"))
        .forEach(
            argument -> complain(argument + ": there is no such option; see redistill --help"));
  }

  /** Looks at the whole, and says whether nothing was wrong. Comes once, after the reading. */
  public boolean check() {
    if (problems.isEmpty()) {
      StartChecks.problems(config()).forEach(this::complain);
    }
    return problems.isEmpty();
  }

  /** Returns all that was wrong, for a person to read. */
  public String problems() {
    String header = problemInFile ? "\n*** FATAL CONFIG FILE ERROR ***\n" : "";
    return header + String.join("\n", problems);
  }

  /** Returns the configuration; nothing may be wrong with it. */
  public Config config() {
    List<String> notes = new ArrayList<>(warnings);
    withoutEffect.forEach((reason, names) ->
        notes.add("without effect: " + String.join(", ", names) + " (" + reason + ")"));
    return new Config(
        table,
        values,
        new StartNotes(file, List.copyOf(notes), List.copyOf(renames), List.copyOf(users)));
  }

  /** Notes what is wrong with no single directive. */
  void complain(String problem) {
    problems.add("redistill: " + problem);
  }

  /** Notes what is wrong with a directive, without a secret that it may hold. */
  void complain(Origin origin, String text, String reason) {
    problemInFile |= origin instanceof Origin.Line;
    problems.add(origin.complain(text, reason));
  }

  /** Notes something that was given and has no effect. */
  void withoutEffect(String name, String reason) {
    withoutEffect.computeIfAbsent(reason, key -> new LinkedHashSet<>()).add(name);
  }

  /**
   * Takes one directive.
   *
   * @param origin where it was given
   * @param text what to show a person
   * @param words its name and what follows
   */
  void take(Origin origin, String text, List<String> words) {
    String name = words.getFirst().toLowerCase(Locale.ROOT);
    List<String> arguments = words.subList(1, words.size());
    Setting setting = table.find(name);
    try {
      if (setting == null) {
        takeOther(name, arguments);
      } else {
        assign(setting, name, arguments);
      }
    } catch (BadValueException e) {
      boolean secret = name.equals("user") || (setting != null && setting.isSecret());
      complain(origin, secret ? "(hidden)" : text, String.valueOf(e.getMessage()));
    }
  }

  private void assign(Setting setting, String name, List<String> arguments) {
    Object present = values[setting.index()];
    Object value = setting.type().parse(setting.type().unpacked(arguments), present);
    boolean isDefault = value.equals(setting.defaultValue());
    switch (setting.effect()) {
      case FULL -> {}
      case NOT_YET -> {
        if (!isDefault) {
          withoutEffect(name, "not acted on yet");
        }
      }
      case NONE -> withoutEffect(name, setting.summary());
      case DEFAULT_ONLY -> {
        if (!isDefault) {
          String what = name + " " + setting.type().format(value);
          warnings.add("WARNING: " + what + " is ignored: " + setting.summary());
          return;
        }
      }
    }
    boolean first = given.add(setting);
    values[setting.index()] = first ? value : setting.type().append(present, value);
  }

  /** Whether there is a directive of this name that is not a setting. */
  static boolean isOther(String name) {
    return DIRECTIVES.contains(name) || INSIDES.contains(name) || name.contains(".");
  }

  /** Takes a directive that is not a setting. */
  private void takeOther(String name, List<String> arguments) {
    switch (name) {
      case "include" -> include(arguments);
      case "rename-command" -> rename(arguments);
      case "user" -> user(arguments);
      case "sentinel" ->
          throw new BadValueException("sentinel directive while not in sentinel mode");
      case "loadmodule" -> withoutEffect(name, "there are no modules");
      default -> {
        if (INSIDES.contains(name)) {
          withoutEffect(name, "it tunes the inside of Redis");
          return;
        }
        if (!name.contains(".") || arguments.isEmpty()) {
          throw new BadValueException("Bad directive or wrong number of arguments");
        }
        withoutEffect(name, "there are no modules");
      }
    }
  }

  private void include(List<String> arguments) {
    if (arguments.size() != 1) {
      throw new BadValueException("Bad directive or wrong number of arguments");
    }
    if (includes == DEEPEST_INCLUDE) {
      throw new BadValueException("include goes too deep: does a file include itself?");
    }
    includes++;
    ConfigFile.include(arguments.getFirst(), this);
    includes--;
  }

  private void user(List<String> arguments) {
    if (arguments.isEmpty()) {
      throw new BadValueException("Bad directive or wrong number of arguments");
    }
    users.add(
        arguments.stream().map(word -> new String(word.getBytes(UTF_8), ISO_8859_1)).toList());
  }

  private void rename(List<String> arguments) {
    if (arguments.size() != 2) {
      throw new BadValueException("Bad directive or wrong number of arguments");
    }
    renames.add(new StartNotes.Rename(arguments.getFirst(), arguments.getLast()));
  }
}
