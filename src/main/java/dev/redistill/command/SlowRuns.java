package dev.redistill.command;

import dev.redistill.config.Config;
import dev.redistill.config.Settings;
import dev.redistill.metrics.LatencyMonitor;
import dev.redistill.metrics.SlowLog;
import dev.redistill.resp.Ascii;
import dev.redistill.resp.Request;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Notes the runs of commands that took long, for SLOWLOG and LATENCY. Brief commands are measured
 * by themselves only while the settings ask for times as short as theirs.
 */
final class SlowRuns {

  private static final long BRIEF_MICROS = 1000;
  private static final int MOST_ARGUMENTS = 32;
  private static final int LONGEST_ARGUMENT = 128;
  private static final byte[] REDACTED = Ascii.bytes("(redacted)");

  private final Services services;
  private volatile boolean measuresAll;

  SlowRuns(Services services) {
    this.services = services;
    services.config().onChange(Settings.SLOWLOG_LOG_SLOWER_THAN, this::configure);
    services.config().onChange(Settings.LATENCY_MONITOR_THRESHOLD, this::configure);
    configure();
  }

  private void configure() {
    Config config = services.config();
    long slow = config.number(Settings.SLOWLOG_LOG_SLOWER_THAN);
    boolean monitors = config.number(Settings.LATENCY_MONITOR_THRESHOLD) > 0;
    measuresAll = monitors || (slow >= 0 && slow < BRIEF_MICROS);
  }

  /** Whether the time of each run of a command is taken. */
  boolean measures(Command command) {
    return !command.isBrief() || measuresAll;
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
    long threshold = config.number(Settings.LATENCY_MONITOR_THRESHOLD);
    if (threshold > 0 && micros / 1000 >= threshold) {
      services
          .statistics()
          .latencyMonitor()
          .add(
              command.is(Flag.FAST) ? "fast-command" : "command",
              new LatencyMonitor.Sample(call.now() / 1000, micros / 1000));
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
      arguments.add(isSecret(command, request, place) ? REDACTED : shortened(request.bytes(place)));
    }
    if (shown < count) {
      arguments.add(Ascii.bytes("... (" + (count - shown) + " more arguments)"));
    }
    return arguments;
  }

  private static byte[] shortened(byte[] argument) {
    if (argument.length <= LONGEST_ARGUMENT) {
      return argument;
    }
    byte[] note = Ascii.bytes("... (" + (argument.length - LONGEST_ARGUMENT) + " more bytes)");
    byte[] shortened = Arrays.copyOf(argument, LONGEST_ARGUMENT + note.length);
    System.arraycopy(note, 0, shortened, LONGEST_ARGUMENT, note.length);
    return shortened;
  }

  /** Whether an argument is a password: the value of a setting that holds one, or a login. */
  private static boolean isSecret(Command command, Request request, int place) {
    return switch (command.name()) {
      case "auth", "hello" -> place > 0;
      case "acl|setuser" -> place > 1;
      case "acl|dryrun" -> place > 3;
      case "config|set" -> place > 2 && isPassword(request.text(place - 1));
      default -> false;
    };
  }

  private static boolean isPassword(String setting) {
    String name = setting.toLowerCase(Locale.ROOT);
    return name.contains("pass") || name.contains("auth");
  }
}
