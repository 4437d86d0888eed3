package dev.redistill.commands;

import static dev.redistill.command.Command.other;

import dev.redistill.command.Arguments;
import dev.redistill.command.Call;
import dev.redistill.command.Command;
import dev.redistill.command.CommandException;
import dev.redistill.command.Flag;
import dev.redistill.command.Replies;
import dev.redistill.command.Session;
import dev.redistill.resp.Ascii;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** CLIENT: what connections are called, how they are treated, and how they are ended. */
final class ClientCommands {

  static final List<Command> TABLE =
      List.of(
          other("CLIENT")
              .arity(-2)
              .container(
                  TrackingCommands.caching(),
                  own("GETNAME").arity(2).run(ClientCommands::getName),
                  TrackingCommands.redirection(),
                  Help.command(),
                  own("ID").arity(2).run(ClientCommands::id),
                  own("INFO").arity(2).run(ClientCommands::info),
                  admin("KILL").arity(-3).run(ClientCommands::kill),
                  admin("LIST").arity(-2).run(ClientCommands::list),
                  admin("NO-EVICT").arity(3).run(ClientCommands::noEvict),
                  own("NO-TOUCH").arity(3).run(ClientCommands::noTouch),
                  admin("PAUSE").arity(-3).run(ClientCommands::pause),
                  own("REPLY").arity(3).run(ClientCommands::reply),
                  own("SETINFO").arity(4).run(ClientCommands::setInfo),
                  own("SETNAME").arity(3).run(ClientCommands::setName),
                  TrackingCommands.tracking(),
                  TrackingCommands.info(),
                  WaitCommands.unblocking(),
                  admin("UNPAUSE").arity(2).run(ClientCommands::unpause)));

  private static final long LONGEST_PAUSE = Long.MAX_VALUE / 2;

  private ClientCommands() {}

  static Command own(String name) {
    return other(name).with(Flag.NOSCRIPT, Flag.LOADING, Flag.STALE);
  }

  private static Command admin(String name) {
    return own(name).with(Flag.ADMIN);
  }

  /** CLIENT GETNAME. The name of this connection, or nil. */
  private static void getName(Call call) {
    String name = call.session().name();
    if (name.isEmpty()) {
      call.reply().nil();
    } else {
      call.reply().bulk(name);
    }
  }

  /** CLIENT ID. The number of this connection; no other ever has the same. */
  private static void id(Call call) {
    call.reply().integer(call.session().id());
  }

  /** CLIENT INFO. The line of CLIENT LIST for this connection. */
  private static void info(Call call) {
    String line = ClientLine.of(call.session(), call);
    call.reply().verbatim("txt", Ascii.bytes(line));
  }

  /**
   * CLIENT KILL address, or CLIENT KILL option value [option value ...]. OK, or how many
   * connections were ended. A client that ends itself gets its reply first.
   */
  private static void kill(Call call) {
    if (call.request().count() > 3) {
      call.reply().integer(killAll(call, ClientFilter.read(call)));
      return;
    }
    ClientFilter filter = ClientFilter.address(call.request().text(2));
    if (killAll(call, filter) == 0) {
      throw new CommandException("ERR No such client");
    }
    call.reply().ok();
  }

  private static int killAll(Call call, ClientFilter filter) {
    int killed = 0;
    for (Session session : call.services().sessions().all()) {
      if (!filter.matches(session, call)) {
        continue;
      }
      if (session == call.session()) {
        session.closeAfterReply();
      } else {
        session.link().close();
        call.services().sessions().remove(session);
      }
      killed++;
    }
    return killed;
  }

  /** CLIENT LIST [TYPE type | ID id ...]. A line for each connection. */
  private static void list(Call call) {
    Arguments arguments = call.arguments().skip(1);
    StringBuilder lines = new StringBuilder();
    if (!arguments.hasNext()) {
      addAll(lines, call, null);
    } else if (arguments.left() == 2 && arguments.take("TYPE")) {
      ClientType type = ClientType.next(arguments);
      addAll(lines, call, type);
    } else if (arguments.left() > 1 && arguments.take("ID")) {
      CommandException invalid = new CommandException("ERR Invalid client ID");
      while (arguments.hasNext()) {
        Session session = call.services().sessions().find(arguments.nextLong(invalid));
        lines.append(session == null ? "" : ClientLine.of(session, call));
      }
    } else {
      throw CommandException.SYNTAX;
    }
    call.reply().verbatim("txt", Ascii.bytes(lines.toString()));
  }

  private static void addAll(StringBuilder lines, Call call, @Nullable ClientType type) {
    for (Session session : call.services().sessions().all()) {
      if (type == null || type == ClientType.of(session)) {
        lines.append(ClientLine.of(session, call));
      }
    }
  }

  /** CLIENT NO-EVICT ON | OFF. OK. */
  private static void noEvict(Call call) {
    call.session().noEvict(onOrOff(call));
    call.reply().ok();
  }

  /**
   * CLIENT NO-TOUCH ON | OFF. OK; while on, what this connection reads does not count as used.
   * Since 7.2.
   */
  private static void noTouch(Call call) {
    call.session().noTouch(onOrOff(call));
    call.reply().ok();
  }

  private static boolean onOrOff(Call call) {
    Arguments arguments = call.arguments().skip(1);
    if (arguments.take("ON")) {
      return true;
    }
    if (arguments.take("OFF")) {
      return false;
    }
    throw CommandException.SYNTAX;
  }

  /** CLIENT PAUSE milliseconds [WRITE | ALL]. OK; commands wait so long. */
  private static void pause(Call call) {
    Arguments arguments = call.arguments().skip(2);
    if (arguments.left() > 1) {
      throw Help.wrongArguments(call, "CLIENT");
    }
    boolean writesOnly = arguments.take("WRITE");
    if (arguments.hasNext() && !arguments.take("ALL")) {
      throw new CommandException("ERR CLIENT PAUSE mode must be WRITE or ALL");
    }
    call.services().pause().begin(Math.min(pauseTime(call), LONGEST_PAUSE), writesOnly);
    call.reply().ok();
  }

  private static long pauseTime(Call call) {
    byte[] text = call.bytes(2);
    if (!Ascii.isLong(text, 0, text.length)) {
      throw new CommandException("ERR timeout is not an integer or out of range");
    }
    long millis = Ascii.parseLong(text, 0, text.length);
    if (millis < 0) {
      throw new CommandException("ERR timeout is negative");
    }
    return millis;
  }

  /** CLIENT REPLY ON | OFF | SKIP. OK to ON; nothing to the others. */
  private static void reply(Call call) {
    Arguments arguments = call.arguments().skip(1);
    Session session = call.session();
    if (arguments.take("ON")) {
      session.replies(Replies.ON);
      call.reply().ok();
    } else if (arguments.take("OFF")) {
      session.replies(Replies.OFF);
    } else if (!arguments.take("SKIP")) {
      throw CommandException.SYNTAX;
    } else if (session.replies() != Replies.OFF) {
      session.replies(Replies.SKIP_NEXT);
    }
  }

  /** CLIENT SETINFO LIB-NAME | LIB-VER text. OK. Since 7.2. */
  private static void setInfo(Call call) {
    Arguments arguments = call.arguments().skip(1);
    String option = arguments.nextText();
    String value = arguments.nextText();
    switch (option.toLowerCase(Locale.ROOT)) {
      case "lib-name" -> call.session().account().libraryName(ClientNames.checked(value, option));
      case "lib-ver" -> call.session().account().libraryVersion(ClientNames.checked(value, option));
      default -> throw new CommandException("ERR Unrecognized option '" + option + "'");
    }
    call.reply().ok();
  }

  /** CLIENT SETNAME name. OK; an empty name takes the name away. */
  private static void setName(Call call) {
    call.session().name(ClientNames.checked(call.request().text(2), "Client names"));
    call.reply().ok();
  }

  /** CLIENT UNPAUSE. OK. */
  private static void unpause(Call call) {
    call.services().pause().end();
    call.reply().ok();
  }
}
