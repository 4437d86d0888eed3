package dev.redistill.commands;

import static dev.redistill.command.Command.other;

import dev.redistill.auth.Acl;
import dev.redistill.command.Arguments;
import dev.redistill.command.Call;
import dev.redistill.command.Command;
import dev.redistill.command.CommandException;
import dev.redistill.command.Flag;
import dev.redistill.command.Session;
import dev.redistill.resp.ReplyWriter;
import dev.redistill.resp.Request;
import dev.redistill.util.Version;
import java.util.List;

/** The beginning, the end and the settings of a connection, all but CLIENT. */
final class ConnectionCommands {

  static final List<Command> TABLE =
      List.of(
          atAnyTime("AUTH").arity(-2).run(ConnectionCommands::auth),
          other("ECHO")
              .arity(2)
              .with(Flag.LOADING, Flag.STALE)
              .fast()
              .run(ConnectionCommands::echo),
          atAnyTime("HELLO").arity(-1).run(ConnectionCommands::hello),
          other("PING").arity(-1).fast().run(ConnectionCommands::ping),
          atAnyTime("QUIT").arity(-1).run(ConnectionCommands::quit),
          atAnyTime("RESET").arity(1).run(ConnectionCommands::reset),
          other("SELECT")
              .arity(2)
              .with(Flag.LOADING, Flag.STALE)
              .fast()
              .run(ConnectionCommands::select));

  private ConnectionCommands() {}

  private static Command atAnyTime(String name) {
    return other(name)
        .with(Flag.NOSCRIPT, Flag.LOADING, Flag.STALE, Flag.NO_AUTH, Flag.ALLOW_BUSY)
        .fast();
  }

  /** AUTH [username] password. OK, or WRONGPASS. */
  private static void auth(Call call) {
    Request request = call.request();
    if (request.count() > 3) {
      throw CommandException.SYNTAX;
    }
    if (request.count() == 3) {
      Login.attempt(call, request.text(1), request.bytes(2));
    } else if (!call.services().acl().defaultUser().needsNoPassword()) {
      Login.attempt(call, Acl.DEFAULT, request.bytes(1));
    } else {
      throw new CommandException(
          "ERR AUTH <password> called without any password configured for the default user."
              + " Are you sure your configuration is correct?");
    }
    call.reply().ok();
  }

  /** ECHO message. The message. */
  private static void echo(Call call) {
    call.reply().bulk(call.bytes(1));
  }

  /**
   * HELLO [version [AUTH username password] [SETNAME name]]. Who the server is, in the version of
   * the protocol that was asked for. The options are carried out in their order: a name before a
   * login that fails is set, one behind it is not.
   */
  private static void hello(Call call) {
    Session session = call.session();
    Arguments arguments = call.arguments();
    long version = arguments.hasNext() ? protocolVersion(arguments) : 0;
    helloOptions(call);
    if (!session.isAuthenticated()) {
      throw new CommandException(
          "NOAUTH HELLO must be called with the client already authenticated, otherwise the"
              + " HELLO AUTH <user> <pass> option can be used to authenticate the client and select"
              + " the RESP protocol version at the same time");
    }
    if (version > 0) {
      session.reply().resp3(version == 3);
    }
    introduce(session);
  }

  private static long protocolVersion(Arguments arguments) {
    long version =
        arguments.nextLong(
            new CommandException("ERR Protocol version is not an integer or out of range"));
    if (version < 2 || version > 3) {
      throw new CommandException("NOPROTO unsupported protocol version");
    }
    return version;
  }

  private static void helloOptions(Call call) {
    Arguments arguments = call.arguments();
    while (arguments.hasNext()) {
      int option = arguments.place();
      if (arguments.left() > 2 && arguments.take("AUTH")) {
        int user = arguments.place();
        Login.attempt(call, call.request().text(user), call.bytes(user + 1));
        arguments.skip(2);
      } else if (arguments.left() > 1 && arguments.take("SETNAME")) {
        call.session().name(ClientNames.checked(arguments.nextText(), "Client names"));
      } else {
        throw new CommandException(
            "ERR Syntax error in HELLO option '" + call.request().text(option) + "'");
      }
    }
  }

  private static void introduce(Session session) {
    ReplyWriter reply = session.reply();
    reply.map(7);
    reply.bulk("server");
    reply.bulk("redis");
    reply.bulk("version");
    reply.bulk(Version.REDIS);
    reply.bulk("proto");
    reply.integer(reply.isResp3() ? 3 : 2);
    reply.bulk("id");
    reply.integer(session.id());
    reply.bulk("mode");
    reply.bulk("standalone");
    reply.bulk("role");
    reply.bulk("master");
    reply.bulk("modules");
    reply.array(0);
  }

  /** PING [message]. PONG, or the message; to a subscriber in RESP2 a message of its own kind. */
  private static void ping(Call call) {
    if (call.session().messaging().isInSubscriberMode() && call.request().count() <= 2) {
      call.reply().array(2);
      call.reply().bulk("pong");
      call.reply().bulk(call.request().count() == 2 ? call.bytes(1) : new byte[0]);
      return;
    }
    switch (call.request().count()) {
      case 1 -> call.reply().simple("PONG");
      case 2 -> call.reply().bulk(call.bytes(1));
      default -> throw new CommandException("ERR wrong number of arguments for 'ping' command");
    }
  }

  /** QUIT. OK, and the end of the connection. */
  private static void quit(Call call) {
    call.reply().ok();
    call.session().closeAfterReply();
  }

  /** RESET. The connection is as if it had just been made. */
  private static void reset(Call call) {
    call.session().reset();
    call.reply().simple("RESET");
  }

  /** SELECT index. OK; from here on commands work on that database. */
  private static void select(Call call) {
    call.session().select(DatabaseNumber.next(call));
    call.reply().ok();
  }
}
