package dev.redistill.commands;

import dev.redistill.command.Arguments;
import dev.redistill.command.Call;
import dev.redistill.command.CommandException;
import dev.redistill.resp.Ascii;
import dev.redistill.store.Entry;

/**
 * CL.THROTTLE key burst count period [quantity]. Limits a rate to {@code count} in {@code period}
 * seconds with bursts of {@code burst} more. Five integers: 1 if limited, else 0; the limit; what
 * remains of it; after how many seconds to try again, -1 if not limited or never; after how many
 * seconds the limit is whole again. A quantity of 0 asks without taking. As in redis-cell and
 * Dragonfly.
 */
final class ThrottleCommand {

  /* The generic cell rate algorithm: the key holds the theoretical arrival time, the moment in nanoseconds at which
  the limit is whole again. Each unit moves it by one interval, and it may lie at most a whole limit ahead. */

  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final long LONGEST = 100L * 365 * 24 * 3600 * NANOS_PER_SECOND;
  private static final CommandException OUT_OF_RANGE =
      new CommandException("ERR value is out of range, must be positive");

  private ThrottleCommand() {}

  static void run(Call call) {
    Arguments arguments = call.arguments().skip(1);
    long burst = atLeast(0, arguments.nextLong());
    long count = atLeast(1, arguments.nextLong());
    long period = atLeast(1, arguments.nextLong());
    long quantity = arguments.hasNext() ? atLeast(0, arguments.nextLong()) : 1;
    arguments.end();
    long interval = Math.max(times(period, NANOS_PER_SECOND) / count, 1);
    long limit = burst + 1;
    long whole = times(interval, limit);
    long cost = quantity > limit ? whole + 1 : interval * quantity;
    take(call, new Rate(interval, limit, whole), cost);
  }

  /**
   * A rate.
   *
   * @param interval nanoseconds after which one unit is free again
   * @param limit how many units are free at most
   * @param whole nanoseconds after which all units are free again
   */
  private record Rate(long interval, long limit, long whole) {}

  private static void take(Call call, Rate rate, long cost) {
    long now = call.now() * NANOS_PER_MILLI;
    long arrival = Math.max(CounterCommands.integer(call.text()), now);
    long ahead = Math.min(arrival - now, LONGEST);
    boolean limited = ahead + cost > rate.whole;
    long retry = -1;
    if (!limited) {
      ahead += cost;
      store(call, now + ahead);
    } else if (cost <= rate.whole) {
      retry = seconds(ahead + cost - rate.whole);
    }
    call.reply().array(5);
    call.reply().integer(limited ? 1 : 0);
    call.reply().integer(rate.limit);
    call.reply().integer(Math.max(rate.whole - ahead, 0) / rate.interval);
    call.reply().integer(retry);
    call.reply().integer(seconds(ahead));
  }

  private static void store(Call call, long arrival) {
    long at = (arrival + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI;
    Entry entry = call.entry();
    if (entry != null || at > call.now()) {
      StringCommands.storeUntil(call, Ascii.ofLong(arrival), at);
    }
  }

  /** Whole seconds, so that whoever waits for them has waited long enough. */
  private static long seconds(long nanos) {
    return (nanos + NANOS_PER_SECOND - 1) / NANOS_PER_SECOND;
  }

  private static long atLeast(long least, long value) {
    if (value < least) {
      throw OUT_OF_RANGE;
    }
    return value;
  }

  private static long times(long a, long b) {
    if (Math.multiplyHigh(a, b) != 0 || a * b < 0 || a * b > LONGEST) {
      throw OUT_OF_RANGE;
    }
    return a * b;
  }
}
