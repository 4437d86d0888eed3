package dev.redistill.commands;

import dev.redistill.command.Arguments;
import dev.redistill.command.Call;
import dev.redistill.command.CommandException;
import dev.redistill.store.Entry;
import dev.redistill.store.Field;
import dev.redistill.store.HashEdit;
import org.jspecify.annotations.Nullable;

/** The options of HGETEX and HSETEX, in any order. */
final class HashFieldOptions {

  private static final CommandException TWO_CONDITIONS =
      new CommandException("ERR Only one of FXX or FNX arguments can be specified");
  private static final CommandException NO_TIME = new CommandException("ERR missing expire time");
  private static final CommandException NO_FIELDS =
      new CommandException("ERR missing FIELDS argument");
  private static final CommandException TWO_LISTS =
      new CommandException("ERR FIELDS keyword specified multiple times");
  private static final CommandException BAD_COUNT =
      new CommandException("ERR invalid number of fields");
  private static final CommandException MISMATCH =
      new CommandException("ERR wrong number of arguments");

  private final String word;
  private final int step;
  private @Nullable Unit unit;
  private int timePlace;
  private boolean instead;
  private @Nullable Condition condition;
  private int first;
  private int count;

  /** How a time is given. */
  private enum Unit {
    EX(1000, true),
    PX(1, true),
    EXAT(1000, false),
    PXAT(1, false);

    private final int millis;
    private final boolean fromNow;

    Unit(int millis, boolean fromNow) {
      this.millis = millis;
      this.fromNow = fromNow;
    }
  }

  /** Which of the fields have to be there. */
  private enum Condition {
    FNX,
    FXX
  }

  private HashFieldOptions(String word, int step) {
    this.word = word;
    this.step = step;
  }

  /**
   * Takes all arguments behind the key.
   *
   * @param word what may stand instead of a time
   * @param step how many arguments there are to each field
   */
  static HashFieldOptions read(Call call, String word, int step) {
    HashFieldOptions options = new HashFieldOptions(word, step);
    Arguments arguments = call.arguments().skip(1);
    while (arguments.hasNext()) {
      options.readOne(arguments);
    }
    if (options.first == 0) {
      throw NO_FIELDS;
    }
    return options;
  }

  private void readOne(Arguments arguments) {
    if (arguments.take("FIELDS")) {
      readFields(arguments);
      return;
    }
    if (arguments.take(word)) {
      requireNoTime();
      instead = true;
      return;
    }
    Unit taken = arguments.takeAny(Unit.values());
    if (taken != null) {
      requireNoTime();
      if (!arguments.hasNext()) {
        throw NO_TIME;
      }
      unit = taken;
      timePlace = arguments.next();
      return;
    }
    Condition required = step == 2 ? arguments.takeAny(Condition.values()) : null;
    if (required == null) {
      throw new CommandException("ERR unknown argument: " + arguments.nextText());
    }
    if (condition != null) {
      throw TWO_CONDITIONS;
    }
    condition = required;
  }

  private void requireNoTime() {
    if (unit != null || instead) {
      throw new CommandException(
          "ERR Only one of EX, PX, EXAT, PXAT or " + word + " arguments can be specified");
    }
  }

  private void readFields(Arguments arguments) {
    if (first != 0) {
      throw TWO_LISTS;
    }
    if (!arguments.hasNext()) {
      throw MISMATCH;
    }
    long number = arguments.nextLong(BAD_COUNT);
    if (number < 1 || number > Integer.MAX_VALUE) {
      throw BAD_COUNT;
    }
    if (number * step > arguments.left()) {
      throw MISMATCH;
    }
    first = arguments.place();
    count = (int) number;
    arguments.skip(count * step);
  }

  /** The place of the first field. */
  int first() {
    return first;
  }

  int count() {
    return count;
  }

  /** The place behind the last field, or its value. */
  int end() {
    return first + count * step;
  }

  /** Whether a time is given. */
  boolean isTime() {
    return unit != null;
  }

  /** Whether the word is given that may stand instead of a time. */
  boolean isWord() {
    return instead;
  }

  /** The given time in Unix milliseconds, or {@link Entry#NEVER} if there is none. */
  long at(Call call, String command) {
    Unit given = unit;
    if (given == null) {
      return Entry.NEVER;
    }
    long time = call.arguments().longAt(timePlace, CommandException.NOT_AN_INTEGER);
    return FieldTime.moment(time, given.millis, given.fromNow ? call.now() : 0, command);
  }

  /** Whether the fields are there, or not, as the condition wants them all to be. */
  boolean allow(Call call, HashEdit edit) {
    if (condition == null) {
      return true;
    }
    Field field = new Field();
    for (int place = first; place < end(); place += step) {
      if (edit.find(Hashes.named(field, call.request(), place)) != (condition == Condition.FXX)) {
        return false;
      }
    }
    return true;
  }
}
