package dev.redistill.commands;

import static dev.redistill.command.Command.read;
import static dev.redistill.command.Command.write;

import dev.redistill.command.Arguments;
import dev.redistill.command.Call;
import dev.redistill.command.Command;
import dev.redistill.command.CommandException;
import dev.redistill.command.Flag;
import dev.redistill.store.Entry;
import dev.redistill.store.Field;
import dev.redistill.store.HashEdit;
import dev.redistill.store.HashValue;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** When fields of hashes expire. All since Redis 7.4. */
final class HashExpiryCommands {

  static final List<Command> TABLE =
      List.of(
          expire("HEXPIRE", 1000, true),
          expire("HEXPIREAT", 1000, false),
          time("HEXPIRETIME", 1000, false),
          write("HPERSIST").arity(-5).key(1).fast().run(HashExpiryCommands::hpersist),
          expire("HPEXPIRE", 1, true),
          expire("HPEXPIREAT", 1, false),
          time("HPEXPIRETIME", 1, false),
          time("HPTTL", 1, true),
          time("HTTL", 1000, true));

  private static final CommandException NO_COUNT =
      new CommandException("ERR Parameter `numFields` should be greater than 0");
  private static final long NO_FIELD = -2;
  private static final long NO_EXPIRY = -1;
  private static final long NOT_MET = 0;
  private static final long DONE = 1;
  private static final long DELETED = 2;

  private HashExpiryCommands() {}

  /**
   * HEXPIRE, HEXPIREAT, HPEXPIRE, HPEXPIREAT key time [NX | XX | GT | LT] FIELDS count field [field
   * ...]. For each field: 1 it was set, 0 the condition is not met, 2 the time is over and the
   * field deleted, -2 there is no such field.
   */
  private static Command expire(String name, int unit, boolean relative) {
    String command = name.toLowerCase(Locale.ROOT);
    return write(name)
        .arity(-6)
        .key(1)
        .with(Flag.DENYOOM)
        .fast()
        .run(call -> expire(call, unit, relative ? call.now() : 0, command));
  }

  private static void expire(Call call, int unit, long base, String command) {
    HashValue unused = call.hash();
    Arguments arguments = call.arguments().skip(1);
    long at = FieldTime.moment(arguments.nextLong(), unit, base, command);
    ExpiryCondition condition = arguments.takeAny(ExpiryCondition.values());
    FieldList fields = FieldList.read(arguments, NO_COUNT);
    call.reply().array(fields.count());
    HashEdit edit = Hashes.edit(call);
    boolean over = at <= call.now();
    boolean changed = false;
    Field field = new Field();
    for (int place = fields.first(); place < fields.end(); place++) {
      long result = check(edit, Hashes.named(field, call.request(), place), at, condition);
      if (result == DONE && over) {
        edit.remove(Hashes.named(field, call.request(), place));
        result = DELETED;
      } else if (result == DONE) {
        edit.expire(field, at);
      }
      changed |= result > 0;
      call.reply().integer(result);
    }
    if (changed && over) {
      Hashes.commitRemoval(call, edit);
    } else if (changed) {
      Hashes.commit(call, edit, "hexpire");
    }
  }

  private static long check(
      HashEdit edit, Field field, long at, @Nullable ExpiryCondition condition) {
    if (!edit.find(field)) {
      return NO_FIELD;
    }
    if (condition != null && !condition.allows(field.expireAt(), at)) {
      return NOT_MET;
    }
    return DONE;
  }

  /**
   * HPERSIST key FIELDS count field [field ...]. For each field: 1 it expires no more, -1 it had no
   * expiry, -2 there is no such field.
   */
  private static void hpersist(Call call) {
    HashValue unused = call.hash();
    FieldList fields = FieldList.read(call.arguments().skip(1));
    call.reply().array(fields.count());
    HashEdit edit = Hashes.edit(call);
    boolean changed = false;
    Field field = new Field();
    for (int place = fields.first(); place < fields.end(); place++) {
      if (!edit.find(Hashes.named(field, call.request(), place))) {
        call.reply().integer(NO_FIELD);
      } else if (!field.expires()) {
        call.reply().integer(NO_EXPIRY);
      } else {
        edit.expire(field, Entry.NEVER);
        changed = true;
        call.reply().integer(DONE);
      }
    }
    if (changed) {
      Hashes.commit(call, edit, "hpersist");
    }
  }

  /**
   * HTTL, HPTTL key FIELDS count field [field ...]: the time left of each field. HEXPIRETIME,
   * HPEXPIRETIME: the Unix time of its end. -1 without an expiry, -2 without the field; seconds are
   * rounded up.
   */
  private static Command time(String name, int unit, boolean relative) {
    return read(name)
        .arity(-5)
        .key(1)
        .fast()
        .run(call -> time(call, unit, relative ? call.now() : 0));
  }

  private static void time(Call call, int unit, long base) {
    HashValue hash = call.hash();
    FieldList fields = FieldList.read(call.arguments().skip(1));
    call.reply().array(fields.count());
    Field field = new Field();
    for (int place = fields.first(); place < fields.end(); place++) {
      if (!hash.find(Hashes.named(field, call.request(), place), call.now())) {
        call.reply().integer(NO_FIELD);
      } else if (!field.expires()) {
        call.reply().integer(NO_EXPIRY);
      } else {
        call.reply().integer((field.expireAt() - base + unit - 1) / unit);
      }
    }
  }
}
