package dev.redistill.http;

import dev.redistill.command.LogKind;
import dev.redistill.command.Services;
import dev.redistill.commands.Information;
import dev.redistill.config.HeapPlan;
import dev.redistill.config.Settings;
import dev.redistill.eviction.MissRatioCurve;
import dev.redistill.metrics.CommandLog;
import dev.redistill.metrics.LatencyMonitor;
import dev.redistill.snapshot.Snapshots;
import dev.redistill.util.Version;
import io.prometheus.client.Collector.MetricFamilySamples;
import io.prometheus.client.exporter.common.TextFormat;
import io.prometheus.client.hotspot.GarbageCollectorExports;
import io.prometheus.client.hotspot.MemoryPoolsExports;
import io.prometheus.client.hotspot.StandardExports;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All metrics in the text format of Prometheus: under {@code redis_} those that redis_exporter has,
 * by its names and labels, under {@code redistill_} ours, under {@code jvm_} and {@code process_}
 * what the Java client has. Read from the server when they are asked for; nothing is kept.
 */
final class Exposition {

  private final Services services;
  private final StandardExports process = new StandardExports();
  private final GarbageCollectorExports collector = new GarbageCollectorExports();
  private final MemoryPoolsExports pools = new MemoryPoolsExports();

  Exposition(Services services) {
    this.services = services;
  }

  /** The content type for a client that accepts these. */
  static String contentType(@Nullable String accepted) {
    return TextFormat.chooseContentType(accepted);
  }

  /** The text in one of the two formats. */
  String text(String contentType) throws IOException {
    StringWriter writer = new StringWriter();
    TextFormat.writeFormat(contentType, writer, Collections.enumeration(families()));
    return writer.toString();
  }

  private List<MetricFamilySamples> families() {
    List<MetricFamilySamples> families = new ArrayList<>();
    families.add(gauge("redis_up", "Whether the server answers.", 1));
    families.addAll(InfoMetrics.of(Information.fields(services)));
    families.addAll(new CommandMetrics().of(services));
    families.addAll(new KeyMetrics().of(services));
    addSettings(families);
    addErrors(families);
    addSlowRuns(families);
    addOurs(families);
    addHitRatios(families);
    addSnapshots(families);
    families.addAll(process.collect());
    families.addAll(collector.collect());
    families.addAll(pools.collect());
    return families;
  }

  private void addSettings(List<MetricFamilySamples> families) {
    families.add(gauge("redis_start_time_seconds", "When it started.", startedAt()));
    families.add(
        gauge(
            "redis_config_maxclients",
            "The setting maxclients.",
            services.config().number(Settings.MAXCLIENTS)));
    families.add(
        gauge(
            "redis_config_maxmemory",
            "The setting maxmemory.",
            services.config().bytes(Settings.MAXMEMORY)));
  }

  private double startedAt() {
    return services.lifecycle().startedAt() / 1000.0;
  }

  private void addErrors(List<MetricFamilySamples> families) {
    Metric errors = Metric.counter("redis_errors_total", "Error replies.", "err");
    new TreeMap<>(services.statistics().errorsByCode())
        .forEach((code, count) -> errors.add(count.sum(), code));
    families.add(errors.family());
  }

  private void addSlowRuns(List<MetricFamilySamples> families) {
    CommandLog log = services.statistics().log(LogKind.SLOW);
    List<CommandLog.Item> last = log.latest(1);
    families.add(gauge("redis_slowlog_length", "Slow commands that are remembered.", log.size()));
    families.add(
        gauge(
            "redis_slowlog_last_id",
            "The number of the last of them.",
            last.isEmpty() ? 0 : last.getFirst().id()));
    families.add(
        gauge(
            "redis_last_slow_execution_duration_seconds",
            "How long the last of them took.",
            last.isEmpty() ? 0 : last.getFirst().run().cost() / 1e6));
    Metric when =
        Metric.gauge("redis_latency_spike_last", "When something was slow.", "event_name");
    Metric howLong =
        Metric.gauge("redis_latency_spike_duration_seconds", "How long that took.", "event_name");
    for (LatencyMonitor.Summary event : services.statistics().latencyMonitor().latest()) {
      when.add(event.last().second(), event.name());
      howLong.add(event.last().millis() / 1e3, event.name());
    }
    families.add(when.family());
    families.add(howLong.family());
  }

  private void addOurs(List<MetricFamilySamples> families) {
    Metric build =
        Metric.gauge("redistill_build_info", "What is running.", "version", "java_version");
    build.add(1, Version.number(), Runtime.version().toString());
    families.add(build.family());
    families.add(
        gauge(
            "redistill_memory_limit_bytes",
            "What may be used: maxmemory, or what the heap can hold.",
            services.memory().limit()));
    families.add(
        gauge(
            "redistill_memory_budget_ratio",
            "The part of that which is used.",
            (double) services.memory().used() / Math.max(services.memory().limit(), 1)));
    families.add(
        gauge("redistill_heap_capacity_bytes", "What the heap can hold.", HeapPlan.capacity()));
    families.add(
        gauge(
            "redistill_client_threads",
            "Virtual threads that serve clients.",
            services.sessions().count()));
    Metric policy = Metric.gauge("redistill_eviction_policy", "What is evicted first.", "policy");
    policy.add(1, services.config().text(Settings.MAXMEMORY_POLICY));
    families.add(policy.family());
  }

  private void addHitRatios(List<MetricFamilySamples> families) {
    MissRatioCurve curve = services.memory().curve();
    Metric ratio =
        Metric.gauge(
            "redistill_hit_ratio",
            "The part of the lookups that finds its key of late, and about what it would be with"
                + " so many times the memory.",
            "memory");
    ratio.add(curve.now(), "1");
    if (curve.samples() > 0) {
      ratio.add(curve.half(), "0.5");
      ratio.add(curve.twice(), "2");
      ratio.add(curve.fourfold(), "4");
    }
    families.add(ratio.family());
  }

  private void addSnapshots(List<MetricFamilySamples> families) {
    Snapshots snapshots = services.snapshots();
    families.add(
        gauge(
            "redistill_snapshot_failed",
            "Whether the last snapshot failed.",
            snapshots.failed() ? 1 : 0));
    families.add(
        gauge(
            "redistill_snapshot_duration_seconds",
            "How long the last snapshot took, -1 if there was none.",
            snapshots.seconds()));
    families.add(
        gauge(
            "redistill_snapshot_keys_done",
            "Keys written by the snapshot that is being made.",
            snapshots.keysDone()));
    families.add(
        gauge("redistill_snapshot_keys", "Keys that this snapshot has.", snapshots.keysTotal()));
  }

  private static MetricFamilySamples gauge(String name, String help, Number value) {
    return Metric.gauge(name, help).add(value).family();
  }
}
