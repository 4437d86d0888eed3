package dev.redistill.commands;

import static dev.redistill.command.Command.read;
import static dev.redistill.command.Command.write;

import dev.redistill.command.Call;
import dev.redistill.command.Command;
import dev.redistill.command.CommandException;
import dev.redistill.command.Flag;
import dev.redistill.resp.Ascii;
import dev.redistill.resp.ReplyWriter;
import dev.redistill.resp.Request;
import dev.redistill.store.Entry;
import dev.redistill.store.Field;
import dev.redistill.store.HashEdit;
import dev.redistill.store.HashValue;
import dev.redistill.util.LongDouble;
import java.util.List;
import java.util.Locale;

/** Hashes: their fields one by one, some of them, or all. */
final class HashCommands {

  static final List<Command> TABLE =
      List.of(
          write("HDEL").arity(-3).key(1).fast().run(HashCommands::hdel),
          read("HEXISTS").arity(3).key(1).fast().run(HashCommands::hexists),
          read("HGET").arity(3).key(1).fast().run(HashCommands::hget),
          read("HGETALL").arity(2).key(1).run(HashCommands::hgetall),
          change("HINCRBY", 4).run(HashCommands::hincrby),
          change("HINCRBYFLOAT", 4).run(HashCommands::hincrbyfloat),
          read("HKEYS").arity(2).key(1).run(HashCommands::hkeys),
          read("HLEN").arity(2).key(1).fast().run(HashCommands::hlen),
          read("HMGET").arity(-3).key(1).fast().run(HashCommands::hmget),
          change("HMSET", -4).run(HashCommands::hmset),
          change("HSET", -4).run(HashCommands::hset),
          change("HSETNX", 4).run(HashCommands::hsetnx),
          read("HSTRLEN").arity(3).key(1).fast().run(HashCommands::hstrlen),
          read("HVALS").arity(2).key(1).run(HashCommands::hvals));

  private static final CommandException NOT_AN_INTEGER =
      new CommandException("ERR hash value is not an integer");
  private static final CommandException NOT_A_FLOAT =
      new CommandException("ERR hash value is not a float");
  private static final CommandException NO_INCREMENT =
      new CommandException("ERR value is NaN or Infinity");
  private static final CommandException NO_SUM =
      new CommandException("ERR increment would produce NaN or Infinity");

  private HashCommands() {}

  private static Command change(String name, int arity) {
    return write(name).arity(arity).key(1).with(Flag.DENYOOM).fast();
  }

  /** HDEL key field [field ...]. How many were there; the key goes with its last field. */
  private static void hdel(Call call) {
    HashEdit edit = Hashes.edit(call);
    Field field = new Field();
    int removed = 0;
    for (int place = 2; place < call.request().count(); place++) {
      if (edit.remove(Hashes.named(field, call.request(), place))) {
        removed++;
      }
    }
    if (removed > 0) {
      Hashes.commitRemoval(call, edit);
    }
    call.reply().integer(removed);
  }

  /** HEXISTS key field. Whether it is there. */
  private static void hexists(Call call) {
    boolean found = call.hash().find(Hashes.named(call, 2), call.now());
    call.reply().integer(found ? 1 : 0);
  }

  /** HGET key field. Its value, or nil. */
  private static void hget(Call call) {
    replyFound(call, call.hash(), Hashes.named(call, 2));
  }

  /** HMGET key field [field ...]. Their values, nil for those that are not there. */
  private static void hmget(Call call) {
    HashValue hash = call.hash();
    int count = call.request().count();
    call.reply().array(count - 2);
    Field field = new Field();
    for (int place = 2; place < count; place++) {
      replyFound(call, hash, Hashes.named(field, call.request(), place));
    }
  }

  private static void replyFound(Call call, HashValue hash, Field field) {
    if (hash.find(field, call.now())) {
      Hashes.replyValue(call.reply(), field);
    } else {
      call.reply().nil();
    }
  }

  /** HSTRLEN key field. The length of its value, 0 if it is not there. Since Redis 3.2. */
  private static void hstrlen(Call call) {
    Field field = Hashes.named(call, 2);
    call.reply().integer(call.hash().find(field, call.now()) ? field.valueLength() : 0);
  }

  /** HLEN key. The number of fields. */
  private static void hlen(Call call) {
    call.reply().integer(call.hash().size());
  }

  /** HGETALL key. All fields and their values, a map in RESP3. */
  private static void hgetall(Call call) {
    HashValue hash = Hashes.whole(call);
    ReplyWriter reply = call.reply();
    reply.map(hash.size());
    hash.forEach(field -> {
      Hashes.replyName(reply, field);
      Hashes.replyValue(reply, field);
    });
  }

  /** HKEYS key. The names of all fields. */
  private static void hkeys(Call call) {
    HashValue hash = Hashes.whole(call);
    call.reply().array(hash.size());
    hash.forEach(field -> Hashes.replyName(call.reply(), field));
  }

  /** HVALS key. The values of all fields. */
  private static void hvals(Call call) {
    HashValue hash = Hashes.whole(call);
    call.reply().array(hash.size());
    hash.forEach(field -> Hashes.replyValue(call.reply(), field));
  }

  /** HSET key field value [field value ...]. How many of the fields are new. */
  private static void hset(Call call) {
    call.reply().integer(setAll(call));
  }

  /** HMSET key field value [field value ...]. OK; HSET does the same. */
  private static void hmset(Call call) {
    int unused = setAll(call);
    call.reply().ok();
  }

  private static int setAll(Call call) {
    Request request = call.request();
    int count = request.count();
    if (count % 2 == 1) {
      throw CommandException.arity(request.text(0).toLowerCase(Locale.ROOT));
    }
    HashEdit edit = Hashes.edit(call);
    if (count == 4) {
      edit.alone();
    } else {
      edit.expect(Hashes.packedSize(request, 2, count));
    }
    Field field = new Field();
    int added = 0;
    for (int place = 2; place < count; place += 2) {
      if (edit.put(Hashes.pair(field, request, place).expireAt(Entry.NEVER))) {
        added++;
      }
    }
    Hashes.commit(call, edit, "hset");
    return added;
  }

  /** HSETNX key field value. Whether it was set: it may not have been there. */
  private static void hsetnx(Call call) {
    HashEdit edit = Hashes.edit(call);
    Field field = Hashes.named(call, 2);
    if (edit.find(field)) {
      call.reply().integer(0);
      return;
    }
    edit.put(Hashes.pair(field, call.request(), 2).expireAt(Entry.NEVER));
    Hashes.commit(call, edit, "hset");
    call.reply().integer(1);
  }

  /** HINCRBY key field number. The new value; a missing field counts as 0. */
  private static void hincrby(Call call) {
    long increment = call.arguments().skip(2).nextLong();
    HashEdit edit = Hashes.edit(call);
    Field field = Hashes.named(call, 2);
    long value = 0;
    if (edit.find(field)) {
      if (!Ascii.isLong(field.valueBytes(), field.valueOffset(), field.valueLength())) {
        throw NOT_AN_INTEGER;
      }
      value = Ascii.parseLong(field.valueBytes(), field.valueOffset(), field.valueLength());
    } else {
      field.expireAt(Entry.NEVER);
    }
    long sum = value + increment;
    if (((value ^ sum) & (increment ^ sum)) < 0) {
      throw CommandException.OVERFLOW;
    }
    edit.alone().put(field.value(Ascii.ofLong(sum)));
    Hashes.commit(call, edit, "hincrby");
    call.reply().integer(sum);
  }

  /** HINCRBYFLOAT key field number. The new value as a bulk string, also in RESP3. */
  private static void hincrbyfloat(Call call) {
    LongDouble increment = CounterCommands.number(call, 3, CommandException.NOT_A_FLOAT);
    if (increment.isInfinite()) {
      throw NO_INCREMENT;
    }
    HashEdit edit = Hashes.edit(call);
    Field field = Hashes.named(call, 2);
    LongDouble value = LongDouble.ZERO;
    if (edit.find(field)) {
      value = LongDouble.parse(field.valueBytes(), field.valueOffset(), field.valueLength());
      if (value == null) {
        throw NOT_A_FLOAT;
      }
    } else {
      field.expireAt(Entry.NEVER);
    }
    LongDouble sum = value.plus(increment);
    if (sum == null || sum.isInfinite()) {
      throw NO_SUM;
    }
    byte[] text = Ascii.bytes(sum.toString());
    edit.alone().put(field.value(text));
    Hashes.commit(call, edit, "hincrbyfloat");
    call.reply().bulk(text);
  }
}
