package dev.redistill.commands;

import static dev.redistill.command.Command.other;

import dev.redistill.command.Arguments;
import dev.redistill.command.Call;
import dev.redistill.command.Command;
import dev.redistill.command.CommandException;
import dev.redistill.command.Flag;
import dev.redistill.command.KeyCosts;
import dev.redistill.command.KeyCosts.Cost;
import dev.redistill.command.KeyCosts.Metric;
import dev.redistill.command.KeyCosts.Options;
import dev.redistill.command.KeyCosts.Report;
import dev.redistill.resp.ReplyWriter;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** HOTKEYS: which keys cost most, measured from START to STOP. */
final class HotKeysCommands {

  static final List<Command> TABLE =
      List.of(
          other("HOTKEYS")
              .arity(-2)
              .container(
                  admin("GET").arity(2).run(HotKeysCommands::get),
                  Help.command(),
                  admin("RESET").arity(2).run(HotKeysCommands::reset),
                  admin("START").arity(-4).run(HotKeysCommands::start),
                  admin("STOP").arity(2).run(HotKeysCommands::stop)));

  private static final int USUAL_COUNT = 10;
  private static final int MOST_COUNT = 64;

  private HotKeysCommands() {}

  private static Command admin(String name) {
    return other(name).with(Flag.ADMIN, Flag.NOSCRIPT);
  }

  /**
   * HOTKEYS START METRICS number [CPU] [NET] [COUNT number] [DURATION seconds] [SAMPLE ratio]. OK;
   * from here on the cost of each key is measured.
   */
  private static void start(Call call) {
    Options options = options(call.arguments().skip(1));
    if (!costs(call).start(options, call.now())) {
      throw new CommandException("ERR hot keys are being tracked already, HOTKEYS STOP ends that");
    }
    call.reply().ok();
  }

  private static Options options(Arguments arguments) {
    if (!arguments.take("METRICS")) {
      throw new CommandException("ERR METRICS has to come first");
    }
    long number = bounded(arguments, "METRICS", Metric.values().length);
    Set<Metric> metrics = EnumSet.noneOf(Metric.class);
    for (long i = 0; i < number; i++) {
      Metric metric = arguments.takeAny(Metric.values());
      if (metric == null || !metrics.add(metric)) {
        throw new CommandException("ERR METRICS has to be followed by as many of CPU and NET");
      }
    }
    long count = USUAL_COUNT;
    long seconds = 0;
    long ratio = 1;
    while (arguments.hasNext()) {
      if (arguments.take("COUNT")) {
        count = bounded(arguments, "COUNT", MOST_COUNT);
      } else if (arguments.take("DURATION")) {
        seconds = bounded(arguments, "DURATION", Integer.MAX_VALUE);
      } else if (arguments.take("SAMPLE")) {
        ratio = bounded(arguments, "SAMPLE", Integer.MAX_VALUE);
      } else {
        throw CommandException.SYNTAX;
      }
    }
    return new Options(metrics, (int) count, seconds, (int) ratio);
  }

  private static long bounded(Arguments arguments, String name, long most) {
    CommandException wrong =
        new CommandException("ERR " + name + " has to be a number from 1 to " + most);
    long number = arguments.nextLong(wrong);
    if (number < 1 || number > most) {
      throw wrong;
    }
    return number;
  }

  /** HOTKEYS STOP. OK, or null if nothing was measured; what was found stays. */
  private static void stop(Call call) {
    if (costs(call).stop(call.now())) {
      call.reply().ok();
    } else {
      call.reply().nil();
    }
  }

  /** HOTKEYS RESET. OK; what was found is forgotten. */
  private static void reset(Call call) {
    if (!costs(call).reset(call.now())) {
      throw new CommandException("ERR hot keys are being tracked, HOTKEYS STOP ends that");
    }
    call.reply().ok();
  }

  /** HOTKEYS GET. What was found so far, or null if nothing was measured. */
  private static void get(Call call) {
    Report report = costs(call).report(call.now());
    ReplyWriter reply = call.reply();
    if (report == null) {
      reply.nil();
      return;
    }
    Options options = report.options();
    reply.map(8L + options.metrics().size());
    add(reply, "tracking-active", report.on() ? 1 : 0);
    add(reply, "sample-ratio", options.ratio());
    add(reply, "collection-start-time-unix-ms", report.startedAt());
    add(reply, "collection-duration-ms", report.millis());
    add(reply, "total-cpu-time-user-ms", Math.round(report.cpu().user() * 1000));
    add(reply, "total-cpu-time-sys-ms", Math.round(report.cpu().system() * 1000));
    add(reply, "sampled-commands-us", report.micros());
    add(reply, "total-net-bytes", report.bytes());
    for (Metric metric : options.metrics()) {
      reply.bulk(metric == Metric.CPU ? "by-cpu-time-us" : "by-net-bytes");
      List<Cost> costs = costs(call).costs(metric);
      reply.array(2L * costs.size());
      for (Cost cost : costs) {
        reply.bulk(cost.name());
        reply.integer(cost.cost());
      }
    }
  }

  private static void add(ReplyWriter reply, String name, long value) {
    reply.bulk(name);
    reply.integer(value);
  }

  private static KeyCosts costs(Call call) {
    return call.services().statistics().keyCosts();
  }
}
