package dev.redistill.http;

import io.prometheus.client.Collector.MetricFamilySamples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The metrics that are fields of INFO: a line each, with the name that redis_exporter gives them.
 */
final class InfoMetrics {

  /**
   * One of them.
   *
   * @param field the field of INFO
   * @param name the name of the metric, without {@code redis_}
   * @param counts whether it only grows
   * @param help what it tells
   */
  record Line(String field, String name, boolean counts, String help) {}

  static final List<Line> TABLE =
      List.of(
          gauge("uptime_in_seconds", "uptime_in_seconds", "Seconds since the start."),
          gauge("process_id", "process_id", "The id of the process."),
          gauge("connected_clients", "connected_clients", "Clients that are connected."),
          gauge("blocked_clients", "blocked_clients", "Clients that wait inside a command."),
          gauge("tracking_clients", "tracking_clients", "Clients that cache what they read."),
          gauge("pubsub_clients", "pubsub_clients", "Clients that have subscribed to something."),
          gauge("maxclients", "max_clients", "Clients that may be connected."),
          gauge(
              "client_recent_max_input_buffer",
              "client_recent_max_input_buffer_bytes",
              "The most that waits of a request of one client."),
          gauge(
              "client_recent_max_output_buffer",
              "client_recent_max_output_buffer_bytes",
              "The most that waits of replies to one client."),
          gauge("used_memory", "memory_used_bytes", "What keys, values and clients take."),
          gauge("used_memory_rss", "memory_used_rss_bytes", "What the process takes."),
          gauge("used_memory_peak", "memory_used_peak_bytes", "The most that was ever used."),
          gauge("used_memory_lua", "memory_used_lua_bytes", "What scripts take."),
          gauge("used_memory_overhead", "memory_used_overhead_bytes", "What is used beside keys."),
          gauge("used_memory_startup", "memory_used_startup_bytes", "What an empty server uses."),
          gauge("used_memory_dataset", "memory_used_dataset_bytes", "What keys and values take."),
          gauge("maxmemory", "memory_max_bytes", "The setting maxmemory; 0 is none."),
          gauge(
              "mem_fragmentation_ratio",
              "memory_fragmentation_ratio",
              "How much larger the process is than what is used."),
          gauge(
              "mem_fragmentation_ratio",
              "mem_fragmentation_ratio",
              "How much larger the process is than what is used."),
          gauge("mem_clients_normal", "mem_clients_normal", "Bytes that wait on connections."),
          gauge("loading", "loading_dump_file", "Whether the keys are being loaded."),
          gauge(
              "rdb_changes_since_last_save",
              "rdb_changes_since_last_save",
              "Changes that no snapshot has."),
          gauge("rdb_bgsave_in_progress", "rdb_bgsave_in_progress", "Whether a snapshot is made."),
          gauge(
              "rdb_last_save_time",
              "rdb_last_save_timestamp_seconds",
              "When the last good snapshot was made."),
          gauge(
              "rdb_last_bgsave_status",
              "rdb_last_bgsave_status",
              "Whether the last snapshot went well."),
          counter("rdb_saves", "rdb_saves_total", "Snapshots made."),
          gauge("aof_enabled", "aof_enabled", "Whether there is an append-only file."),
          gauge("connected_slaves", "connected_slaves", "Replicas."),
          gauge(
              "master_last_io_seconds_ago",
              "master_last_io_seconds_ago",
              "Since when a replica has not heard of its master; here are none."),
          gauge("master_repl_offset", "master_repl_offset", "Bytes of replication."),
          gauge("pubsub_channels", "pubsub_channels", "Channels with subscribers."),
          gauge("pubsub_patterns", "pubsub_patterns", "Patterns with subscribers."),
          gauge("tracking_total_keys", "tracking_total_keys", "Keys that clients cache."),
          gauge("cluster_enabled", "cluster_enabled", "Whether this is a part of a cluster."),
          counter(
              "total_connections_received",
              "connections_received_total",
              "Clients that were accepted."),
          counter("total_commands_processed", "commands_processed_total", "Commands that ran."),
          counter("rejected_connections", "rejected_connections_total", "Clients turned away."),
          counter("total_net_input_bytes", "net_input_bytes_total", "Bytes received."),
          counter("total_net_output_bytes", "net_output_bytes_total", "Bytes sent."),
          counter("expired_keys", "expired_keys_total", "Keys whose time had come."),
          counter("expired_subkeys", "expired_subkeys_total", "Fields whose time had come."),
          counter("evicted_keys", "evicted_keys_total", "Keys that went to make room."),
          counter("evicted_clients", "evicted_clients_total", "Clients that went to make room."),
          counter("keyspace_hits", "keyspace_hits_total", "Reads of a key that was there."),
          counter("keyspace_misses", "keyspace_misses_total", "Reads of a key that was not."),
          counter("used_cpu_sys", "cpu_sys_seconds_total", "Processor time in the kernel."),
          counter("used_cpu_user", "cpu_user_seconds_total", "Processor time in the program."),
          counter(
              "acl_access_denied_auth",
              "acl_access_denied_auth_total",
              "Logins that were refused."),
          counter(
              "acl_access_denied_cmd", "acl_access_denied_cmd_total", "Commands not permitted."),
          counter("acl_access_denied_key", "acl_access_denied_key_total", "Keys not permitted."),
          counter(
              "acl_access_denied_channel",
              "acl_access_denied_channel_total",
              "Channels not permitted."),
          counter(
              "acl_access_denied_tls_cert",
              "acl_access_denied_tls_cert_total",
              "Certificates of clients that named nobody."));

  private static final String[] LABELS = {
    "role",
    "redis_version",
    "redis_build_id",
    "redis_mode",
    "os",
    "maxmemory_policy",
    "tcp_port",
    "run_id",
    "process_id",
    "master_replid"
  };

  private InfoMetrics() {}

  private static Line gauge(String field, String name, String help) {
    return new Line(field, name, false, help);
  }

  private static Line counter(String field, String name, String help) {
    return new Line(field, name, true, help);
  }

  /** The metrics of these fields. */
  static List<MetricFamilySamples> of(Map<String, String> fields) {
    List<MetricFamilySamples> families = new ArrayList<>();
    for (Line line : TABLE) {
      String name = "redis_" + line.name();
      Metric metric =
          line.counts() ? Metric.counter(name, line.help()) : Metric.gauge(name, line.help());
      families.add(metric.add(number(fields.getOrDefault(line.field(), "0"))).family());
    }
    Metric instance = Metric.gauge("redis_instance_info", "What the server is.", LABELS);
    String[] values = new String[LABELS.length];
    Arrays.setAll(values, i -> fields.getOrDefault(LABELS[i], ""));
    families.add(instance.add(1, values).family());
    families.addAll(databases(fields));
    return families;
  }

  private static double number(String text) {
    return switch (text) {
      case "ok" -> 1;
      case "err" -> 0;
      default -> Double.parseDouble(text);
    };
  }

  private static List<MetricFamilySamples> databases(Map<String, String> fields) {
    Metric keys = Metric.gauge("redis_db_keys", "Keys.", "db");
    Metric expiring = Metric.gauge("redis_db_keys_expiring", "Keys with an expiry.", "db");
    Metric left = Metric.gauge("redis_db_avg_ttl_seconds", "Time that those have left.", "db");
    fields.forEach((name, text) -> {
      if (name.matches("db[0-9]+")) {
        String[] parts = text.split("[=,]", -1);
        keys.add(Double.parseDouble(parts[1]), name);
        expiring.add(Double.parseDouble(parts[3]), name);
        left.add(Double.parseDouble(parts[5]) / 1000, name);
      }
    });
    if (!fields.containsKey("db0")) {
      keys.add(0, "db0");
      expiring.add(0, "db0");
    }
    return List.of(keys.family(), expiring.family(), left.family());
  }
}
