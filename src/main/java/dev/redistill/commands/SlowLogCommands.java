package dev.redistill.commands;

import static dev.redistill.command.Command.other;

import dev.redistill.command.Arguments;
import dev.redistill.command.Call;
import dev.redistill.command.Command;
import dev.redistill.command.CommandException;
import dev.redistill.command.Flag;
import dev.redistill.metrics.SlowLog;
import dev.redistill.resp.ReplyWriter;
import java.util.List;

/** SLOWLOG: the commands that took longer than {@code slowlog-log-slower-than}. */
final class SlowLogCommands {

  static final List<Command> TABLE =
      List.of(
          other("SLOWLOG")
              .arity(-2)
              .container(
                  admin("GET").arity(-2).run(SlowLogCommands::get),
                  Help.command(),
                  admin("LEN").arity(2).run(SlowLogCommands::length),
                  admin("RESET").arity(2).run(SlowLogCommands::reset)));

  private static final int USUAL = 10;

  private SlowLogCommands() {}

  private static Command admin(String name) {
    return other(name).with(Flag.ADMIN, Flag.LOADING, Flag.STALE);
  }

  /** SLOWLOG GET [count]. The latest slow commands, ten unless it says how many; -1 is all. */
  private static void get(Call call) {
    Arguments arguments = call.arguments().skip(1);
    if (arguments.left() > 1) {
      throw Help.wrongArguments(call, "SLOWLOG");
    }
    long count = arguments.hasNext() ? count(arguments) : USUAL;
    List<SlowLog.Item> items = log(call).latest(count < 0 ? Long.MAX_VALUE : count);
    call.reply().array(items.size());
    items.forEach(item -> write(call.reply(), item));
  }

  private static long count(Arguments arguments) {
    CommandException wrong =
        new CommandException("ERR count should be greater than or equal to -1");
    long count = arguments.nextLong(wrong);
    if (count < -1) {
      throw wrong;
    }
    return count;
  }

  private static void write(ReplyWriter reply, SlowLog.Item item) {
    reply.array(6);
    reply.integer(item.id());
    SlowLog.Run run = item.run();
    reply.integer(run.second());
    reply.integer(run.micros());
    reply.array(run.arguments().size());
    run.arguments().forEach(reply::bulk);
    reply.bulk(run.address());
    reply.bulk(run.client());
  }

  /** SLOWLOG LEN. How many slow commands are remembered. */
  private static void length(Call call) {
    call.reply().integer(log(call).size());
  }

  /** SLOWLOG RESET. OK; they are forgotten. */
  private static void reset(Call call) {
    log(call).clear();
    call.reply().ok();
  }

  private static SlowLog log(Call call) {
    return call.services().statistics().slowLog();
  }
}
