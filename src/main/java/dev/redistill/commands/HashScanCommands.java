package dev.redistill.commands;

import static dev.redistill.command.Command.read;

import dev.redistill.command.Arguments;
import dev.redistill.command.Call;
import dev.redistill.command.Command;
import dev.redistill.command.CommandException;
import dev.redistill.resp.ReplyWriter;
import dev.redistill.store.Field;
import dev.redistill.store.HashValue;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Walks through the fields of a hash in steps, or picks some of them by chance. */
final class HashScanCommands {

  static final List<Command> TABLE =
      List.of(
          read("HRANDFIELD").arity(-2).key(1).run(HashScanCommands::hrandfield),
          read("HSCAN").arity(-3).key(1).run(HashScanCommands::hscan));

  private static final CommandException OUT_OF_RANGE =
      new CommandException("ERR value is out of range");
  static final CommandException LONGEST =
      new CommandException(
          "ERR value is out of range, value must between -9223372036854775807 and"
              + " 9223372036854775807");

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
    FieldFilter filter = FieldFilter.read(call.arguments(), true);
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
      picks.begin(-count);
      FieldPicks.repeating(hash, -count, chance, picks::add);
    } else {
      int wanted = (int) Math.min(count, hash.size());
      picks.begin(wanted);
      FieldPicks.different(hash, wanted, chance, picks::add);
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
}
