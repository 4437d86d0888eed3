package dev.redistill.commands;

import static dev.redistill.command.Command.read;
import static dev.redistill.command.Command.write;

import dev.redistill.command.Call;
import dev.redistill.command.Command;
import dev.redistill.command.EventClass;
import dev.redistill.command.Flag;
import dev.redistill.resp.Request;
import dev.redistill.store.Entry;
import dev.redistill.store.Field;
import dev.redistill.store.Probe;
import dev.redistill.store.SetEdit;
import dev.redistill.store.SetValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sets: their members one by one, or all. */
final class SetCommands {

  static final List<Command> TABLE =
      List.of(
          write("SADD").arity(-3).key(1).with(Flag.DENYOOM).fast().run(SetCommands::sadd),
          read("SCARD").arity(2).key(1).fast().run(SetCommands::scard),
          read("SISMEMBER").arity(3).key(1).fast().run(SetCommands::sismember),
          read("SMEMBERS").arity(2).key(1).run(SetCommands::smembers),
          read("SMISMEMBER").arity(-3).key(1).fast().run(SetCommands::smismember),
          write("SMOVE").arity(4).keys(1, 2, 1).fast().run(SetCommands::smove),
          write("SREM").arity(-3).key(1).fast().run(SetCommands::srem));

  private SetCommands() {}

  /** SADD key member [member ...]. How many of them are new. */
  private static void sadd(Call call) {
    SetEdit edit = Sets.edit(call);
    Request request = call.request();
    int count = request.count();
    if (count > 3) {
      edit.expect(Hashes.packedSize(request, 2, count) + count);
    }
    Field member = new Field();
    int added = 0;
    for (int place = 2; place < count; place++) {
      if (edit.add(Hashes.named(member, request, place), Sets.isInteger(member))) {
        added++;
      }
    }
    if (added > 0) {
      boolean unused = edit.commit();
      call.event(EventClass.SET, "sadd");
    }
    call.reply().integer(added);
  }

  /** SCARD key. The number of members. */
  private static void scard(Call call) {
    call.reply().integer(call.set().size());
  }

  /** SISMEMBER key member. Whether it is a member. */
  private static void sismember(Call call) {
    call.reply().integer(call.set().contains(Hashes.named(call, 2)) ? 1 : 0);
  }

  /** SMISMEMBER key member [member ...]. Of each, whether it is a member. Since Redis 6.2. */
  private static void smismember(Call call) {
    SetValue set = call.set();
    int count = call.request().count();
    call.reply().array(count - 2);
    Field member = new Field();
    for (int place = 2; place < count; place++) {
      boolean found = set.contains(Hashes.named(member, call.request(), place));
      call.reply().integer(found ? 1 : 0);
    }
  }

  /** SMEMBERS key. All members, a set in RESP3. */
  private static void smembers(Call call) {
    Sets.reply(call, call.set());
  }

  /** SREM key member [member ...]. How many were there; the key goes with its last member. */
  private static void srem(Call call) {
    SetEdit edit = Sets.edit(call);
    Field member = new Field();
    int removed = 0;
    for (int place = 2; place < call.request().count(); place++) {
      if (edit.remove(Hashes.named(member, call.request(), place))) {
        removed++;
      }
    }
    if (removed > 0) {
      Sets.commitRemoval(call, edit, "srem");
    }
    call.reply().integer(removed);
  }

  /** SMOVE source destination member. Whether it was moved: it has to be in the source. */
  private static void smove(Call call) {
    Entry source = call.find(1);
    Entry target = call.find(2);
    if (source == null) {
      call.reply().integer(0);
      return;
    }
    SetValue from = Sets.of(source);
    SetValue unused = Sets.of(target);
    Field member = Hashes.named(call, 3);
    boolean found = from.contains(member);
    if (found && source != target) {
      move(call, member, source, target);
    }
    call.reply().integer(found ? 1 : 0);
  }

  private static void move(Call call, Field member, Entry source, @Nullable Entry target) {
    Probe key = call.probe(1);
    SetEdit removal = new SetEdit(call.database(), key, source, Sets.limits(call));
    boolean unused = removal.remove(member);
    Sets.publishRemoval(call, key, "srem", removal.commit());
    key = call.probe(2);
    SetEdit addition = new SetEdit(call.database(), key, target, Sets.limits(call));
    if (addition.add(member, Sets.isInteger(member))) {
      unused = addition.commit();
      call.event(EventClass.SET, "sadd", key);
    }
  }
}
