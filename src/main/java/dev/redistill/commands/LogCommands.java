package dev.redistill.commands;

import static dev.redistill.command.Command.other;

import dev.redistill.command.Arguments;
import dev.redistill.command.Call;
import dev.redistill.command.Command;
import dev.redistill.command.CommandException;
import dev.redistill.command.Flag;
import dev.redistill.command.LogKind;
import dev.redistill.metrics.CommandLog;
import dev.redistill.resp.ReplyWriter;
import java.util.List;

/**
 * COMMANDLOG: the commands that took long, or had a large request or reply; and SLOWLOG, the first
 * of these logs by itself.
 */
final class LogCommands {

  static final List<Command> TABLE =
      List.of(
          other("COMMANDLOG")
              .arity(-2)
              .container(
                  admin("GET").arity(4).run(LogCommands::getOfKind),
                  Help.command(),
                  admin("LEN").arity(3).run(call -> length(call, kind(call, 2))),
                  admin("RESET").arity(3).run(call -> reset(call, kind(call, 2)))),
          other("SLOWLOG")
              .arity(-2)
              .container(
                  admin("GET").arity(-2).run(LogCommands::getSlow),
                  Help.command(),
                  admin("LEN").arity(2).run(call -> length(call, LogKind.SLOW)),
                  admin("RESET").arity(2).run(call -> reset(call, LogKind.SLOW))));

  private static final int USUAL = 10;

  private LogCommands() {}

  private static Command admin(String name) {
    return other(name).with(Flag.ADMIN, Flag.LOADING, Flag.STALE);
  }

  /** SLOWLOG GET [count]. The latest slow commands, ten unless it says how many; -1 is all. */
  private static void getSlow(Call call) {
    Arguments arguments = call.arguments().skip(1);
    if (arguments.left() > 1) {
      throw Help.wrongArguments(call, "SLOWLOG");
    }
    get(call, arguments.hasNext() ? count(arguments) : USUAL, LogKind.SLOW);
  }

  /** COMMANDLOG GET count slow|large-request|large-reply. The latest of these; -1 is all. */
  private static void getOfKind(Call call) {
    long count = count(call.arguments().skip(1));
    get(call, count, kind(call, 3));
  }

  private static void get(Call call, long count, LogKind kind) {
    List<CommandLog.Item> items = log(call, kind).latest(count < 0 ? Long.MAX_VALUE : count);
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

  private static LogKind kind(Call call, int place) {
    LogKind kind = LogKind.named(call.request().text(place));
    if (kind == null) {
      throw new CommandException(
          "ERR type should be one of the following: slow, large-request, large-reply");
    }
    return kind;
  }

  private static void write(ReplyWriter reply, CommandLog.Item item) {
    reply.array(6);
    reply.integer(item.id());
    CommandLog.Run run = item.run();
    reply.integer(run.second());
    reply.integer(run.cost());
    reply.array(run.arguments().size());
    run.arguments().forEach(reply::bulk);
    reply.bulk(run.address());
    reply.bulk(run.client());
  }

  /** COMMANDLOG LEN type, SLOWLOG LEN. How many commands the log remembers. */
  private static void length(Call call, LogKind kind) {
    call.reply().integer(log(call, kind).size());
  }

  /** COMMANDLOG RESET type, SLOWLOG RESET. OK; they are forgotten. */
  private static void reset(Call call, LogKind kind) {
    log(call, kind).clear();
    call.reply().ok();
  }

  private static CommandLog log(Call call, LogKind kind) {
    return call.services().statistics().log(kind);
  }
}
