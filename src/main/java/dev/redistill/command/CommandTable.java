package dev.redistill.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.redistill.config.BadValueException;
import dev.redistill.config.StartNotes;
import dev.redistill.resp.Ascii;
import dev.redistill.resp.Request;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All commands by their names. */
public final class CommandTable {

  private static final Logger LOG = System.getLogger(CommandTable.class.getName());

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long LOWER = 0x2020202020202020L;
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  /* A hash table with open addressing over the beginning of the name: the lookup of every request. */
  private static final int SLOT_BITS = 10;
  private static final int SLOTS = 1 << SLOT_BITS;

  private final TreeMap<String, Command> byName = new TreeMap<>();

  /** The commands under the names that they had before they were renamed or removed. */
  private final TreeMap<String, Command> originals = new TreeMap<>();

  private int numbers;
  private final @Nullable Command[] slots = new Command[SLOTS];
  private final long[] heads = new long[SLOTS];
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
    originals.putAll(byName);
    renames.forEach(this::rename);
    byName.forEach(this::addSlot);
  }

  private void add(Command command) {
    if (byName.put(command.name(), command) != null) {
      throw new IllegalArgumentException("command defined twice: " + command.name());
    }
    command.number(numbers++);
    command.subcommands().forEach(part -> part.number(numbers++));
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
    long head = head(name, 0, name.length);
    int slot = slot(head, name.length);
    while (slots[slot] != null) {
      slot = slot + 1 & SLOTS - 1;
    }
    slots[slot] = command;
    heads[slot] = head;
    names[slot] = name;
  }

  /** All commands in the order of their names. */
  public Collection<Command> all() {
    return byName.values();
  }

  /** A command by its name in lower case; {@code container|subcommand} names a subcommand. */
  public @Nullable Command find(String name) {
    return find(byName, name);
  }

  /** The same, by the names that commands have before anything is renamed or removed. */
  public @Nullable Command findOriginal(String name) {
    return find(originals, name);
  }

  /** All commands, those that were removed included. */
  public Collection<Command> originals() {
    return originals.values();
  }

  /** The number of commands and subcommands: {@link Command#number} is always less. */
  public int numbers() {
    return numbers;
  }

  private static @Nullable Command find(Map<String, Command> commands, String name) {
    int bar = name.indexOf('|');
    if (bar < 0) {
      return commands.get(name);
    }
    Command container = commands.get(name.substring(0, bar));
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
    long head = head(bytes, offset, length);
    int slot = slot(head, length);
    Command command = slots[slot];
    while (command != null
        && (heads[slot] != head || !matches(names[slot], bytes, offset, length))) {
      slot = slot + 1 & SLOTS - 1;
      command = slots[slot];
    }
    return command;
  }

  /**
   * The first eight bytes of a name with the bit of lower case set, which tell most names apart.
   */
  private static long head(byte[] bytes, int offset, int length) {
    if (length >= Long.BYTES) {
      return (long) LONG.get(bytes, offset) | LOWER;
    }
    if (length > 0 && offset + Long.BYTES <= bytes.length) {
      return ((long) LONG.get(bytes, offset) & (-1L >>> ((Long.BYTES - length) * Byte.SIZE)))
          | LOWER;
    }
    long head = 0;
    for (int i = length - 1; i >= 0; i--) {
      head = (head << Byte.SIZE) | (bytes[offset + i] & 0xff);
    }
    return head | LOWER;
  }

  private static int slot(long head, int length) {
    return (int) (((head + length) * SPREAD) >>> (Long.SIZE - SLOT_BITS));
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
}
