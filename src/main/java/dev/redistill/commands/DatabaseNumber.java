package dev.redistill.commands;

import dev.redistill.command.Call;
import dev.redistill.command.CommandException;

/** The number of a database as an argument. */
final class DatabaseNumber {

  private static final CommandException NOT_AN_INT =
      new CommandException(
          "ERR value is out of range, value must between -2147483648 and 2147483647");
  private static final CommandException OUT_OF_RANGE =
      new CommandException("ERR DB index is out of range");

  private DatabaseNumber() {}

  /** Takes the next argument, which is the number of a database that there is. */
  static int next(Call call) {
    long number = call.arguments().nextLong();
    if (number != (int) number) {
      throw NOT_AN_INT;
    }
    return check(call, (int) number);
  }

  /** Takes the next argument; if it is not even an integer the given error says so. */
  static int nextInteger(Call call, CommandException otherwise) {
    long number = call.arguments().nextLong(otherwise);
    if (number != (int) number) {
      throw otherwise;
    }
    return (int) number;
  }

  /** A number, if there is a database of that number. */
  static int check(Call call, int number) {
    if (number < 0 || number >= call.services().keyspace().count()) {
      throw OUT_OF_RANGE;
    }
    return number;
  }
}
