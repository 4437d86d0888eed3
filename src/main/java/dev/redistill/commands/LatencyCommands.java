package dev.redistill.commands;

import static dev.redistill.command.Command.other;

import dev.redistill.command.Arguments;
import dev.redistill.command.Call;
import dev.redistill.command.Command;
import dev.redistill.command.CommandException;
import dev.redistill.command.Flag;
import dev.redistill.config.Settings;
import dev.redistill.metrics.LatencyGraph;
import dev.redistill.metrics.LatencyHistogram;
import dev.redistill.metrics.LatencyMonitor;
import dev.redistill.resp.Ascii;
import dev.redistill.resp.ReplyWriter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** LATENCY: how long commands take, and the moments in which they took long. */
final class LatencyCommands {

  static final List<Command> TABLE =
      List.of(
          other("LATENCY")
              .arity(-2)
              .container(
                  admin("DOCTOR").arity(2).run(LatencyCommands::doctor),
                  admin("GRAPH").arity(3).run(LatencyCommands::graph),
                  Help.command(),
                  admin("HISTOGRAM").arity(-2).run(LatencyCommands::histogram),
                  admin("HISTORY").arity(3).run(LatencyCommands::history),
                  admin("LATEST").arity(2).run(LatencyCommands::latest),
                  admin("RESET").arity(-2).run(LatencyCommands::reset)));

  private static final long FIRST_BOUND = 1024;
  private static final int BOUNDS = 21;

  private LatencyCommands() {}

  private static Command admin(String name) {
    return other(name).with(Flag.ADMIN, Flag.NOSCRIPT, Flag.LOADING, Flag.STALE);
  }

  /**
   * LATENCY HISTOGRAM [command ...]. Of each command that ran how many of its runs took up to how
   * long.
   */
  private static void histogram(Call call) {
    boolean tracks = call.services().config().flag(Settings.LATENCY_TRACKING);
    List<Command> ran = wanted(call).stream().filter(command -> tracks && hasRun(command)).toList();
    call.reply().map(ran.size());
    ran.forEach(command -> write(call.reply(), command));
  }

  private static boolean hasRun(Command command) {
    return command.statistics().latencies().count() > 0;
  }

  /** The named commands, or all; a command with subcommands stands for these. */
  private static Set<Command> wanted(Call call) {
    Arguments arguments = call.arguments().skip(1);
    Set<Command> wanted = new LinkedHashSet<>();
    if (!arguments.hasNext()) {
      call.services().commands().all().forEach(command -> addWithParts(wanted, command));
    }
    while (arguments.hasNext()) {
      String name = arguments.nextText().toLowerCase(Locale.ROOT);
      Command command = call.services().commands().find(name);
      if (command != null) {
        addWithParts(wanted, command);
      }
    }
    return wanted;
  }

  private static void addWithParts(Set<Command> wanted, Command command) {
    wanted.add(command);
    wanted.addAll(command.subcommands());
  }

  /**
   * The counts add up; the calls whose time was taken stand for all. The bounds are powers of two
   * from 1024 ns, shown in microseconds as Redis' histograms round them: up by less than a
   * hundredth.
   */
  private static void write(ReplyWriter reply, Command command) {
    LatencyHistogram latencies = command.statistics().latencies();
    List<long[]> steps = new ArrayList<>();
    long calls = command.statistics().calls();
    long timed = latencies.count();
    long before = 0;
    for (int i = 0; i <= BOUNDS && before < timed; i++) {
      long bound = FIRST_BOUND << i;
      long count = i == BOUNDS ? timed : latencies.countUpTo(bound);
      if (count > before) {
        long share = Math.round((double) calls * count / timed);
        steps.add(new long[] {(bound + bound / 128 - 1) / 1000, share});
      }
      before = count;
    }
    reply.bulk(command.name());
    reply.map(2);
    reply.bulk("calls");
    reply.integer(calls);
    reply.bulk("histogram_usec");
    reply.map(steps.size());
    for (long[] step : steps) {
      reply.integer(step[0]);
      reply.integer(step[1]);
    }
  }

  /** LATENCY HISTORY event. When the event happened and how many milliseconds it took. */
  private static void history(Call call) {
    List<LatencyMonitor.Sample> samples =
        call.services().statistics().latencyMonitor().history(call.request().text(2));
    call.reply().array(samples.size());
    for (LatencyMonitor.Sample sample : samples) {
      call.reply().array(2);
      call.reply().integer(sample.second());
      call.reply().integer(sample.millis());
    }
  }

  /** LATENCY LATEST. Of each event when it last happened, how long it took then, and at worst. */
  private static void latest(Call call) {
    List<LatencyMonitor.Summary> events = call.services().statistics().latencyMonitor().latest();
    call.reply().array(events.size());
    for (LatencyMonitor.Summary event : events) {
      call.reply().array(4);
      call.reply().bulk(event.name());
      call.reply().integer(event.last().second());
      call.reply().integer(event.last().millis());
      call.reply().integer(event.worst());
    }
  }

  /** LATENCY DOCTOR. What was slow, and what can be done about it. */
  private static void doctor(Call call) {
    call.reply().verbatim("txt", Ascii.bytes(LatencyDoctor.report(call.services())));
  }

  /** LATENCY GRAPH event. Its samples as a picture made of characters. */
  private static void graph(Call call) {
    String name = call.request().text(2);
    LatencyMonitor monitor = call.services().statistics().latencyMonitor();
    List<LatencyMonitor.Sample> samples = monitor.history(name);
    if (samples.isEmpty()) {
      throw new CommandException("ERR No samples available for event '" + name + "'");
    }
    long worst =
        monitor.latest().stream()
            .filter(event -> event.name().equals(name))
            .mapToLong(LatencyMonitor.Summary::worst)
            .max()
            .orElse(0);
    long second = call.services().clock().millis() / 1000;
    String graph = LatencyGraph.draw(name, samples, worst, second);
    call.reply().verbatim("txt", Ascii.bytes(graph));
  }

  /** LATENCY RESET [event ...]. How many events were forgotten. */
  private static void reset(Call call) {
    Arguments arguments = call.arguments().skip(1);
    LatencyMonitor monitor = call.services().statistics().latencyMonitor();
    if (!arguments.hasNext()) {
      call.reply().integer(monitor.resetAll());
      return;
    }
    int count = 0;
    while (arguments.hasNext()) {
      count += monitor.reset(arguments.nextText()) ? 1 : 0;
    }
    call.reply().integer(count);
  }
}
