package dev.redistill.command;

import dev.redistill.config.Settings;
import dev.redistill.resp.Request;

/**
 * Those who want to know of single runs of commands: the logs and the latency monitor, MONITOR,
 * HOTKEYS. Of brief commands they hear only while one of them asks for them.
 */
final class Observers {

  private final LoggedRuns loggedRuns;
  private final Monitors monitors;
  private final KeyCosts keyCosts;
  private volatile boolean wantAll;

  Observers(Services services) {
    loggedRuns = new LoggedRuns(services);
    monitors = services.sessions().monitors();
    keyCosts = services.statistics().keyCosts();
    for (LogKind kind : LogKind.values()) {
      services.config().onChange(kind.threshold, this::configure);
    }
    services.config().onChange(Settings.LATENCY_MONITOR_THRESHOLD, this::configure);
    monitors.onChange(this::configure);
    keyCosts.onChange(this::configure);
    configure();
  }

  private synchronized void configure() {
    wantAll = loggedRuns.configure() || !monitors.isEmpty() || keyCosts.isOn();
  }

  /** Whether each run of a command is told of. */
  boolean want(Command command) {
    return !command.isBrief() || wantAll;
  }

  /** A command has run for so long and answered so many bytes. */
  void ran(Command command, Call call, long nanos, long replied) {
    loggedRuns.note(command, call, nanos, replied);
    monitors.show(command, call.session(), call.request());
    if (keyCosts.isOn()) {
      keyCosts.note(command, call, nanos, replied);
    }
  }

  /**
   * A brief command that is not told of by itself has run; its request, or its reply from a mark
   * on, may be large.
   */
  void ranLarge(Command command, Call call, long mark) {
    loggedRuns.noteSizes(command, call, call.reply().bytesSince(mark));
  }

  /** EXEC has run, whose commands were told of before. */
  void ended(Command exec, Session session, Request request) {
    monitors.show(exec, session, request);
  }
}
