package dev.redistill.commands;

import static dev.redistill.command.Command.other;

import dev.redistill.command.Arguments;
import dev.redistill.command.BlockedClients.End;
import dev.redistill.command.Call;
import dev.redistill.command.Command;
import dev.redistill.command.CommandException;
import dev.redistill.command.Flag;
import java.util.List;

/** Waiting for replicas, of which there are none, and ending the wait of another client. */
final class WaitCommands {

  static final List<Command> TABLE =
      List.of(
          other("WAIT").arity(3).with(Flag.NOSCRIPT).run(WaitCommands::waitForReplicas),
          other("WAITAOF").arity(4).with(Flag.BLOCKING).run(WaitCommands::waitForFiles));

  private static final CommandException NO_TIMEOUT =
      new CommandException("ERR timeout is not an integer or out of range");
  private static final CommandException NEGATIVE_TIMEOUT =
      new CommandException("ERR timeout is negative");
  private static final CommandException NOT_A_FLAG =
      new CommandException("ERR value is out of range, value must between 0 and 1");
  private static final CommandException NOT_POSITIVE =
      new CommandException("ERR value is out of range, must be positive");
  private static final CommandException NO_FILE =
      new CommandException(
          "ERR WAITAOF cannot be used when numlocal is set but appendonly is disabled.");
  private static final CommandException UNBLOCKED =
      CommandException.late("UNBLOCKED client unblocked via CLIENT UNBLOCK");
  private static final CommandException NO_REASON =
      new CommandException("ERR CLIENT UNBLOCK reason should be TIMEOUT or ERROR");

  private WaitCommands() {}

  /** The line of CLIENT UNBLOCK. */
  static Command unblocking() {
    return ClientCommands.own("UNBLOCK").arity(-3).with(Flag.ADMIN).run(WaitCommands::unblock);
  }

  /**
   * WAIT numreplicas timeout. The number of replicas that have the writes so far: there are none,
   * so whoever asks for some waits for the timeout, and for ever if it is 0.
   */
  private static void waitForReplicas(Call call) {
    Arguments arguments = call.arguments();
    long replicas = arguments.nextLong();
    long millis = timeout(arguments);
    if (replicas <= 0 || waited(call, millis)) {
      call.reply().integer(0);
    }
  }

  /**
   * WAITAOF numlocal numreplicas timeout. Whether the writes so far are in the append-only file
   * here, which there is not, and how many replicas have them in theirs. Since 7.2.
   */
  private static void waitForFiles(Call call) {
    Arguments arguments = call.arguments();
    long local = arguments.nextLong();
    if (local < 0 || local > 1) {
      throw NOT_A_FLAG;
    }
    long replicas = arguments.nextLong(NOT_POSITIVE);
    if (replicas < 0) {
      throw NOT_POSITIVE;
    }
    long millis = timeout(arguments);
    if (local > 0) {
      throw NO_FILE;
    }
    if (replicas == 0 || waited(call, millis)) {
      call.reply().array(2);
      call.reply().integer(0);
      call.reply().integer(0);
    }
  }

  private static long timeout(Arguments arguments) {
    long millis = arguments.nextLong(NO_TIMEOUT);
    if (millis < 0) {
      throw NEGATIVE_TIMEOUT;
    }
    return millis;
  }

  /**
   * Waits, though not inside a transaction; answers false if there is nobody to answer, because the
   * client has gone.
   */
  private static boolean waited(Call call, long millis) {
    if (call.session().transaction() != null) {
      return true;
    }
    return switch (call.services().blockedClients().await(call, millis)) {
      case NONE, TIMEOUT -> true;
      case ERROR -> throw UNBLOCKED;
      case GONE -> {
        call.session().closeAfterReply();
        yield false;
      }
    };
  }

  /** CLIENT UNBLOCK id [TIMEOUT | ERROR]. Whether that client waited; its command ends so. */
  private static void unblock(Call call) {
    Arguments arguments = call.arguments().skip(1);
    if (arguments.left() > 2) {
      throw Help.wrongArguments(call, "CLIENT");
    }
    int id = arguments.next();
    End how = End.TIMEOUT;
    if (arguments.take("ERROR")) {
      how = End.ERROR;
    } else if (arguments.hasNext() && !arguments.take("TIMEOUT")) {
      throw NO_REASON;
    }
    long number = arguments.longAt(id, CommandException.NOT_AN_INTEGER);
    boolean ended =
        call.services().sessions().find(number) != null
            && call.services().blockedClients().unblock(number, how);
    call.reply().integer(ended ? 1 : 0);
  }
}
