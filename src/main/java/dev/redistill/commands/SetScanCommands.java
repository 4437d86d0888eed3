package dev.redistill.commands;

import static dev.redistill.command.Command.read;
import static dev.redistill.command.Command.write;

import dev.redistill.command.Arguments;
import dev.redistill.command.Call;
import dev.redistill.command.Command;
import dev.redistill.command.CommandException;
import dev.redistill.resp.ReplyWriter;
import dev.redistill.store.Entry;
import dev.redistill.store.Field;
import dev.redistill.store.HashValue;
import dev.redistill.store.SetEdit;
import dev.redistill.store.SetValue;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Walks through the members of a set in steps, or picks some of them by chance. */
final class SetScanCommands {

  static final List<Command> TABLE =
      List.of(
          write("SPOP").arity(-2).key(1).fast().run(SetScanCommands::spop),
          read("SRANDMEMBER").arity(-2).key(1).run(SetScanCommands::srandmember),
          read("SSCAN").arity(-3).key(1).run(SetScanCommands::sscan));

  private static final CommandException NOT_POSITIVE =
      new CommandException("ERR value is out of range, must be positive");

  /** Redis moves what is left to a new set if so many times as much is taken away. */
  private static final int MOST_TAKEN = 5;

  private SetScanCommands() {}

  /**
   * SSCAN key cursor [MATCH pattern] [COUNT count]. The cursor for the next call, 0 at the end, and
   * some members. A member that is there from the first call to the last is shown at least once.
   */
  private static void sscan(Call call) {
    long cursor = ScanCommands.cursor(call.arguments().skip(1).nextText());
    SetValue set = call.set();
    ReplyWriter reply = call.reply();
    reply.array(2);
    if (set.size() == 0) {
      reply.bulk(0);
      reply.array(0);
      return;
    }
    FieldFilter filter = FieldFilter.read(call.arguments(), false);
    List<Field> members = new ArrayList<>();
    long following =
        set.scan(
            cursor,
            filter.count(),
            member -> {
              if (filter.accepts(member)) {
                members.add(member.copy());
              }
            });
    reply.bulk(following);
    reply.array(members.size());
    members.forEach(member -> Hashes.replyName(reply, member));
  }

  /**
   * SRANDMEMBER key [count]. A member picked by chance; or so many different ones; or, if the count
   * is negative, as many picks, which may repeat.
   */
  private static void srandmember(Call call) {
    Arguments arguments = call.arguments().skip(1);
    ReplyWriter reply = call.reply();
    RandomGenerator chance = call.services().chance();
    if (!arguments.hasNext()) {
      HashValue members = call.set().members();
      if (members.size() == 0) {
        reply.nil();
      } else {
        FieldPicks.repeating(members, 1, chance, member -> Hashes.replyName(reply, member));
      }
      return;
    }
    long count = count(arguments);
    SetValue set = call.set();
    if (count == 0 || set.size() == 0) {
      reply.array(0);
    } else if (count < 0) {
      reply.array(-count);
      HashValue members = set.members();
      FieldPicks.repeating(members, -count, chance, member -> Hashes.replyName(reply, member));
    } else if (count < set.size()) {
      reply.array(count);
      HashValue members = set.members();
      FieldPicks.different(members, (int) count, chance, member -> Hashes.replyName(reply, member));
    } else {
      reply.array(set.size());
      set.forEach(member -> Hashes.replyName(reply, member));
    }
  }

  private static long count(Arguments arguments) {
    if (arguments.left() > 1) {
      throw CommandException.SYNTAX;
    }
    long count = arguments.nextLong();
    if (count == Long.MIN_VALUE) {
      throw HashScanCommands.LONGEST;
    }
    return count;
  }

  /**
   * SPOP key [count]. Removes, and replies, a member picked by chance, or so many. The key goes
   * with its last member.
   */
  private static void spop(Call call) {
    Arguments arguments = call.arguments().skip(1);
    if (!arguments.hasNext()) {
      popOne(call);
      return;
    }
    if (arguments.left() > 1) {
      throw CommandException.SYNTAX;
    }
    long count = arguments.nextLong(NOT_POSITIVE);
    if (count < 0) {
      throw NOT_POSITIVE;
    }
    SetValue set = call.set();
    Entry entry = call.entry();
    if (entry != null && count >= set.size()) {
      Sets.reply(call, set);
      call.database().remove(entry);
      Sets.publishRemoval(call, call.key(), "spop", false);
    } else if (entry == null || count == 0) {
      call.reply().set(0);
    } else {
      popSome(call, set, (int) count);
    }
  }

  private static void popOne(Call call) {
    HashValue members = call.set().members();
    if (members.size() == 0) {
      call.reply().nil();
      return;
    }
    SetEdit edit = Sets.edit(call);
    FieldPicks.repeating(
        members,
        1,
        call.services().chance(),
        member -> {
          Hashes.replyName(call.reply(), member);
          boolean unused = edit.remove(member);
        });
    Sets.commitRemoval(call, edit, "spop");
  }

  private static void popSome(Call call, SetValue set, int count) {
    List<Field> picked = new ArrayList<>(count);
    HashValue members = set.members();
    FieldPicks.different(
        members, count, call.services().chance(), member -> picked.add(member.copy()));
    int left = set.size() - count;
    boolean renews = left * (long) MOST_TAKEN <= count;
    boolean allIntegers = renews && leavesIntegers(set, picked);
    SetEdit edit = Sets.edit(call);
    call.reply().set(count);
    for (Field member : picked) {
      Hashes.replyName(call.reply(), member);
      boolean unused = edit.remove(member);
    }
    if (renews) {
      edit.renew(allIntegers);
    }
    Sets.commitRemoval(call, edit, "spop");
  }

  /** Whether all members but some are integers. */
  private static boolean leavesIntegers(SetValue set, List<Field> without) {
    int[] others = {0};
    set.members().forEach(member -> others[0] += Sets.isInteger(member) ? 0 : 1);
    return others[0] == without.stream().filter(member -> !Sets.isInteger(member)).count();
  }
}
