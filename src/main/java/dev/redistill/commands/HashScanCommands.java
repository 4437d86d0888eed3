package dev.redistill.commands;

import static dev.redistill.command.Command.read;

import dev.redistill.command.Arguments;
import dev.redistill.command.Call;
import dev.redistill.command.Command;
import dev.redistill.command.CommandException;
import dev.redistill.resp.ReplyWriter;
import dev.redistill.store.Field;
import dev.redistill.store.HashValue;
import dev.redistill.util.Glob;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Walks through the fields of a hash in steps, or picks some of them by chance. */
final class HashScanCommands {

  static final List<Command> TABLE =
      List.of(
          read("HRANDFIELD").arity(-2).key(1).run(HashScanCommands::hrandfield),
          read("HSCAN").arity(-3).key(1).run(HashScanCommands::hscan));

  private static final CommandException OUT_OF_RANGE =
      new CommandException("ERR value is out of range");
  private static final CommandException LONGEST =
      new CommandException(
          "ERR value is out of range, value must between -9223372036854775807 and"
              + " 9223372036854775807");
  private static final long DEFAULT_COUNT = 10;
  private static final int FEW = 3;

  /**
   * Which fields HSCAN shows.
   *
   * @param count about how many fields to look at
   * @param pattern what their names have to match, or null for all
   * @param values whether their values are shown, too
   */
  private record Filter(long count, @Nullable Glob pattern, boolean values) {

    static Filter read(Arguments arguments) {
      long count = DEFAULT_COUNT;
      Glob pattern = null;
      boolean values = true;
      while (arguments.hasNext()) {
        if (arguments.left() > 1 && arguments.take("COUNT")) {
          count = arguments.nextLong();
          if (count < 1) {
            throw CommandException.SYNTAX;
          }
        } else if (arguments.left() > 1 && arguments.take("MATCH")) {
          pattern = new Glob(arguments.nextBytes());
        } else if (arguments.take("NOVALUES")) {
          values = false;
        } else {
          throw CommandException.SYNTAX;
        }
      }
      return new Filter(count, pattern == null || pattern.matchesAll() ? null : pattern, values);
    }

    boolean accepts(Field field) {
      return pattern == null
          || pattern.matches(field.nameBytes(), field.nameOffset(), field.nameLength());
    }
  }

  /**
   * How HRANDFIELD replies fields.
   *
   * @param reply where to
   * @param values whether their values follow
   */
  private record Picks(ReplyWriter reply, boolean values) {

    void begin(long count) {
      reply.array(values && !reply.isResp3() ? 2 * count : count);
    }

    void add(Field field) {
      if (values && reply.isResp3()) {
        reply.array(2);
      }
      Hashes.replyName(reply, field);
      if (values) {
        Hashes.replyValue(reply, field);
      }
    }
  }

  private HashScanCommands() {}

  /**
   * HSCAN key cursor [MATCH pattern] [COUNT count] [NOVALUES]. The cursor for the next call, 0 at
   * the end, and some fields with their values. A field that is there from the first call to the
   * last is shown at least once. NOVALUES since Redis 7.4.
   */
  private static void hscan(Call call) {
    long cursor = ScanCommands.cursor(call.arguments().skip(1).nextText());
    HashValue hash = call.hash();
    ReplyWriter reply = call.reply();
    reply.array(2);
    if (hash.size() == 0) {
      reply.bulk(0);
      reply.array(0);
      return;
    }
    Filter filter = Filter.read(call.arguments());
    List<Field> fields = new ArrayList<>();
    long following =
        hash.scan(
            cursor,
            filter.count(),
            call.now(),
            field -> {
              if (filter.accepts(field)) {
                fields.add(field.copy());
              }
            });
    reply.bulk(following);
    reply.array(filter.values() ? 2L * fields.size() : fields.size());
    for (Field field : fields) {
      Hashes.replyName(reply, field);
      if (filter.values()) {
        Hashes.replyValue(reply, field);
      }
    }
  }

  /**
   * HRANDFIELD key [count [WITHVALUES]]. A field picked by chance; or so many different ones; or,
   * if the count is negative, as many picks, which may repeat. Since Redis 6.2.
   */
  private static void hrandfield(Call call) {
    Arguments arguments = call.arguments().skip(1);
    ReplyWriter reply = call.reply();
    if (!arguments.hasNext()) {
      replyOne(call);
      return;
    }
    long count = arguments.nextLong();
    if (count == Long.MIN_VALUE) {
      throw LONGEST;
    }
    boolean values = arguments.hasNext() && arguments.take("WITHVALUES");
    arguments.end();
    if (values && Math.abs(count) > Long.MAX_VALUE / 2) {
      throw OUT_OF_RANGE;
    }
    HashValue hash = Hashes.whole(call);
    Picks picks = new Picks(reply, values);
    RandomGenerator chance = call.services().chance();
    if (hash.size() == 0) {
      reply.array(0);
    } else if (count < 0) {
      pickRepeating(hash, -count, picks, chance);
    } else {
      pickDifferent(hash, (int) Math.min(count, hash.size()), picks, chance);
    }
  }

  private static void replyOne(Call call) {
    HashValue hash = Hashes.whole(call);
    if (hash.size() == 0) {
      call.reply().nil();
      return;
    }
    Field field = new Field();
    long unused = hash.picker(call.services().chance()).pick(field);
    Hashes.replyName(call.reply(), field);
  }

  private static void pickRepeating(
      HashValue hash, long count, Picks picks, RandomGenerator chance) {
    picks.begin(count);
    HashValue.Picker picker = hash.picker(chance);
    Field field = new Field();
    for (long i = 0; i < count; i++) {
      long unused = picker.pick(field);
      picks.add(field);
    }
  }

  private static void pickDifferent(
      HashValue hash, int count, Picks picks, RandomGenerator chance) {
    picks.begin(count);
    if (count < hash.size() / FEW) {
      HashValue.Picker picker = hash.picker(chance);
      Set<Long> picked = new HashSet<>();
      Field field = new Field();
      while (picked.size() < count) {
        if (picked.add(picker.pick(field))) {
          picks.add(field);
        }
      }
      return;
    }
    /* Goes through all fields and takes each with the chance that is left for it (Knuth, TAOCP
    volume 2, algorithm 3.4.2 S). */
    int[] left = {hash.size(), count};
    hash.forEach(field -> {
      if (chance.nextInt(left[0]--) < left[1]) {
        left[1]--;
        picks.add(field);
      }
    });
  }
}
