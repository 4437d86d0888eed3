package dev.redistill.commands;

import dev.redistill.command.CommandException;

/** When a field of a hash is to expire, as a command says it. */
final class FieldTime {

  /** The latest moment that Redis takes for a field, in Unix milliseconds. */
  private static final long LATEST = ((1L << 48) - 1) >> 2;

  private static final CommandException NEGATIVE =
      new CommandException("ERR invalid expire time, must be >= 0");

  private FieldTime() {}

  /** A time in a unit of milliseconds from a base as a Unix time in milliseconds. */
  static long moment(long time, int unit, long base, String command) {
    if (time < 0) {
      throw NEGATIVE;
    }
    if (time > (LATEST - base) / unit) {
      throw CommandException.invalidExpire(command);
    }
    return time * unit + base;
  }
}
