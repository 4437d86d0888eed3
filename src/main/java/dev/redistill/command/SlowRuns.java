package dev.redistill.command;

import dev.redistill.config.Config;
import dev.redistill.config.Settings;
import dev.redistill.metrics.LatencyMonitor;
import dev.redistill.metrics.SlowLog;
import dev.redistill.resp.Ascii;
import dev.redistill.resp.Request;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Notes the runs of commands that took long, for SLOWLOG and LATENCY. Of brief commands it has to
 * hear only while the slow log asks for times as short as theirs; the latency monitor is told of a
 * turn of them as a whole.
 */
final class SlowRuns {

  private static final long BRIEF_MICROS = 1000;
  private static final int MOST_ARGUMENTS = 32;
  private static final int LONGEST_ARGUMENT = 128;

  private final Services services;

  SlowRuns(Services services) {
    this.services = services;
  }

  /** Takes the settings over; answers whether brief commands may be among those that are noted. */
  boolean configure() {
    Config config = services.config();
    services
        .statistics()
        .latencyMonitor()
        .threshold(config.number(Settings.LATENCY_MONITOR_THRESHOLD));
    long slow = config.number(Settings.SLOWLOG_LOG_SLOWER_THAN);
    return slow >= 0 && slow < BRIEF_MICROS;
  }

  /** Notes a run if it took long. */
  void note(Command command, Call call, long nanos) {
    Config config = services.config();
    long micros = nanos / 1000;
    long slow = config.number(Settings.SLOWLOG_LOG_SLOWER_THAN);
    if (slow >= 0 && micros >= slow && !command.is(Flag.SKIP_SLOWLOG)) {
      services
          .statistics()
          .slowLog()
          .add(run(command, call, micros), config.number(Settings.SLOWLOG_MAX_LEN));
    }
    noteTurn(command, call.session(), nanos);
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

  private static SlowLog.Run run(Command command, Call call, long micros) {
    Session session = call.session();
    return new SlowLog.Run(
        call.now() / 1000,
        micros,
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
