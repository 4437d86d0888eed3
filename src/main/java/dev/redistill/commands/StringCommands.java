package dev.redistill.commands;

import static dev.redistill.command.Command.read;
import static dev.redistill.command.Command.write;

import dev.redistill.command.Arguments;
import dev.redistill.command.Call;
import dev.redistill.command.Command;
import dev.redistill.command.CommandException;
import dev.redistill.command.EventClass;
import dev.redistill.command.Flag;
import dev.redistill.resp.ReplyWriter;
import dev.redistill.store.Entry;
import dev.redistill.store.Text;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Strings that are read, set and deleted whole. */
final class StringCommands {

  static final List<Command> TABLE =
      List.of(
          write("DELEX").arity(-2).key(1).fast().run(StringCommands::delex),
          write("DELIFEQ").arity(3).key(1).fast().run(StringCommands::delifeq),
          read("DIGEST").arity(2).key(1).fast().run(StringCommands::digest),
          read("GET").arity(2).key(1).fast().run(StringCommands::get),
          write("GETDEL").arity(2).key(1).fast().run(StringCommands::getdel),
          write("GETEX").arity(-2).key(1).fast().run(StringCommands::getex),
          write("GETSET").arity(3).key(1).with(Flag.DENYOOM).fast().run(StringCommands::getset),
          write("PSETEX").arity(4).key(1).with(Flag.DENYOOM).brief().run(StringCommands::psetex),
          write("SET").arity(-3).key(1).with(Flag.DENYOOM).brief().run(StringCommands::set),
          write("SETEX").arity(4).key(1).with(Flag.DENYOOM).brief().run(StringCommands::setex),
          write("SETNX").arity(3).key(1).with(Flag.DENYOOM).fast().run(StringCommands::setnx));

  private static final int LARGE = 16 * 1024;
  private static final CommandException BAD_CONDITION =
      new CommandException("ERR Invalid condition. Use IFEQ, IFNE, IFDEQ, or IFDNE");
  private static final CommandException NOT_COMPARABLE =
      new CommandException("ERR Key should be of string type if conditions are specified");

  private StringCommands() {}

  /**
   * DELEX key [IFEQ value | IFNE value | IFDEQ digest | IFDNE digest]. 1 if the key was deleted,
   * else 0. Without a condition it deletes any type. Since Redis 8.4.
   */
  private static void delex(Call call) {
    Arguments arguments = call.arguments().skip(1);
    if (arguments.left() != 0 && arguments.left() != 2) {
      throw CommandException.arity("delex");
    }
    Condition condition = null;
    if (arguments.hasNext()) {
      condition = Condition.take(arguments);
      if (condition == null || !condition.compares()) {
        throw BAD_CONDITION;
      }
    }
    Object value = call.value();
    if (condition != null && value != null && !Text.isText(value)) {
      throw NOT_COMPARABLE;
    }
    boolean met = condition == null || condition.holds(call, arguments.place());
    call.reply().integer(met && delete(call) ? 1 : 0);
  }

  /** DELIFEQ key value. 1 if the key had this value and was deleted, else 0. Since Valkey 9.0. */
  private static void delifeq(Call call) {
    boolean met = Condition.IFEQ.holds(call, 2);
    call.reply().integer(met && delete(call) ? 1 : 0);
  }

  /** DIGEST key. 16 hexadecimal digits of the value's XXH3, or nil. Since Redis 8.4. */
  private static void digest(Call call) {
    Object text = call.text();
    if (text == null) {
      call.reply().nil();
    } else {
      call.reply().bulk(HexFormat.of().toHexDigits(Condition.digest(text)));
    }
  }

  /** GET key. The value, or nil. */
  private static void get(Call call) {
    reply(call.reply(), call.text());
  }

  /** GETDEL key. The value, or nil; the key is deleted. Since Redis 6.2. */
  private static void getdel(Call call) {
    replyOld(call);
    delete(call);
  }

  /**
   * GETEX key [EX seconds | PX milliseconds | EXAT time | PXAT time | PERSIST]. The value, or nil;
   * its expiry changes as the options say. A missing key is nil even if the time is no number.
   * Since Redis 6.2.
   */
  private static void getex(Call call) {
    Arguments arguments = call.arguments().skip(1);
    Expiry expiry = new Expiry("PERSIST");
    while (arguments.hasNext()) {
      if (!expiry.take(arguments)) {
        throw CommandException.SYNTAX;
      }
    }
    replyOld(call);
    Entry entry = call.entry();
    if (entry == null) {
      return;
    }
    long at = expiry.at(call, "getex");
    if (expiry.isMoment() && at <= call.now()) {
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

  /** GETSET key value. The old value, or nil; the key has the new one and no expiry. */
  private static void getset(Call call) {
    replyOld(call);
    store(call, call.bytes(2), Entry.NEVER);
  }

  /** PSETEX key milliseconds value. OK. */
  private static void psetex(Call call) {
    long at = Expiry.afterMillis(call, "psetex", call.arguments().skip(1).nextLong());
    storeUntil(call, call.bytes(3), at);
    call.reply().ok();
  }

  /**
   * SET key value [NX | XX | IFEQ value | IFNE value | IFDEQ digest | IFDNE digest] [GET] [EX
   * seconds | PX milliseconds | EXAT time | PXAT time | KEEPTTL]. OK, or nil if the condition does
   * not hold; with GET the old value or nil in any case. The IF options since Redis 8.4.
   */
  private static void set(Call call) {
    if (call.request().count() > 3) {
      setWithOptions(call);
      return;
    }
    store(call, call.bytes(2), Entry.NEVER);
    call.reply().ok();
  }

  private static void setWithOptions(Call call) {
    SetOptions options = SetOptions.read(call.arguments().skip(2));
    long at = options.expiry().at(call, "set");
    if (options.isGet()) {
      replyOld(call);
    }
    boolean allowed = options.allow(call);
    if (allowed) {
      store(call, options, at);
    }
    if (options.isGet()) {
      return;
    }
    if (allowed) {
      call.reply().ok();
    } else {
      call.reply().nil();
    }
  }

  private static void store(Call call, SetOptions options, long at) {
    Entry entry = call.entry();
    if (options.expiry().isTime()) {
      storeUntil(call, call.bytes(2), at);
    } else {
      long expireAt = options.expiry().isWord() && entry != null ? entry.expireAt() : Entry.NEVER;
      store(call, call.bytes(2), expireAt);
    }
  }

  /** Sets the value of the first key, and its expiry as a part of the value. */
  private static void store(Call call, byte[] value, long expireAt) {
    call.database().set(call.key(), call.entry(), value, expireAt);
    call.event(EventClass.STRING, "set");
  }

  /** Sets the value of the first key and its expiry, which is an event of its own. */
  static void storeUntil(Call call, byte[] value, long expireAt) {
    store(call, value, expireAt);
    call.event(EventClass.GENERIC, "expire");
  }

  /** SETEX key seconds value. OK. */
  private static void setex(Call call) {
    long at = Expiry.afterSeconds(call, "setex", call.arguments().skip(1).nextLong());
    storeUntil(call, call.bytes(3), at);
    call.reply().ok();
  }

  /** SETNX key value. 1 if the key did not exist and was set, else 0. */
  private static void setnx(Call call) {
    if (call.entry() != null) {
      call.reply().integer(0);
      return;
    }
    store(call, call.bytes(2), Entry.NEVER);
    call.reply().integer(1);
  }

  private static boolean delete(Call call) {
    Entry entry = call.entry();
    if (entry == null) {
      return false;
    }
    call.database().remove(entry);
    call.event(EventClass.GENERIC, "del");
    return true;
  }

  /** Answers with the value that the first key has before the command changes it. */
  private static void replyOld(Call call) {
    call.countRead();
    reply(call.reply(), call.text());
  }

  /** Answers with a string as it is stored. */
  static void reply(ReplyWriter reply, @Nullable Object text) {
    if (text == null) {
      reply.nil();
    } else if (text instanceof byte[] plain) {
      reply.bulk(plain);
    } else {
      reply(reply, text, 0, Text.length(text));
    }
  }

  /** Answers with a part of a string; a large one is copied once, and sent from that copy. */
  static void reply(ReplyWriter reply, Object text, int from, int length) {
    if (length < LARGE) {
      reply.bulk(Text.bytes(text), from, length);
    } else {
      reply.bulk(Text.copy(text, from, from + length));
    }
  }
}
