package dev.redistill.commands;

import dev.redistill.auth.Reason;
import dev.redistill.command.Command;
import dev.redistill.command.CommandStatistics;
import dev.redistill.command.Services;
import dev.redistill.command.Statistics;
import dev.redistill.command.Traffic;
import dev.redistill.config.Settings;
import dev.redistill.metrics.LatencyHistogram;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The sections of INFO about what was counted. */
final class InfoStatistics {

  private InfoStatistics() {}

  static void write(InfoText text, Services services) {
    Statistics statistics = services.statistics();
    Traffic traffic = services.sessions().traffic();
    text.section("Stats")
        .add("total_connections_received", statistics.connections())
        .add("total_commands_processed", traffic.commands())
        .add("instantaneous_ops_per_sec", Math.round(statistics.commandRate().perSecond()))
        .add("total_net_input_bytes", traffic.bytesIn())
        .add("total_net_output_bytes", traffic.bytesOut())
        .zero("total_net_repl_input_bytes", "total_net_repl_output_bytes")
        .add("instantaneous_input_kbps", statistics.inputRate().perSecond() / 1024, 2)
        .add("instantaneous_output_kbps", statistics.outputRate().perSecond() / 1024, 2)
        .add("instantaneous_input_repl_kbps", 0, 2)
        .add("instantaneous_output_repl_kbps", 0, 2)
        .add("rejected_connections", statistics.refusals())
        .zero("sync_full", "sync_partial_ok", "sync_partial_err");
    writeKeys(text, services, traffic);
    text.zero("unexpected_error_replies")
        .add("total_error_replies", statistics.errors())
        .zero("dump_payload_sanitizations")
        .add("total_reads_processed", traffic.reads())
        .add("total_writes_processed", traffic.writes())
        .zero("io_threaded_reads_processed", "io_threaded_writes_processed")
        .zero("reply_buffer_shrinks", "reply_buffer_expands")
        .add("acl_access_denied_auth", statistics.refusals(Reason.AUTH))
        .add("acl_access_denied_cmd", statistics.refusals(Reason.COMMAND))
        .add("acl_access_denied_key", statistics.refusals(Reason.KEY))
        .add("acl_access_denied_channel", statistics.refusals(Reason.CHANNEL))
        .add("acl_access_denied_tls_cert", statistics.refusals(Reason.TLS_CERT));
  }

  private static void writeKeys(InfoText text, Services services, Traffic traffic) {
    text.add("expired_keys", services.statistics().expiredOf(services.keyspace().expired()))
        .add(
            "expired_subkeys",
            services.statistics().expiredFieldsOf(services.keyspace().expiredFields()))
        .add("expired_stale_perc", 0, 2)
        .zero("expired_time_cap_reached_count", "expire_cycle_cpu_milliseconds")
        .add("evicted_keys", services.statistics().evictedOf(services.keyspace().evicted()))
        .add("evicted_clients", services.statistics().evictedClients())
        .zero("total_eviction_exceeded_time", "current_eviction_exceeded_time")
        .add("keyspace_hits", traffic.hits())
        .add("keyspace_misses", traffic.misses())
        .add("pubsub_channels", services.pubSub().channels().size())
        .add("pubsub_patterns", services.pubSub().patterns())
        .add("pubsubshard_channels", services.pubSub().shardChannels().size())
        .zero("latest_fork_usec", "total_forks", "migrate_cached_sockets")
        .zero("slave_expires_tracked_keys", "active_defrag_hits", "active_defrag_misses")
        .zero("active_defrag_key_hits", "active_defrag_key_misses")
        .zero("total_active_defrag_time", "current_active_defrag_time")
        .add("tracking_total_keys", services.tracking().keys())
        .add("tracking_total_items", services.tracking().items())
        .add("tracking_total_prefixes", services.tracking().prefixes());
  }

  static void commands(InfoText text, Services services) {
    text.section("Commandstats");
    forEach(services, command -> writeCommand(text, command));
  }

  private static void writeCommand(InfoText text, Command command) {
    CommandStatistics statistics = command.statistics();
    long calls = statistics.calls();
    if (calls == 0 && statistics.rejected() == 0 && statistics.failed() == 0) {
      return;
    }
    double each = calls == 0 ? 0 : (double) statistics.micros() / calls;
    text.add(
        "cmdstat_" + command.name(),
        "calls="
            + calls
            + ",usec="
            + statistics.micros()
            + ",usec_per_call="
            + InfoText.fixed(each, 2)
            + ",rejected_calls="
            + statistics.rejected()
            + ",failed_calls="
            + statistics.failed());
  }

  static void errors(InfoText text, Services services) {
    text.section("Errorstats");
    new TreeMap<>(services.statistics().errorsByCode())
        .forEach((code, count) -> text.add("errorstat_" + code, "count=" + count.sum()));
  }

  static void latencies(InfoText text, Services services) {
    text.section("Latencystats");
    if (services.config().flag(Settings.LATENCY_TRACKING)) {
      String percentiles = services.config().print(Settings.LATENCY_TRACKING_INFO_PERCENTILES);
      forEach(services, command -> writeLatency(text, command, percentiles.split(" ", -1)));
    }
  }

  private static void writeLatency(InfoText text, Command command, String[] percentiles) {
    LatencyHistogram latencies = command.statistics().latencies();
    if (latencies.count() == 0 || percentiles[0].isEmpty()) {
      return;
    }
    StringBuilder line = new StringBuilder();
    for (String percentile : percentiles) {
      double micros = latencies.percentile(Double.parseDouble(percentile)) / 1000.0;
      line.append(line.isEmpty() ? "p" : ",p").append(percentile).append('=');
      line.append(InfoText.fixed(micros, 3));
    }
    text.add("latency_percentiles_usec_" + command.name(), line.toString());
  }

  private static void forEach(Services services, Consumer<Command> consumer) {
    for (Command command : services.commands().all()) {
      consumer.accept(command);
      command.subcommands().forEach(consumer);
    }
  }
}
