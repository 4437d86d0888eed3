package dev.redistill.commands;

import static dev.redistill.command.Command.read;
import static dev.redistill.command.Command.write;

import dev.redistill.command.Arguments;
import dev.redistill.command.Call;
import dev.redistill.command.Command;
import dev.redistill.command.CommandException;
import dev.redistill.command.EventClass;
import dev.redistill.store.Entry;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** When keys expire. */
final class ExpiryCommands {

  static final List<Command> TABLE =
      List.of(
          expire("EXPIRE", 1000, true),
          expire("EXPIREAT", 1000, false),
          time("EXPIRETIME", 1000, false),
          write("PERSIST").arity(2).key(1).fast().run(ExpiryCommands::persist),
          expire("PEXPIRE", 1, true),
          expire("PEXPIREAT", 1, false),
          time("PEXPIRETIME", 1, false),
          time("PTTL", 1, true),
          time("TTL", 1000, true));

  private static final long NO_KEY = -2;
  private static final long NO_EXPIRY = -1;

  private ExpiryCommands() {}

  /** EXPIRE, EXPIREAT, PEXPIRE, PEXPIREAT key time [NX | XX | GT | LT]. Whether it was set. */
  private static Command expire(String name, int unit, boolean relative) {
    CommandException invalid = CommandException.invalidExpire(name.toLowerCase(Locale.ROOT));
    return write(name)
        .arity(-3)
        .key(1)
        .fast()
        .run(call -> expire(call, unit, relative ? call.now() : 0, invalid));
  }

  private static void expire(Call call, int unit, long base, CommandException invalid) {
    Arguments arguments = call.arguments().skip(1);
    int time = arguments.next();
    Set<ExpiryCondition> conditions = conditions(arguments);
    long at = moment(arguments.longAt(time, CommandException.NOT_AN_INTEGER), unit, base, invalid);
    Entry entry = call.entry();
    if (entry == null || !allow(conditions, entry.expireAt(), at)) {
      call.reply().integer(0);
      return;
    }
    if (at <= call.now()) {
      call.database().remove(entry);
      call.event(EventClass.GENERIC, "del");
    } else {
      call.database().expire(entry, at);
      call.event(EventClass.GENERIC, "expire");
    }
    call.reply().integer(1);
  }

  private static Set<ExpiryCondition> conditions(Arguments arguments) {
    Set<ExpiryCondition> conditions = EnumSet.noneOf(ExpiryCondition.class);
    while (arguments.hasNext()) {
      ExpiryCondition condition = arguments.takeAny(ExpiryCondition.values());
      if (condition == null) {
        String word = arguments.nextText();
        int end = word.indexOf(0);
        throw new CommandException(
            "ERR Unsupported option " + (end < 0 ? word : word.substring(0, end)));
      }
      conditions.add(condition);
    }
    if (conditions.contains(ExpiryCondition.NX) && conditions.size() > 1) {
      throw new CommandException(
          "ERR NX and XX, GT or LT options at the same time are not compatible");
    }
    if (conditions.contains(ExpiryCondition.GT) && conditions.contains(ExpiryCondition.LT)) {
      throw new CommandException("ERR GT and LT options at the same time are not compatible");
    }
    return conditions;
  }

  /**
   * A time in a unit of milliseconds from a base as a Unix time, which is before {@link
   * Entry#NEVER}.
   */
  private static long moment(long time, int unit, long base, CommandException invalid) {
    if (time > Long.MAX_VALUE / unit || time < Long.MIN_VALUE / unit) {
      throw invalid;
    }
    long millis = time * unit;
    if (millis > Long.MAX_VALUE - base) {
      throw invalid;
    }
    return Math.min(millis + base, Entry.NEVER - 1);
  }

  private static boolean allow(Set<ExpiryCondition> conditions, long current, long wanted) {
    for (ExpiryCondition condition : conditions) {
      if (!condition.allows(current, wanted)) {
        return false;
      }
    }
    return true;
  }

  /** PERSIST key. Whether it had an expiry, which it has no more. */
  private static void persist(Call call) {
    Entry entry = call.entry();
    if (entry == null || !entry.expires()) {
      call.reply().integer(0);
      return;
    }
    call.database().expire(entry, Entry.NEVER);
    call.event(EventClass.GENERIC, "persist");
    call.reply().integer(1);
  }

  /**
   * TTL, PTTL key: the time left. EXPIRETIME, PEXPIRETIME key: the Unix time of its end, since 7.0.
   * -1 without an expiry, -2 without the key; seconds are rounded.
   */
  private static Command time(String name, int unit, boolean relative) {
    return read(name)
        .arity(2)
        .key(1)
        .noTouch()
        .fast()
        .run(call -> call.reply().integer(time(call, unit, relative ? call.now() : 0)));
  }

  private static long time(Call call, int unit, long base) {
    Entry entry = call.entry();
    if (entry == null) {
      return NO_KEY;
    }
    long at = entry.expireAt();
    if (at == Entry.NEVER) {
      return NO_EXPIRY;
    }
    long millis = Math.max(0, at - base);
    return unit == 1 ? millis : (millis + unit / 2) / unit;
  }
}
