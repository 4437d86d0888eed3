package dev.redistill.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.redistill.util.FileReplacement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a running server.
 *
 * <p>The values stand in an array that is never written to, but replaced by a changed copy under
 * {@code changes}: reading one costs a volatile read and is right at any time, and a CONFIG SET of
 * several settings becomes visible at once.
 */
public final class Config {

  private final SettingTable table;
  private final StartNotes startNotes;
  private final ReentrantLock changes = new ReentrantLock();
  private final Map<Setting, List<Runnable>> listeners = new ConcurrentHashMap<>();
  private volatile Object[] values;

  Config(SettingTable table, Object[] values, StartNotes startNotes) {
    this.table = table;
    this.values = values.clone();
    this.startNotes = startNotes;
  }

  /** Returns what a server has that is given no settings at all. */
  public static Config defaults() {
    return new Config(Settings.table(), defaultValues(Settings.table()), StartNotes.NONE);
  }

  static Object[] defaultValues(SettingTable table) {
    return table.all().stream().map(Setting::defaultValue).toArray();
  }

  /** Returns a number; one that is too large for an int is {@link Integer#MAX_VALUE}. */
  public int integer(Setting setting) {
    return (int) Math.min(number(setting), Integer.MAX_VALUE);
  }

  /** Returns a number. */
  public long number(Setting setting) {
    return (Long) value(setting);
  }

  /** Returns an amount of memory in bytes. */
  public long bytes(Setting setting) {
    return (Long) value(setting);
  }

  /** Returns whether a setting is {@code yes}. */
  public boolean flag(Setting setting) {
    return (Boolean) value(setting);
  }

  /** Returns a text or the name of a choice, in lower case. */
  public String text(Setting setting) {
    return (String) value(setting);
  }

  /** Returns a list of words. */
  @SuppressWarnings("unchecked")
  public List<String> list(Setting setting) {
    return (List<String>) value(setting);
  }

  /** Returns the addresses to listen on. */
  public List<BindAddress> addresses() {
    return list(Settings.BIND).stream().map(BindAddress::parse).toList();
  }

  /** Returns the file that a setting names, which {@code dir} may complete; empty names none. */
  public Optional<Path> file(Setting setting) {
    String name = text(setting);
    return name.isEmpty()
        ? Optional.empty()
        : Optional.of(Path.of(text(Settings.DIR)).resolve(name));
  }

  /** Returns when to write snapshots. */
  @SuppressWarnings("unchecked")
  public List<SaveRule> saveRules() {
    return (List<SaveRule>) value(Settings.SAVE);
  }

  /** Returns how much unsent output clients may have. */
  public OutputLimits outputLimits() {
    return (OutputLimits) value(Settings.CLIENT_OUTPUT_BUFFER_LIMIT);
  }

  /** Returns what is wrong with a server that asks for no password, one line for each address. */
  public List<String> exposures() {
    return StartChecks.exposures(this);
  }

  /** Returns what the start has to say and do besides the settings. */
  public StartNotes startNotes() {
    return startNotes;
  }

  private Object value(Setting setting) {
    return values[setting.index()];
  }

  /** Returns a value as CONFIG GET prints it. */
  public String print(Setting setting) {
    return setting.type().format(value(setting));
  }

  /**
   * Has a change of a setting carried out or noticed. The listener runs after each CONFIG SET that
   * changes the setting, in the thread of that client; it may refuse the change by a {@link
   * BadValueException}, and then runs again after the old value is back.
   */
  public void onChange(Setting setting, Runnable listener) {
    listeners.computeIfAbsent(setting, key -> new CopyOnWriteArrayList<>()).add(listener);
  }

  /**
   * Returns the settings that match at least one of the glob patterns, by name, as CONFIG GET
   * prints them. A pattern without wildcards is a name, and is returned as it was written.
   */
  public Map<String, String> get(List<String> patterns) {
    return new ConfigQuery(table, values).get(patterns);
  }

  /**
   * Changes settings, all of them or none.
   *
   * @param namesAndValues a name, its value, the next name and so on
   * @param local whether the client that asks is on this machine
   * @throws ConfigException with Redis' error reply if any of them cannot be changed
   */
  public void set(List<String> namesAndValues, boolean local) {
    List<Assignment> assignments = Assignment.read(this, namesAndValues, local);
    changes.lock();
    try {
      Object[] before = values;
      Object[] after = before.clone();
      for (Assignment assignment : assignments) {
        assignment.assign(after);
      }
      values = after;
      tellListeners(assignments, before, after);
    } finally {
      changes.unlock();
    }
  }

  /**
   * Brings a file in the syntax of redis.conf up to the present values; comments and order stay.
   *
   * @param users the users as lines without the word user, or null if they stand elsewhere
   */
  public void rewrite(Path file, @Nullable List<String> users) throws IOException {
    changes.lock();
    try {
      String old = Files.exists(file) ? Files.readString(file) : "";
      String text = new ConfigRewrite(table, values).rewrite(old, users);
      FileReplacement.rewrite(file, text.getBytes(UTF_8));
    } finally {
      changes.unlock();
    }
  }

  /** Returns what went wrong with a file in the words of the operating system. */
  public static String reason(IOException failure) {
    return ConfigFile.reason(failure);
  }

  @Nullable Setting find(String name) {
    return table.find(name);
  }

  /** Returns whether some part of the server carries out the changes of a setting. */
  boolean isHeard(Setting setting) {
    return listeners.containsKey(setting);
  }

  private void tellListeners(List<Assignment> assignments, Object[] before, Object[] after) {
    List<Runnable> told = new ArrayList<>();
    for (Assignment assignment : assignments) {
      int index = assignment.setting().index();
      if (before[index].equals(after[index])) {
        continue;
      }
      try {
        for (Runnable listener : listeners.getOrDefault(assignment.setting(), List.of())) {
          told.add(listener);
          listener.run();
        }
      } catch (BadValueException e) {
        values = before;
        told.forEach(Runnable::run);
        throw assignment.failed(e);
      }
    }
  }
}
