package dev.redistill.command;

import dev.redistill.config.Config;
import dev.redistill.config.Settings;
import dev.redistill.metrics.CommandLog;
import dev.redistill.metrics.LatencyMonitor;
import dev.redistill.resp.Ascii;
import dev.redistill.resp.Request;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Notes the runs of commands that took long, or had a large request or reply, for SLOWLOG,
 * COMMANDLOG and LATENCY. Of brief commands it has to hear only while a log asks for as little as
 * theirs; the latency monitor is told of a turn of them as a whole.
 */
final class LoggedRuns {

  /** Of brief commands no request is smaller that is told of because it is large. */
  static final int LARGE = 64 * 1024;

  private static final long BRIEF_MICROS = 1000;
  private static final int MOST_ARGUMENTS = 32;
  private static final int LONGEST_ARGUMENT = 128;

  /** What stands around an argument in RESP beside its length: a sign and two ends of lines. */
  private static final int FRAME = 5;

  private static final int WIDEST_FRAME = FRAME + Ascii.LONGEST;

  private final Services services;

  LoggedRuns(Services services) {
    this.services = services;
  }

  /** Takes the settings over; answers whether brief commands may be among those that are noted. */
  boolean configure() {
    services
        .statistics()
        .latencyMonitor()
        .threshold(services.config().number(Settings.LATENCY_MONITOR_THRESHOLD));
    return asksForLess(LogKind.SLOW, BRIEF_MICROS)
        || asksForLess(LogKind.LARGE_REQUEST, LARGE)
        || asksForLess(LogKind.LARGE_REPLY, LARGE);
  }

  private boolean asksForLess(LogKind kind, long much) {
    long threshold = services.config().number(kind.threshold);
    return threshold >= 0 && threshold < much;
  }

  /** Notes a run that took so long and answered so many bytes, if that is much. */
  void note(Command command, Call call, long nanos, long replied) {
    log(LogKind.SLOW, command, call, nanos / 1000);
    noteSizes(command, call, replied);
    noteTurn(command, call.session(), nanos);
  }

  /** Notes a run whose request was large, or whose reply of so many bytes is. */
  void noteSizes(Command command, Call call, long replied) {
    Request request = call.request();
    long most = request.size() + (request.count() + 1L) * WIDEST_FRAME;
    if (most >= services.config().number(LogKind.LARGE_REQUEST.threshold)) {
      log(LogKind.LARGE_REQUEST, command, call, bytes(request));
    }
    log(LogKind.LARGE_REPLY, command, call, replied);
  }

  private static long bytes(Request request) {
    long bytes = request.size() + 3 + Ascii.length(request.count());
    for (int place = 0; place < request.count(); place++) {
      bytes += FRAME + Ascii.length(request.length(place));
    }
    return bytes;
  }

  private void log(LogKind kind, Command command, Call call, long cost) {
    Config config = services.config();
    long threshold = config.number(kind.threshold);
    if (threshold >= 0 && cost >= threshold && !command.is(Flag.SKIP_SLOWLOG)) {
      services.statistics().log(kind).add(run(command, call, cost), config.number(kind.length));
    }
  }

  /**
   * Tells the latency monitor of a run, or of a turn's brief ones, of which this was the latest.
   */
  static void noteTurn(@Nullable Command command, Session session, long nanos) {
    Call call = session.call();
    LatencyMonitor monitor = call.services().statistics().latencyMonitor();
    long millis = nanos / 1_000_000;
    if (command != null && monitor.isLong(millis)) {
      String event = command.is(Flag.FAST) ? "fast-command" : "command";
      monitor.add(event, new LatencyMonitor.Sample(call.now() / 1000, millis));
    }
  }

  private static CommandLog.Run run(Command command, Call call, long cost) {
    Session session = call.session();
    return new CommandLog.Run(
        call.now() / 1000,
        cost,
        shortened(command, call.request()),
        session.link().address(),
        session.name());
  }

  private static List<byte[]> shortened(Command command, Request request) {
    int count = request.count();
    int shown = count > MOST_ARGUMENTS ? MOST_ARGUMENTS - 1 : count;
    List<byte[]> arguments = new ArrayList<>(shown + 1);
    for (int place = 0; place < shown; place++) {
      arguments.add(Redaction.shown(command, request, place, LONGEST_ARGUMENT));
    }
    if (shown < count) {
      arguments.add(Ascii.bytes("... (" + (count - shown) + " more arguments)"));
    }
    return arguments;
  }
}
