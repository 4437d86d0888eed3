package dev.redistill.commands;

import dev.redistill.command.Arguments;
import dev.redistill.command.CommandException;

/**
 * The fields that a command names behind FIELDS and their number.
 *
 * @param first the place of the first one
 * @param count their number
 */
record FieldList(int first, int count) {

  private static final CommandException MISSING =
      new CommandException("ERR Mandatory argument FIELDS is missing or not at the right position");
  private static final CommandException NO_COUNT =
      new CommandException("ERR Number of fields must be a positive integer");
  private static final CommandException MISMATCH =
      new CommandException("ERR The `numfields` parameter must match the number of arguments");

  /** Takes FIELDS, the number of fields, and the fields, which are the last arguments. */
  static FieldList read(Arguments arguments) {
    return read(arguments, NO_COUNT);
  }

  /** The same with the error for a number that is none. */
  static FieldList read(Arguments arguments, CommandException noCount) {
    if (!arguments.take("FIELDS")) {
      throw MISSING;
    }
    if (!arguments.hasNext()) {
      throw MISMATCH;
    }
    long count = arguments.nextLong(noCount);
    if (count < 1) {
      throw noCount;
    }
    if (count != arguments.left()) {
      throw MISMATCH;
    }
    return new FieldList(arguments.place(), (int) count);
  }

  /** The place behind the last field. */
  int end() {
    return first + count;
  }
}
