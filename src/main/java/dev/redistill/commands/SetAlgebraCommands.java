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
import dev.redistill.store.Entry;
import dev.redistill.store.Field;
import dev.redistill.store.Probe;
import dev.redistill.store.SetBuilder;
import dev.redistill.store.SetValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** Sets made of several: what is in all of them, in any, or only in the first. */
final class SetAlgebraCommands {

  static final List<Command> TABLE =
      List.of(
          combination("SDIFF").run(call -> Sets.reply(call, difference(call, 1))),
          storing("SDIFFSTORE").run(call -> store(call, difference(call, 2), "sdiffstore")),
          combination("SINTER").run(SetAlgebraCommands::sinter),
          read("SINTERCARD")
              .arity(-3)
              .keys(KeySpec.counted(2, 1))
              .run(SetAlgebraCommands::sintercard),
          storing("SINTERSTORE").run(SetAlgebraCommands::sinterstore),
          combination("SUNION").run(call -> Sets.reply(call, union(call, 1))),
          storing("SUNIONSTORE").run(call -> store(call, union(call, 2), "sunionstore")));

  private static final CommandException NO_KEYS =
      new CommandException("ERR numkeys should be greater than 0");
  private static final CommandException TOO_MANY_KEYS =
      new CommandException("ERR Number of keys can't be greater than number of args");
  private static final CommandException NEGATIVE_LIMIT =
      new CommandException("ERR LIMIT can't be negative");

  private SetAlgebraCommands() {}

  /** NAME key [key ...]. The members, a set in RESP3. */
  private static Command combination(String name) {
    return read(name).arity(-2).keys(1, -1, 1);
  }

  /** NAME destination key [key ...]. How many members the destination has got. */
  private static Command storing(String name) {
    return write(name).arity(-3).keys(1, -1, 1).with(Flag.DENYOOM);
  }

  /** SINTER key [key ...]. The members of all sets. */
  private static void sinter(Call call) {
    List<Field> members = new ArrayList<>();
    List<SetValue> sets = sets(call, 1, call.request().count());
    long unused = intersect(sets, Long.MAX_VALUE, member -> members.add(member.copy()));
    call.reply().set(members.size());
    members.forEach(member -> Hashes.replyName(call.reply(), member));
  }

  /** SINTERSTORE destination key [key ...]. How many members the destination has got. */
  private static void sinterstore(Call call) {
    List<SetValue> sets = sets(call, 2, call.request().count());
    SetBuilder builder = new SetBuilder(Sets.limits(call), 0);
    long unused = intersect(sets, Long.MAX_VALUE, member -> add(builder, member));
    store(call, builder.finish(), "sinterstore");
  }

  /**
   * SINTERCARD count key [key ...] [LIMIT limit]. How many members all sets have in common, or the
   * limit if there are more. Since Redis 7.0.
   */
  private static void sintercard(Call call) {
    Arguments arguments = call.arguments();
    long keys = arguments.nextLong(NO_KEYS);
    if (keys < 1) {
      throw NO_KEYS;
    }
    if (keys > arguments.left()) {
      throw TOO_MANY_KEYS;
    }
    int end = 2 + (int) keys;
    arguments.skip((int) keys);
    long limit = 0;
    while (arguments.hasNext()) {
      if (arguments.left() < 2 || !arguments.take("LIMIT")) {
        throw CommandException.SYNTAX;
      }
      limit = arguments.nextLong(NEGATIVE_LIMIT);
      if (limit < 0) {
        throw NEGATIVE_LIMIT;
      }
    }
    long most = limit == 0 ? Long.MAX_VALUE : limit;
    call.reply().integer(intersect(sets(call, 2, end), most, member -> {}));
  }

  /** The sets of the keys from one place to another. */
  private static List<SetValue> sets(Call call, int from, int end) {
    List<SetValue> sets = new ArrayList<>(end - from);
    for (int place = from; place < end; place++) {
      sets.add(Sets.of(call.read(place)));
    }
    return sets;
  }

  /**
   * Shows up to so many members of all sets, in the order of the smallest; answers how many it was.
   */
  private static long intersect(List<SetValue> sets, long most, Consumer<Field> consumer) {
    sets.sort(Comparator.comparingInt(SetValue::size));
    List<SetValue> others = sets.subList(1, sets.size());
    long[] count = {0};
    sets.get(0)
        .forEach(member -> {
          if (count[0] < most && others.stream().allMatch(set -> set.contains(member))) {
            count[0]++;
            consumer.accept(member);
          }
        });
    return count[0];
  }

  private static SetValue union(Call call, int from) {
    List<SetValue> sets = sets(call, from, call.request().count());
    int largest = sets.stream().mapToInt(SetValue::size).max().orElse(0);
    SetBuilder builder = new SetBuilder(Sets.limits(call), largest);
    sets.forEach(set -> set.members().forEach(member -> add(builder, member)));
    return builder.finish();
  }

  private static SetValue difference(Call call, int from) {
    List<SetValue> sets = sets(call, from, call.request().count());
    List<SetValue> others = sets.subList(1, sets.size());
    SetBuilder builder = new SetBuilder(Sets.limits(call), 0);
    sets.get(0)
        .members()
        .forEach(member -> {
          if (others.stream().noneMatch(set -> set.contains(member))) {
            add(builder, member);
          }
        });
    return builder.finish();
  }

  private static void add(SetBuilder builder, Field member) {
    boolean unused = builder.add(member, Sets.isInteger(member));
  }

  /** Puts a set in the place of whatever the first key is; a set without members removes it. */
  private static void store(Call call, SetValue set, String event) {
    Entry existing = call.find(1);
    Probe key = call.probe(1);
    if (set.size() > 0) {
      Entry unused = call.database().set(key, existing, set, Entry.NEVER);
      call.event(EventClass.SET, event, key);
    } else if (existing != null) {
      call.database().remove(existing);
      call.event(EventClass.GENERIC, "del", key);
    }
    call.reply().integer(set.size());
  }
}
