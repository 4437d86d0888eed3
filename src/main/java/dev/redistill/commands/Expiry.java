package dev.redistill.commands;

import dev.redistill.command.Arguments;
import dev.redistill.command.Call;
import dev.redistill.command.CommandException;
import dev.redistill.store.Entry;
import org.jspecify.annotations.Nullable;

/**
 * What the options of a command say about the expiry: a time by EX, PX, EXAT or PXAT, or instead of
 * a time one word such as KEEPTTL, or nothing.
 */
final class Expiry {

  private static final Unit[] UNITS = Unit.values();

  private final String word;
  private @Nullable Unit unit;
  private int place;
  private boolean instead;

  /** How a time is given. */
  private enum Unit {
    EX(1000, true),
    PX(1, true),
    EXAT(1000, false),
    PXAT(1, false);

    private final long millis;
    private final boolean fromNow;

    Unit(long millis, boolean fromNow) {
      this.millis = millis;
      this.fromNow = fromNow;
    }
  }

  /** An expiry that one word, in upper case, may stand for instead of a time. */
  Expiry(String word) {
    this.word = word;
  }

  /**
   * Takes the next option if it is about the expiry; two that contradict each other are an error.
   */
  boolean take(Arguments arguments) {
    if (arguments.take(word)) {
      if (unit != null) {
        throw CommandException.SYNTAX;
      }
      instead = true;
      return true;
    }
    Unit taken = arguments.takeAny(UNITS);
    if (taken == null) {
      return false;
    }
    if (instead || (unit != null && unit != taken)) {
      throw CommandException.SYNTAX;
    }
    unit = taken;
    place = arguments.next();
    return true;
  }

  /** Whether a time is given. */
  boolean isTime() {
    return unit != null;
  }

  /** Whether the word is given. */
  boolean isWord() {
    return instead;
  }

  /** Whether the time is given as a moment, which may lie in the past. */
  boolean isMoment() {
    return unit != null && !unit.fromNow;
  }

  /** The given time in Unix milliseconds, or {@link Entry#NEVER} if there is none. */
  long at(Call call, String command) {
    Unit given = unit;
    if (given == null) {
      return Entry.NEVER;
    }
    long time = call.arguments().longAt(place, CommandException.NOT_AN_INTEGER);
    return at(call, command, time, given);
  }

  private static long at(Call call, String command, long time, Unit unit) {
    if (time <= 0 || time > Long.MAX_VALUE / unit.millis) {
      throw CommandException.invalidExpire(command);
    }
    long millis = time * unit.millis;
    if (unit.fromNow) {
      millis += call.now();
      if (millis < 0) {
        throw CommandException.invalidExpire(command);
      }
    }
    return Math.min(millis, Entry.NEVER - 1);
  }

  /** When so many seconds from now are over, in Unix milliseconds. */
  static long afterSeconds(Call call, String command, long seconds) {
    return at(call, command, seconds, Unit.EX);
  }

  /** When so many milliseconds from now are over, in Unix milliseconds. */
  static long afterMillis(Call call, String command, long millis) {
    return at(call, command, millis, Unit.PX);
  }
}
