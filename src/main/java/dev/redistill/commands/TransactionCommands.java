package dev.redistill.commands;

import static dev.redistill.command.Command.other;

import dev.redistill.command.Call;
import dev.redistill.command.Command;
import dev.redistill.command.CommandException;
import dev.redistill.command.Flag;
import dev.redistill.command.Session;
import java.util.List;

/** Transactions; the dispatcher queues their commands and runs them at EXEC. */
final class TransactionCommands {

  static final List<Command> TABLE =
      List.of(
          always("DISCARD").arity(1).run(TransactionCommands::discard),
          other("EXEC")
              .arity(1)
              .with(Flag.NOSCRIPT, Flag.LOADING, Flag.STALE, Flag.SKIP_SLOWLOG)
              .run(TransactionCommands::exec),
          always("MULTI").arity(1).run(TransactionCommands::multi),
          always("UNWATCH").arity(1).run(TransactionCommands::unwatch),
          always("WATCH").arity(-2).keys(1, -1, 1).run(TransactionCommands::watch));

  private TransactionCommands() {}

  private static Command always(String name) {
    return other(name).with(Flag.NOSCRIPT, Flag.LOADING, Flag.STALE, Flag.ALLOW_BUSY).fast();
  }

  /** DISCARD. Forgets the queued commands and the watched keys. */
  private static void discard(Call call) {
    if (call.session().transaction() == null) {
      throw new CommandException("ERR DISCARD without MULTI");
    }
    call.session().discardTransaction();
    call.reply().ok();
  }

  /** EXEC. Comes here only without MULTI. */
  private static void exec(Call call) {
    throw new CommandException("ERR EXEC without MULTI");
  }

  /** MULTI. From here to EXEC or DISCARD commands are queued. */
  private static void multi(Call call) {
    if (call.session().transaction() != null) {
      throw new CommandException("ERR MULTI calls can not be nested");
    }
    call.session().beginTransaction();
    call.reply().ok();
  }

  /** UNWATCH. Forgets the watched keys. */
  private static void unwatch(Call call) {
    call.session().unwatch();
    call.reply().ok();
  }

  /** WATCH key [key ...]. The next EXEC runs only if none of the keys has changed until then. */
  private static void watch(Call call) {
    Session session = call.session();
    if (session.transaction() != null) {
      throw new CommandException("ERR WATCH inside MULTI is not allowed");
    }
    for (int place = 1; place < call.request().count(); place++) {
      session.watched().add(session.databaseIndex(), call.probe(place), call.now());
    }
    call.reply().ok();
  }
}
