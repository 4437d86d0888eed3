package dev.redistill.commands;

import static dev.redistill.command.Command.read;
import static dev.redistill.command.Command.write;

import dev.redistill.command.Arguments;
import dev.redistill.command.Call;
import dev.redistill.command.Command;
import dev.redistill.command.CommandException;
import dev.redistill.command.EventClass;
import dev.redistill.command.Flag;
import dev.redistill.store.Database;
import dev.redistill.store.Entry;
import dev.redistill.store.HashValue;
import dev.redistill.store.Locks;
import dev.redistill.store.Probe;
import dev.redistill.store.SetValue;
import dev.redistill.store.Text;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keys of any type: whether they are there, what they hold, and how they go elsewhere. */
final class GenericCommands {

  static final List<Command> TABLE =
      List.of(
          write("COPY")
              .arity(-3)
              .keys(1, 2, 1)
              .locks(GenericCommands::lockCopy)
              .with(Flag.DENYOOM)
              .run(GenericCommands::copy),
          write("DEL").arity(-2).keys(1, -1, 1).run(GenericCommands::delete),
          read("EXISTS").arity(-2).keys(1, -1, 1).fast().run(GenericCommands::exists),
          write("MOVE")
              .arity(3)
              .key(1)
              .locks(GenericCommands::lockMove)
              .fast()
              .run(GenericCommands::move),
          read("RANDOMKEY").arity(1).wholeDatabase().run(GenericCommands::randomKey),
          write("RENAME").arity(3).keys(1, 2, 1).run(GenericCommands::rename),
          write("RENAMENX").arity(3).keys(1, 2, 1).fast().run(GenericCommands::renameIfAbsent),
          read("TOUCH").arity(-2).keys(1, -1, 1).fast().run(GenericCommands::touch),
          read("TYPE").arity(2).key(1).noTouch().fast().run(GenericCommands::type),
          write("UNLINK").arity(-2).keys(1, -1, 1).fast().run(GenericCommands::delete));

  private static final CommandException SAME_OBJECT =
      new CommandException("ERR source and destination objects are the same");

  /**
   * How COPY copies.
   *
   * @param database the number of the database to copy to, or null for the selected one
   * @param replace whether a key of that name may be replaced
   */
  private record CopyOptions(@Nullable Integer database, boolean replace) {

    static CopyOptions read(Call call) {
      Arguments arguments = call.arguments().skip(2);
      Integer database = null;
      boolean replace = false;
      while (arguments.hasNext()) {
        if (arguments.take("REPLACE")) {
          replace = true;
        } else if (arguments.left() > 1 && arguments.take("DB")) {
          database = DatabaseNumber.next(call);
        } else {
          throw CommandException.SYNTAX;
        }
      }
      return new CopyOptions(database, replace);
    }
  }

  private GenericCommands() {}

  /** The name of a value's type as TYPE and SCAN know it. */
  static String typeName(@Nullable Object value) {
    if (value == null) {
      return "none";
    }
    if (Text.isText(value)) {
      return "string";
    }
    if (value instanceof HashValue) {
      return "hash";
    }
    if (value instanceof SetValue) {
      return "set";
    }
    throw new IllegalStateException("no name for the type of " + value.getClass());
  }

  private static void lockCopy(Call call, Database selected, Locks locks) {
    locks.add(selected, call.probe(1));
    locks.add(selected, call.probe(2));
    Integer number = CopyOptions.read(call).database();
    if (number != null) {
      locks.add(call.services().keyspace().database(number), call.probe(2));
    }
  }

  /** COPY source destination [DB number] [REPLACE]. Whether it was copied; since 6.2. */
  private static void copy(Call call) {
    CopyOptions options = CopyOptions.read(call);
    Integer number = options.database();
    Database target =
        number == null ? call.database() : call.services().keyspace().database(number);
    if (target == call.database() && Arrays.equals(call.bytes(1), call.bytes(2))) {
      throw SAME_OBJECT;
    }
    Entry source = call.read(1);
    Probe key = call.probe(2);
    Entry existing = target.find(key, call.now());
    if (source == null || (existing != null && !options.replace())) {
      call.reply().integer(0);
      return;
    }
    target.place(source, copy(source.value()), key, existing);
    int index = number == null ? call.session().databaseIndex() : number;
    call.event(EventClass.GENERIC, "copy_to", key, index);
    call.reply().integer(1);
  }

  /** A value of the same content that does not change with the given one. */
  private static Object copy(Object value) {
    if (value instanceof HashValue hash) {
      return hash.copy();
    }
    return value instanceof SetValue set ? set.copy() : Text.exact(value);
  }

  /** DEL key [key ...], UNLINK key [key ...]. The number of keys that were there. */
  private static void delete(Call call) {
    int deleted = 0;
    for (int place = 1; place < call.request().count(); place++) {
      Entry entry = call.find(place);
      if (entry != null) {
        call.database().remove(entry);
        call.event(EventClass.GENERIC, "del", call.probe(place));
        deleted++;
      }
    }
    call.reply().integer(deleted);
  }

  /** EXISTS key [key ...]. How many are there, one named twice counting twice. */
  private static void exists(Call call) {
    int found = 0;
    for (int place = 1; place < call.request().count(); place++) {
      if (call.peek(place) != null) {
        found++;
      }
    }
    call.reply().integer(found);
  }

  private static void lockMove(Call call, Database selected, Locks locks) {
    locks.add(selected, call.probe(1));
    call.arguments().skip(1);
    int number = DatabaseNumber.next(call);
    locks.add(call.services().keyspace().database(number), call.probe(1));
  }

  /** MOVE key number. Whether it was moved: it has to be here and not there. */
  private static void move(Call call) {
    call.arguments().skip(1);
    int number = DatabaseNumber.next(call);
    Database target = call.services().keyspace().database(number);
    if (target == call.database()) {
      throw SAME_OBJECT;
    }
    Entry source = call.find(1);
    Probe key = call.probe(1);
    if (source == null || target.find(key, call.now()) != null) {
      call.reply().integer(0);
      return;
    }
    target.place(source, source.value(), key, null);
    call.database().remove(source);
    call.event(EventClass.GENERIC, "move_from", key);
    call.event(EventClass.GENERIC, "move_to", key, number);
    call.reply().integer(1);
  }

  /** RANDOMKEY. Any key, or nil in an empty database. */
  private static void randomKey(Call call) {
    Entry entry = call.database().random(call.now(), call.services().chance());
    call.reply().bulkOrNil(entry == null ? null : entry.key());
  }

  /** RENAME key newkey. A key of the new name is replaced. */
  private static void rename(Call call) {
    var unused = rename(call, true);
    call.reply().ok();
  }

  /** RENAMENX key newkey. Whether it was renamed: there may be no key of the new name. */
  private static void renameIfAbsent(Call call) {
    call.reply().integer(rename(call, false) ? 1 : 0);
  }

  private static boolean rename(Call call, boolean replace) {
    Entry source = call.find(1);
    if (source == null) {
      throw CommandException.NO_SUCH_KEY;
    }
    Probe key = call.probe(2);
    Entry existing = call.database().find(key, call.now());
    if (existing == source) {
      return replace;
    }
    if (existing != null && !replace) {
      return false;
    }
    Object value = source.value();
    call.database().remove(source);
    call.database().place(source, value, key, existing);
    call.event(EventClass.GENERIC, "rename_from", call.probe(1));
    call.event(EventClass.GENERIC, "rename_to", call.probe(2));
    return true;
  }

  /** TOUCH key [key ...]. How many are there; each counts as used now. */
  private static void touch(Call call) {
    int found = 0;
    for (int place = 1; place < call.request().count(); place++) {
      Entry entry = call.peek(place);
      if (entry != null) {
        call.use(entry);
        found++;
      }
    }
    call.reply().integer(found);
  }

  /** TYPE key. The name of the type of its value, or none. */
  private static void type(Call call) {
    call.reply().simple(typeName(call.value()));
  }
}
