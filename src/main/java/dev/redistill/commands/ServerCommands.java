package dev.redistill.commands;

import static dev.redistill.command.Command.other;
import static dev.redistill.command.Command.read;

import dev.redistill.command.Arguments;
import dev.redistill.command.Call;
import dev.redistill.command.Command;
import dev.redistill.command.CommandException;
import dev.redistill.command.Flag;
import dev.redistill.command.Shutdown;
import dev.redistill.resp.Ascii;
import dev.redistill.util.Version;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The server as a whole: its time, its role, its end. */
final class ServerCommands {

  static final List<Command> TABLE =
      List.of(
          read("LOLWUT").arity(-1).fast().run(ServerCommands::lolwut),
          other("MODULE")
              .arity(-2)
              .container(
                  Help.command(),
                  other("LIST")
                      .arity(2)
                      .with(Flag.ADMIN, Flag.NOSCRIPT)
                      .run(ServerCommands::modules)),
          other("MONITOR")
              .arity(1)
              .with(Flag.ADMIN, Flag.NOSCRIPT, Flag.LOADING, Flag.STALE)
              .run(ServerCommands::monitor),
          other("ROLE")
              .arity(1)
              .with(Flag.NOSCRIPT, Flag.LOADING, Flag.STALE)
              .fast()
              .run(ServerCommands::role),
          other("SHUTDOWN")
              .arity(-1)
              .with(Flag.ADMIN, Flag.NOSCRIPT, Flag.LOADING, Flag.STALE)
              .with(Flag.NO_MULTI, Flag.ALLOW_BUSY)
              .run(ServerCommands::shutdown),
          other("TIME").arity(1).with(Flag.LOADING, Flag.STALE).fast().run(ServerCommands::time));

  private ServerCommands() {}

  /** The words of SHUTDOWN. */
  private enum End {
    NOSAVE,
    SAVE,
    NOW,
    FORCE,
    ABORT
  }

  /** LOLWUT [VERSION number ...]. The version; the art of the versions of Redis is theirs. */
  private static void lolwut(Call call) {
    Arguments arguments = call.arguments();
    if (arguments.left() > 1 && arguments.take("VERSION")) {
      long unused = arguments.nextLong();
    }
    call.reply().verbatim("txt", Ascii.bytes("Redis ver. " + Version.REDIS + "\n"));
  }

  /** MODULE LIST. Nothing: there are no modules. */
  private static void modules(Call call) {
    call.reply().array(0);
  }

  /** ROLE. A master without replicas. */
  private static void role(Call call) {
    call.reply().array(3);
    call.reply().bulk("master");
    call.reply().integer(0);
    call.reply().array(0);
  }

  /**
   * SHUTDOWN [NOSAVE | SAVE] [NOW] [FORCE] [ABORT]. No reply: the server ends, with a snapshot if
   * SAVE or the settings want one. If that fails it goes on, unless it is forced.
   */
  private static void shutdown(Call call) {
    Set<End> words = EnumSet.noneOf(End.class);
    Arguments arguments = call.arguments();
    while (arguments.hasNext()) {
      End word = arguments.takeAny(End.values());
      if (word == null) {
        throw CommandException.SYNTAX;
      }
      words.add(word);
    }
    boolean abort = words.contains(End.ABORT);
    if ((abort && words.size() > 1) || words.containsAll(Set.of(End.SAVE, End.NOSAVE))) {
      throw CommandException.SYNTAX;
    }
    if (abort) {
      throw new CommandException("ERR No shutdown in progress.");
    }
    Shutdown end = new Shutdown(call.services());
    boolean save = words.contains(End.SAVE) || (end.isToSave() && !words.contains(End.NOSAVE));
    if (!end.begin(save, words.contains(End.FORCE))) {
      throw new CommandException("ERR Errors trying to SHUTDOWN. Check logs.");
    }
    call.session().closeAfterReply();
  }

  /** MONITOR. OK, and from here on each command that some client runs; nothing if it is on. */
  private static void monitor(Call call) {
    if (call.session().transaction() != null) {
      throw new CommandException("ERR MONITOR isn't allowed for DENY BLOCKING client");
    }
    if (call.services().sessions().monitors().add(call.session())) {
      call.reply().ok();
    }
  }

  /** TIME. Unix seconds, and microseconds of the second. */
  private static void time(Call call) {
    long micros = call.services().clock().micros();
    call.reply().array(2);
    call.reply().bulk(micros / 1_000_000);
    call.reply().bulk(micros % 1_000_000);
  }
}
