package dev.redistill.command;

/**
 * A command that fails with an error reply; the connection goes on. The message is the reply with
 * its code in front, in Redis' own words. It carries no stack trace: it is a reply, not a fault.
 */
public final class CommandException extends RuntimeException {

  public static final CommandException SYNTAX = new CommandException("ERR syntax error");
  public static final CommandException NOT_AN_INTEGER =
      new CommandException("ERR value is not an integer or out of range");
  public static final CommandException NOT_A_FLOAT =
      new CommandException("ERR value is not a valid float");
  public static final CommandException WRONG_TYPE =
      new CommandException("WRONGTYPE Operation against a key holding the wrong kind of value");
  public static final CommandException NO_SUCH_KEY = new CommandException("ERR no such key");
  public static final CommandException TOO_LONG =
      new CommandException("ERR string exceeds maximum allowed size (proto-max-bulk-len)");
  public static final CommandException INDEX_OUT_OF_RANGE =
      new CommandException("ERR index out of range");
  public static final CommandException OVERFLOW =
      new CommandException("ERR increment or decrement would overflow");

  private static final long serialVersionUID = 1;

  private final boolean late;

  public CommandException(String message) {
    this(message, false);
  }

  private CommandException(String message, boolean late) {
    super(message, null, false, false);
    this.late = late;
  }

  /** The failure of a command that has waited: replies before its own may have been sent. */
  public static CommandException late(String message) {
    return new CommandException(message, true);
  }

  /** Whether the reply cannot be taken back to where the command began. */
  boolean isLate() {
    return late;
  }

  /** The message of this exception, which is never null. */
  public String reply() {
    return String.valueOf(getMessage());
  }

  /** A number of arguments that the named command does not take. */
  public static CommandException arity(String command) {
    return new CommandException("ERR wrong number of arguments for '" + command + "' command");
  }

  /** An expire time that cannot be, given to the named command. */
  public static CommandException invalidExpire(String command) {
    return new CommandException("ERR invalid expire time in '" + command + "' command");
  }
}
