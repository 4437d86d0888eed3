package dev.redistill.commands;

import static dev.redistill.command.Command.read;
import static dev.redistill.command.Command.write;

import dev.redistill.command.Arguments;
import dev.redistill.command.Call;
import dev.redistill.command.Command;
import dev.redistill.command.CommandException;
import dev.redistill.command.EventClass;
import dev.redistill.command.Flag;
import dev.redistill.command.KeySpec;
import dev.redistill.store.Database;
import dev.redistill.store.Entry;
import dev.redistill.store.Probe;
import dev.redistill.store.Text;
import java.util.List;

/** Several strings at once; nobody sees some of them set and others not. */
final class StringBatchCommands {

  static final List<Command> TABLE =
      List.of(
          read("MGET").arity(-2).keys(1, -1, 1).fast().run(StringBatchCommands::mget),
          write("MSET").arity(-3).keys(1, -1, 2).with(Flag.DENYOOM).run(StringBatchCommands::mset),
          write("MSETEX")
              .arity(-4)
              .keys(KeySpec.counted(2, 2))
              .with(Flag.DENYOOM)
              .run(StringBatchCommands::msetex),
          write("MSETNX")
              .arity(-3)
              .keys(1, -1, 2)
              .with(Flag.DENYOOM)
              .run(StringBatchCommands::msetnx));

  private static final CommandException BAD_COUNT =
      new CommandException("ERR invalid numkeys value");
  private static final CommandException BAD_PAIRS =
      new CommandException("ERR wrong number of key-value pairs");

  private StringBatchCommands() {}

  /** MGET key [key ...]. The values, nil for what is missing or no string. */
  private static void mget(Call call) {
    int count = call.request().count();
    call.reply().array(count - 1L);
    for (int place = 1; place < count; place++) {
      Entry entry = call.read(place);
      if (entry != null && Text.isText(entry.value())) {
        StringCommands.reply(call.reply(), entry.value());
      } else {
        call.reply().nil();
      }
    }
  }

  /** MSET key value [key value ...]. OK. */
  private static void mset(Call call) {
    int end = pairs(call, "mset");
    for (int place = 1; place < end; place += 2) {
      set(call, place, Entry.NEVER, false);
    }
    call.reply().ok();
  }

  /** MSETNX key value [key value ...]. 1 if none of the keys existed and all were set, else 0. */
  private static void msetnx(Call call) {
    int end = pairs(call, "msetnx");
    if (existing(call, 1, end) > 0) {
      call.reply().integer(0);
      return;
    }
    for (int place = 1; place < end; place += 2) {
      set(call, place, Entry.NEVER, false);
    }
    call.reply().integer(1);
  }

  /**
   * MSETEX count key value [key value ...] [NX | XX] [EX seconds | PX milliseconds | EXAT time |
   * PXAT time | KEEPTTL]. 1 if all keys were set; 0 if none was, because with NX one of them
   * existed or with XX one of them did not. Since Redis 8.4.
   */
  private static void msetex(Call call) {
    Arguments arguments = call.arguments();
    long count = arguments.nextLong(BAD_COUNT);
    if (count <= 0 || count > Integer.MAX_VALUE) {
      throw BAD_COUNT;
    }
    if (count * 2 > arguments.left()) {
      throw BAD_PAIRS;
    }
    int end = 2 + 2 * (int) count;
    arguments.skip(2 * (int) count);
    Expiry expiry = new Expiry("KEEPTTL");
    Condition condition = null;
    while (arguments.hasNext()) {
      if (expiry.take(arguments)) {
        continue;
      }
      Condition taken = Condition.take(arguments);
      if (taken == null || taken.compares() || (condition != null && condition != taken)) {
        throw CommandException.SYNTAX;
      }
      condition = taken;
    }
    long at = expiry.at(call, "msetex");
    if (condition != null
        && existing(call, 2, end) != (condition == Condition.NX ? 0 : (int) count)) {
      call.reply().integer(0);
      return;
    }
    for (int place = 2; place < end; place += 2) {
      set(call, place, at, expiry.isWord());
    }
    call.reply().integer(1);
  }

  /** The place behind the pairs of a request that consists of them. */
  private static int pairs(Call call, String command) {
    int count = call.request().count();
    if (count % 2 == 0) {
      throw CommandException.arity(command);
    }
    return count;
  }

  /** How many keys of the pairs exist. */
  private static int existing(Call call, int from, int to) {
    int count = 0;
    for (int place = from; place < to; place += 2) {
      if (call.find(place) != null) {
        count++;
      }
    }
    return count;
  }

  private static void set(Call call, int place, long at, boolean keepExpiry) {
    Database database = call.database();
    Probe key = call.probe(place);
    Entry entry = database.find(key, call.now());
    long expireAt = keepExpiry && entry != null ? entry.expireAt() : at;
    database.set(key, entry, call.bytes(place + 1), expireAt);
    call.event(EventClass.STRING, "set", key);
    if (at != Entry.NEVER) {
      call.event(EventClass.GENERIC, "expire", key);
    }
  }
}
