package dev.redistill.commands;

import static dev.redistill.command.Command.write;

import dev.redistill.command.Call;
import dev.redistill.command.Command;
import dev.redistill.command.CommandException;
import dev.redistill.command.EventClass;
import dev.redistill.command.Flag;
import dev.redistill.resp.Ascii;
import dev.redistill.resp.Request;
import dev.redistill.store.Entry;
import dev.redistill.store.Text;
import dev.redistill.util.LongDouble;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Strings that hold a number. */
final class CounterCommands {

  static final List<Command> TABLE =
      List.of(
          counter("DECR", 2).run(call -> add(call, -1)),
          counter("DECRBY", 3).run(CounterCommands::decrby),
          counter("INCR", 2).run(call -> add(call, 1)),
          counter("INCRBY", 3).run(call -> add(call, call.arguments().skip(1).nextLong())),
          counter("INCRBYFLOAT", 3).run(CounterCommands::incrbyfloat),
          counter("INCREX", -2).run(IncrexCommand::run),
          counter("CL.THROTTLE", -5).run(ThrottleCommand::run));

  private static final CommandException DECREMENT_OVERFLOW =
      new CommandException("ERR decrement would overflow");
  private static final CommandException NO_NUMBER =
      new CommandException("ERR increment would produce NaN or Infinity");

  private CounterCommands() {}

  private static Command counter(String name, int arity) {
    return write(name).arity(arity).key(1).with(Flag.DENYOOM).fast();
  }

  /** INCR key, DECR key, INCRBY key number. The new value; a missing key counts as 0. */
  private static void add(Call call, long increment) {
    long value = integer(call.text());
    long sum = value + increment;
    if (((value ^ sum) & (increment ^ sum)) < 0) {
      throw CommandException.OVERFLOW;
    }
    store(call, Ascii.ofLong(sum));
    call.event(EventClass.STRING, "incrby");
    call.reply().integer(sum);
  }

  /** DECRBY key number. The new value. */
  private static void decrby(Call call) {
    long decrement = call.arguments().skip(1).nextLong();
    if (decrement == Long.MIN_VALUE) {
      throw DECREMENT_OVERFLOW;
    }
    add(call, -decrement);
  }

  /** INCRBYFLOAT key number. The new value as a bulk string, also in RESP3. */
  private static void incrbyfloat(Call call) {
    LongDouble value = number(call.text(), CommandException.NOT_A_FLOAT);
    LongDouble sum = value.plus(number(call, 2, CommandException.NOT_A_FLOAT));
    if (sum == null || sum.isInfinite()) {
      throw NO_NUMBER;
    }
    byte[] text = Ascii.bytes(sum.toString());
    call.database().markTextual(store(call, text));
    call.event(EventClass.STRING, "incrbyfloat");
    call.reply().bulk(text);
  }

  /** Sets the value of the first key and keeps its expiry. */
  static Entry store(Call call, byte[] value) {
    Entry entry = call.entry();
    if (entry == null) {
      return call.database().set(call.key(), null, value, Entry.NEVER);
    }
    call.database().replace(entry, value);
    return entry;
  }

  /** The integer that a string holds, 0 if there is none. */
  static long integer(@Nullable Object text) {
    if (text == null) {
      return 0;
    }
    byte[] bytes = Text.bytes(text);
    int length = Text.length(text);
    if (!Ascii.isLong(bytes, 0, length)) {
      throw CommandException.NOT_AN_INTEGER;
    }
    return Ascii.parseLong(bytes, 0, length);
  }

  /** The number that a string holds, 0 if there is none. */
  static LongDouble number(@Nullable Object text, CommandException otherwise) {
    if (text == null) {
      return LongDouble.ZERO;
    }
    LongDouble number = LongDouble.parse(Text.bytes(text), 0, Text.length(text));
    if (number == null) {
      throw otherwise;
    }
    return number;
  }

  /** The number that an argument holds. */
  static LongDouble number(Call call, int place, CommandException otherwise) {
    Request request = call.request();
    LongDouble number =
        LongDouble.parse(request.buffer(), request.offset(place), request.length(place));
    if (number == null) {
      throw otherwise;
    }
    return number;
  }
}
