package dev.redistill.http;

import dev.redistill.command.Command;
import dev.redistill.command.CommandStatistics;
import dev.redistill.command.Services;
import dev.redistill.metrics.LatencyHistogram;
import io.prometheus.client.Collector;
import io.prometheus.client.Collector.MetricFamilySamples;
import java.util.List;

/** What the commands did and how long they took, by their names. Used by one thread. */
final class CommandMetrics {

  private static final List<String> BUCKET = List.of("cmd", "le");
  private static final List<String> COMMAND = List.of("cmd");
  private static final long FIRST_BOUND = 1024;
  private static final int BOUNDS = 21;

  private final Metric calls = Metric.counter("redis_commands_total", "Runs of a command.", "cmd");
  private final Metric seconds =
      Metric.counter("redis_commands_duration_seconds_total", "Time of all its runs.", "cmd");
  private final Metric rejected =
      Metric.counter(
          "redis_commands_rejected_calls_total", "Calls of a command that were refused.", "cmd");
  private final Metric failed =
      Metric.counter("redis_commands_failed_calls_total", "Runs that ended in an error.", "cmd");
  private final Metric latencies =
      Metric.histogram(
          "redistill_command_duration_seconds", "How many runs of a command took up to how long.");

  /** The metrics of all commands that were ever called. */
  List<MetricFamilySamples> of(Services services) {
    for (Command command : services.commands().all()) {
      add(command);
      command.subcommands().forEach(this::add);
    }
    return List.of(
        calls.family(), seconds.family(), rejected.family(), failed.family(), latencies.family());
  }

  private void add(Command command) {
    CommandStatistics statistics = command.statistics();
    String name = command.name();
    long count = statistics.calls();
    if (count == 0 && statistics.rejected() == 0 && statistics.failed() == 0) {
      return;
    }
    calls.add(count, name);
    seconds.add(statistics.micros() / 1e6, name);
    rejected.add(statistics.rejected(), name);
    failed.add(statistics.failed(), name);
    if (statistics.latencies().count() > 0) {
      addLatencies(name, statistics, count);
    }
  }

  /** The runs whose time was taken stand for all; the bounds are powers of two. */
  private void addLatencies(String name, CommandStatistics statistics, long count) {
    LatencyHistogram histogram = statistics.latencies();
    double timed = histogram.count();
    for (int i = 0; i < BOUNDS; i++) {
      long bound = FIRST_BOUND << i;
      double share = Math.min(1, histogram.countUpTo(bound) / timed);
      List<String> labels = List.of(name, Collector.doubleToGoString(bound / 1e9));
      latencies.addPart("_bucket", BUCKET, labels, Math.round(count * share));
    }
    latencies.addPart("_bucket", BUCKET, List.of(name, "+Inf"), count);
    latencies.addPart("_count", COMMAND, List.of(name), count);
    latencies.addPart("_sum", COMMAND, List.of(name), statistics.micros() / 1e6);
  }
}
