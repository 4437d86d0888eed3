package dev.redistill.command;

import dev.redistill.auth.Reason;

/** The error replies to those who may not do what they want. */
final class Denial {

  private Denial() {}

  static String message(Reason reason, Command command) {
    return "NOPERM this user has no permissions to "
        + switch (reason) {
          case COMMAND, AUTH, TLS_CERT -> "run the '" + command.name() + "' command";
          case KEY -> "access one of the keys used as arguments";
          case CHANNEL -> "access one of the channels used as arguments";
        };
  }

  /** The reply to a command that was still allowed when it was queued. */
  static String atExec(Reason reason) {
    return "NOPERM ACLs rules changed between the moment the transaction was accumulated and the"
        + " EXEC call. This command is no longer allowed for the following reason: "
        + switch (reason) {
          case COMMAND, AUTH, TLS_CERT -> "no permission to execute the command or subcommand";
          case KEY -> "no permission to touch the specified keys";
          case CHANNEL -> "no permission to access one of the channels used as arguments";
        };
  }
}
