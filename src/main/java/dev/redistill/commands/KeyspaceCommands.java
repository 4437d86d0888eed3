package dev.redistill.commands;

import static dev.redistill.command.Command.read;
import static dev.redistill.command.Command.write;

import dev.redistill.command.Arguments;
import dev.redistill.command.Call;
import dev.redistill.command.Command;
import dev.redistill.command.CommandException;
import dev.redistill.store.Database;
import dev.redistill.store.Keyspace;
import dev.redistill.store.Locks;
import java.util.List;

/** Whole databases. */
final class KeyspaceCommands {

  static final List<Command> TABLE =
      List.of(
          read("DBSIZE").arity(1).wholeDatabase().fast().run(KeyspaceCommands::size),
          write("FLUSHALL")
              .arity(-1)
              .locks(KeyspaceCommands::lockEverything)
              .run(KeyspaceCommands::flushAll),
          write("FLUSHDB")
              .arity(-1)
              .locks((call, selected, locks) -> locks.addAll(selected))
              .run(KeyspaceCommands::flush),
          write("SWAPDB")
              .arity(3)
              .locks(KeyspaceCommands::lockSwap)
              .fast()
              .run(KeyspaceCommands::swap));

  private static final CommandException INVALID_FIRST =
      new CommandException("ERR invalid first DB index");
  private static final CommandException INVALID_SECOND =
      new CommandException("ERR invalid second DB index");

  private record Pair(int first, int second) {

    static Pair read(Call call) {
      int first = DatabaseNumber.nextInteger(call, INVALID_FIRST);
      int second = DatabaseNumber.nextInteger(call, INVALID_SECOND);
      return new Pair(DatabaseNumber.check(call, first), DatabaseNumber.check(call, second));
    }
  }

  private KeyspaceCommands() {}

  /** DBSIZE. The number of keys, those included that are due and not yet removed. */
  private static void size(Call call) {
    call.reply().integer(call.database().size());
  }

  private static void lockEverything(Call call, Database selected, Locks locks) {
    Keyspace keyspace = call.services().keyspace();
    for (int i = 0; i < keyspace.count(); i++) {
      Database database = keyspace.databaseIfUsed(i);
      if (database != null) {
        locks.addAll(database);
      }
    }
  }

  /**
   * FLUSHALL [ASYNC | SYNC]. Both are the same here: the memory is freed by the garbage collector.
   */
  private static void flushAll(Call call) {
    readMode(call.arguments());
    Keyspace keyspace = call.services().keyspace();
    for (int i = 0; i < keyspace.count(); i++) {
      Database database = keyspace.databaseIfUsed(i);
      /* One that somebody has begun to use since the locks were taken comes after this command. */
      if (database != null && database.isHeld()) {
        database.clear();
      }
    }
    call.services().tracking().flushed();
    call.reply().ok();
  }

  /** FLUSHDB [ASYNC | SYNC]. */
  private static void flush(Call call) {
    readMode(call.arguments());
    call.database().clear();
    call.services().tracking().flushed();
    call.reply().ok();
  }

  private static void readMode(Arguments arguments) {
    boolean known = arguments.take("SYNC") || arguments.take("ASYNC") || !arguments.hasNext();
    if (!known) {
      throw CommandException.SYNTAX;
    }
    arguments.end();
  }

  private static void lockSwap(Call call, Database selected, Locks locks) {
    Pair pair = Pair.read(call);
    locks.addAll(call.services().keyspace().database(pair.first()));
    locks.addAll(call.services().keyspace().database(pair.second()));
  }

  /** SWAPDB number number. Clients of one database see the other at once; since 4.0. */
  private static void swap(Call call) {
    Pair pair = Pair.read(call);
    call.services().keyspace().swap(pair.first(), pair.second(), call.now());
    call.reply().ok();
  }
}
