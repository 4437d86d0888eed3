package dev.redistill.commands;

import dev.redistill.command.Arguments;
import dev.redistill.command.Call;
import dev.redistill.command.CommandException;
import dev.redistill.command.EventClass;
import dev.redistill.resp.Ascii;
import dev.redistill.store.Entry;
import dev.redistill.util.LongDouble;
import java.util.Objects;

/**
 * INCREX key [BYINT number | BYFLOAT number] [LBOUND number] [UBOUND number] [SATURATE] [EX seconds
 * | PX milliseconds | EXAT time | PXAT time | PERSIST] [ENX]. The value after it and the increment
 * that was applied. A result out of bounds changes nothing, not even the expiry, and applies 0;
 * with SATURATE the result is the bound. ENX sets the expiry only if there is none. No option may
 * stand twice. Since Redis 8.8.
 */
final class IncrexCommand {

  private static final CommandException BOUNDS_CROSSED =
      new CommandException("ERR LBOUND can't be greater than UBOUND");
  private static final CommandException ENX_ALONE =
      new CommandException("ERR ENX flag requires an expiration");
  private static final CommandException INFINITE_INCREMENT =
      new CommandException("ERR BYFLOAT increment cannot be Infinity");
  private static final CommandException INFINITE_VALUE =
      new CommandException("ERR value cannot be Infinity");
  private static final CommandException APPLIED_OVERFLOW =
      new CommandException("ERR applied increment would overflow");
  private static final CommandException APPLIED_INFINITE =
      new CommandException("ERR applied increment would be Infinity");

  private final Expiry expiry = new Expiry("PERSIST");
  private boolean isFloat;
  private int increment;
  private int lower;
  private int upper;
  private boolean saturate;
  private boolean onlyIfPersistent;
  private long at;

  private IncrexCommand() {}

  static void run(Call call) {
    IncrexCommand command = new IncrexCommand();
    Arguments arguments = call.arguments().skip(1);
    while (arguments.hasNext()) {
      command.take(arguments);
    }
    if (command.onlyIfPersistent && !command.expiry.isTime()) {
      throw command.expiry.isWord() ? CommandException.SYNTAX : ENX_ALONE;
    }
    if (command.isFloat) {
      command.addFloat(call);
    } else {
      command.addInteger(call);
    }
  }

  private void take(Arguments arguments) {
    if (arguments.take("SATURATE")) {
      saturate = once(saturate);
    } else if (arguments.take("ENX")) {
      onlyIfPersistent = once(onlyIfPersistent);
    } else if (arguments.take("LBOUND")) {
      lower = once(lower, arguments);
    } else if (arguments.take("UBOUND")) {
      upper = once(upper, arguments);
    } else if (arguments.take("BYINT")) {
      increment = once(increment, arguments);
    } else if (arguments.take("BYFLOAT")) {
      increment = once(increment, arguments);
      isFloat = true;
    } else if (expiry.isTime() || expiry.isWord() || !expiry.take(arguments)) {
      throw CommandException.SYNTAX;
    }
  }

  private static boolean once(boolean taken) {
    if (taken) {
      throw CommandException.SYNTAX;
    }
    return true;
  }

  private static int once(int place, Arguments arguments) {
    if (place != 0) {
      throw CommandException.SYNTAX;
    }
    return arguments.next();
  }

  private void addInteger(Call call) {
    long by = integer(call, increment, "Increment", 1);
    long least = integer(call, lower, "LBOUND", Long.MIN_VALUE);
    long most = integer(call, upper, "UBOUND", Long.MAX_VALUE);
    if (least > most) {
      throw BOUNDS_CROSSED;
    }
    at = expiry.at(call, "increx");
    long value = CounterCommands.integer(call.text());
    long sum = value + by;
    boolean overflows = ((value ^ sum) & (by ^ sum)) < 0;
    if (overflows || sum < least || sum > most) {
      if (!saturate) {
        reply(call, value, 0);
        return;
      }
      boolean above = overflows ? by > 0 : sum > most;
      sum = above ? most : least;
    }
    long applied = sum - value;
    if (((sum ^ value) & (sum ^ applied)) < 0) {
      throw APPLIED_OVERFLOW;
    }
    Entry entry = CounterCommands.store(call, Ascii.ofLong(sum));
    call.event(EventClass.STRING, "incrby");
    expire(call, entry);
    reply(call, sum, applied);
  }

  private static void reply(Call call, long value, long applied) {
    call.reply().array(2);
    call.reply().integer(value);
    call.reply().integer(applied);
  }

  private static long integer(Call call, int place, String name, long otherwise) {
    if (place == 0) {
      return otherwise;
    }
    return call.arguments()
        .longAt(place, new CommandException("ERR " + name + " is not an integer or out of range"));
  }

  private void addFloat(Call call) {
    LongDouble by = number(call, increment, "Increment", LongDouble.ZERO);
    if (by.isInfinite()) {
      throw INFINITE_INCREMENT;
    }
    LongDouble least = number(call, lower, "LBOUND", LongDouble.NEGATIVE_INFINITY);
    LongDouble most = number(call, upper, "UBOUND", LongDouble.INFINITY);
    if (least.compareTo(most) > 0) {
      throw BOUNDS_CROSSED;
    }
    at = expiry.at(call, "increx");
    LongDouble value = CounterCommands.number(call.text(), CommandException.NOT_A_FLOAT);
    if (value.isInfinite()) {
      throw INFINITE_VALUE;
    }
    LongDouble sum = finiteSum(value, by);
    LongDouble applied = by;
    if (sum.isInfinite() || sum.compareTo(least) < 0 || sum.compareTo(most) > 0) {
      if (!saturate) {
        reply(call, value, LongDouble.ZERO);
        return;
      }
      LongDouble bound = sum.compareTo(most) > 0 || sum.equals(LongDouble.INFINITY) ? most : least;
      sum = finite(bound);
      applied = finiteSum(sum, value.negate());
    }
    if (applied.isInfinite()) {
      throw APPLIED_INFINITE;
    }
    Entry entry = CounterCommands.store(call, Ascii.bytes(sum.toString()));
    call.database().markTextual(entry);
    call.event(EventClass.STRING, "incrbyfloat");
    expire(call, entry);
    reply(call, sum, applied);
  }

  /** The sum of two numbers neither of which is infinite. */
  private static LongDouble finiteSum(LongDouble a, LongDouble b) {
    return Objects.requireNonNull(a.plus(b));
  }

  private static LongDouble finite(LongDouble bound) {
    if (!bound.isInfinite()) {
      return bound;
    }
    return bound.equals(LongDouble.INFINITY) ? LongDouble.LARGEST : LongDouble.LARGEST.negate();
  }

  private static void reply(Call call, LongDouble value, LongDouble applied) {
    call.reply().array(2);
    call.reply().decimal(value.toString());
    call.reply().decimal(applied.toString());
  }

  private static LongDouble number(Call call, int place, String name, LongDouble otherwise) {
    if (place == 0) {
      return otherwise;
    }
    return CounterCommands.number(
        call, place, new CommandException("ERR " + name + " is not a valid float"));
  }

  private void expire(Call call, Entry entry) {
    if (onlyIfPersistent && entry.expires()) {
      return;
    }
    if (expiry.isTime() && at <= call.now()) {
      call.database().remove(entry);
      call.event(EventClass.GENERIC, "del");
    } else if (expiry.isTime()) {
      call.database().expire(entry, at);
      call.event(EventClass.GENERIC, "expire");
    } else if (expiry.isWord() && entry.expires()) {
      call.database().expire(entry, Entry.NEVER);
      call.event(EventClass.GENERIC, "persist");
    }
  }
}
