package dev.redistill.commands;

import static dev.redistill.command.Command.other;
import static dev.redistill.command.Command.read;

import dev.redistill.command.Call;
import dev.redistill.command.Command;
import dev.redistill.command.CommandException;
import dev.redistill.resp.Ascii;
import dev.redistill.store.Entry;
import dev.redistill.store.HashValue;
import dev.redistill.store.Keyspace;
import dev.redistill.store.SetValue;
import dev.redistill.store.Text;
import java.util.List;

/** OBJECT: how the value of a key is kept, in the terms of Redis. */
final class ObjectCommands {

  static final List<Command> TABLE =
      List.of(
          other("OBJECT")
              .arity(-2)
              .container(
                  read("ENCODING").arity(3).key(2).noTouch().quiet().run(ObjectCommands::encoding),
                  read("FREQ").arity(3).key(2).noTouch().quiet().run(ObjectCommands::frequency),
                  Help.command(),
                  read("IDLETIME").arity(3).key(2).noTouch().quiet().run(ObjectCommands::idleTime),
                  read("REFCOUNT")
                      .arity(3)
                      .key(2)
                      .noTouch()
                      .quiet()
                      .run(ObjectCommands::references)));

  private static final int LONGEST_EMBEDDED = 44;
  private static final int SHARED_INTEGERS = 10_000;
  private static final String BOTH_TRACKED =
      " Please note that when switching between policies at runtime LRU and LFU data will take some"
          + " time to adjust.";

  private ObjectCommands() {}

  /**
   * OBJECT ENCODING key. How Redis would keep the value, such as int or intset; nil without the
   * key.
   */
  private static void encoding(Call call) {
    Entry entry = call.entry();
    Object value = call.value();
    if (entry == null || value == null) {
      call.reply().nil();
    } else {
      call.reply().bulk(encoding(entry, value));
    }
  }

  /** The encoding that Redis gives the value of an entry. */
  private static String encoding(Entry entry, Object value) {
    if (value instanceof HashValue hash) {
      return hash.isPacked() ? "listpack" : "hashtable";
    }
    if (value instanceof SetValue set) {
      return set.isIntegers() ? "intset" : "hashtable";
    }
    int length = Text.length(value);
    if (entry.isRaw() || length > LONGEST_EMBEDDED) {
      return "raw";
    }
    boolean number = !entry.isTextual() && Ascii.isLong(Text.bytes(value), 0, length);
    return number ? "int" : "embstr";
  }

  /** OBJECT FREQ key. How often the key is used, if that is what eviction goes by. */
  private static void frequency(Call call) {
    Entry entry = call.entry();
    if (entry == null) {
      call.reply().nil();
      return;
    }
    if (!call.services().memory().policy().isFrequency()) {
      throw new CommandException(
          "ERR An LFU maxmemory policy is not selected, access frequency not tracked."
              + BOTH_TRACKED);
    }
    Keyspace keyspace = call.services().keyspace();
    call.reply().integer(keyspace.accesses().weight(entry, keyspace.clock().second()));
  }

  /** OBJECT IDLETIME key. Seconds since the last recorded use; nil without the key. */
  private static void idleTime(Call call) {
    Entry entry = call.entry();
    if (entry == null) {
      call.reply().nil();
      return;
    }
    if (call.services().memory().policy().isFrequency()) {
      throw new CommandException(
          "ERR An LFU maxmemory policy is selected, idle time not tracked." + BOTH_TRACKED);
    }
    int second = call.services().keyspace().clock().second();
    call.reply().integer(entry.idle(second));
  }

  /**
   * OBJECT REFCOUNT key. 1, or the largest int for the small integers that Redis shares between
   * keys; nil without the key.
   */
  private static void references(Call call) {
    Entry entry = call.entry();
    Object value = call.value();
    if (entry == null || value == null) {
      call.reply().nil();
    } else {
      call.reply().integer(isShared(entry, value) ? Integer.MAX_VALUE : 1);
    }
  }

  private static boolean isShared(Entry entry, Object value) {
    if (!encoding(entry, value).equals("int")) {
      return false;
    }
    long number = Ascii.parseLong(Text.bytes(value), 0, Text.length(value));
    return number >= 0 && number < SHARED_INTEGERS;
  }
}
