package dev.redistill.commands;

import dev.redistill.command.Services;
import dev.redistill.config.Config;
import dev.redistill.config.Settings;
import dev.redistill.metrics.LatencyMonitor;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;

/** LATENCY DOCTOR: what was slow, and what can be done about it, for people. */
final class LatencyDoctor {

  private final Services services;
  private final LatencyMonitor monitor;
  private final StringBuilder report = new StringBuilder();

  private LatencyDoctor(Services services) {
    this.services = services;
    monitor = services.statistics().latencyMonitor();
  }

  static String report(Services services) {
    LatencyDoctor doctor = new LatencyDoctor(services);
    doctor.write();
    return doctor.report.toString();
  }

  private void write() {
    List<LatencyMonitor.Summary> events = monitor.latest();
    if (events.isEmpty()) {
      report.append(
          services.config().number(Settings.LATENCY_MONITOR_THRESHOLD) == 0
              ? "The latency monitor is off: nothing can be said. CONFIG SET"
                  + " latency-monitor-threshold <milliseconds> turns it on.\n"
              : "Nothing was slow since the latency monitor was turned on.\n");
      return;
    }
    report.append("Some things were slow:\n\n");
    for (int i = 0; i < events.size(); i++) {
      describe(i + 1, events.get(i));
    }
    report.append("\nWhat can be done:\n\n");
    events.forEach(event -> advise(event.name()));
    adviseAboutCollector();
  }

  private void describe(int number, LatencyMonitor.Summary event) {
    List<LatencyMonitor.Sample> samples = monitor.history(event.name());
    if (samples.isEmpty()) {
      return;
    }
    int count = samples.size();
    long average = samples.stream().mapToLong(LatencyMonitor.Sample::millis).sum() / count;
    long deviation =
        samples.stream().mapToLong(sample -> Math.abs(average - sample.millis())).sum() / count;
    long oldest = samples.stream().mapToLong(LatencyMonitor.Sample::second).min().orElse(0);
    long period = Math.max(services.clock().millis() / 1000 - oldest, 1);
    report
        .append(number)
        .append(". ")
        .append(event.name())
        .append(": ")
        .append(count)
        .append(" latency spikes (average ")
        .append(average)
        .append("ms, mean deviation ")
        .append(deviation)
        .append("ms, period ")
        .append(InfoText.fixed((double) period / count, 2))
        .append(" sec). Worst all time event ")
        .append(event.worst())
        .append("ms.\n");
  }

  private void advise(String event) {
    switch (event) {
      case "command" -> {
        adviseAboutSlowLog();
        report.append(
            "- Long commands work on much at once: see SLOWLOG GET for which, and take large keys"
                + " or ranges in smaller parts.\n");
      }
      case "fast-command" ->
          report.append(
              "- Commands that take next to no work were slow: the machine had no time for this"
                  + " process. Look for other load, a limit of the processor time, swapping or"
                  + " pauses of the collector.\n");
      default -> {}
    }
  }

  private void adviseAboutSlowLog() {
    Config config = services.config();
    long threshold = config.number(Settings.LATENCY_MONITOR_THRESHOLD);
    long slower = config.number(Settings.SLOWLOG_LOG_SLOWER_THAN);
    boolean off = slower < 0 || config.number(Settings.SLOWLOG_MAX_LEN) == 0;
    if (off || slower / 1000 > threshold) {
      report
          .append("- The slow log ")
          .append(off ? "is off" : "does not see all that the latency monitor sees")
          .append(": CONFIG SET slowlog-log-slower-than ")
          .append(threshold * 1000)
          .append(" has it keep those commands.\n");
    }
  }

  private void adviseAboutCollector() {
    long count = 0;
    long millis = 0;
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      count += Math.max(collector.getCollectionCount(), 0);
      millis += Math.max(collector.getCollectionTime(), 0);
    }
    report
        .append("- The garbage collector ran ")
        .append(count)
        .append(" times for ")
        .append(millis)
        .append(
            " ms in all. If that is much, give the heap more room (-Xmx) or lower maxmemory.\n");
  }
}
