package dev.redistill.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.redistill.config.BadValueException;
import dev.redistill.config.StartNotes;
import dev.redistill.resp.Ascii;
import dev.redistill.resp.Request;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All commands by their names. */
public final class CommandTable {

  private static final Logger LOG = System.getLogger(CommandTable.class.getName());

  /* A hash table with open addressing over the bytes of the name, in lower case: the lookup of every request. */
  private static final int SLOTS = 1024;

  private final TreeMap<String, Command> byName = new TreeMap<>();
  private final @Nullable Command[] slots = new Command[SLOTS];
  private final byte[][] names = new byte[SLOTS][];

  public CommandTable(List<List<Command>> groups) {
    this(groups, List.of());
  }

  /**
   * Makes a table in which some commands have other names or are gone.
   *
   * @throws BadValueException if two commands would have one name
   */
  public CommandTable(List<List<Command>> groups, List<StartNotes.Rename> renames) {
    for (List<Command> group : groups) {
      group.forEach(command -> add(command.fresh()));
    }
    renames.forEach(this::rename);
    byName.forEach(this::addSlot);
  }

  private void add(Command command) {
    if (byName.put(command.name(), command) != null) {
      throw new IllegalArgumentException("command defined twice: " + command.name());
    }
  }

  private void rename(StartNotes.Rename rename) {
    Command command = byName.remove(rename.command().toLowerCase(Locale.ROOT));
    String name = rename.name().toLowerCase(Locale.ROOT);
    if (command == null) {
      LOG.log(Level.WARNING, "rename-command: there is no command ''{0}''", rename.command());
    } else if (!name.isEmpty() && byName.putIfAbsent(name, command) != null) {
      throw new BadValueException("rename-command: there is a command '" + name + "' already");
    }
  }

  private void addSlot(String text, Command command) {
    byte[] name = text.getBytes(UTF_8);
    int slot = hash(name, 0, name.length);
    while (slots[slot] != null) {
      slot = slot + 1 & SLOTS - 1;
    }
    slots[slot] = command;
    names[slot] = name;
  }

  /** All commands in the order of their names. */
  public Collection<Command> all() {
    return byName.values();
  }

  /** A command by its name in lower case; {@code container|subcommand} names a subcommand. */
  public @Nullable Command find(String name) {
    int bar = name.indexOf('|');
    if (bar < 0) {
      return byName.get(name);
    }
    Command container = byName.get(name.substring(0, bar));
    if (container == null) {
      return null;
    }
    return container.subcommands().stream()
        .filter(part -> part.name().equals(name))
        .findFirst()
        .orElse(null);
  }

  /** The command that a request names. */
  @Nullable Command find(Request request) {
    byte[] bytes = request.buffer();
    int offset = request.offset(0);
    int length = request.length(0);
    int slot = hash(bytes, offset, length);
    Command command = slots[slot];
    while (command != null && !matches(names[slot], bytes, offset, length)) {
      slot = slot + 1 & SLOTS - 1;
      command = slots[slot];
    }
    return command;
  }

  private static boolean matches(byte[] name, byte[] bytes, int offset, int length) {
    if (name.length != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (name[i] != Ascii.lower(bytes[offset + i])) {
        return false;
      }
    }
    return true;
  }

  private static int hash(byte[] bytes, int offset, int length) {
    int hash = length;
    for (int i = 0; i < length; i++) {
      hash = hash * 31 + (bytes[offset + i] | 0x20);
    }
    return (hash ^ hash >>> 10) & SLOTS - 1;
  }
}
