package dev.redistill.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What clients and monitoring tools look for in INFO. */
final class InfoIT {
  private static final Map<String, List<String>> FIELDS =
      Map.of(
          "Server",
          List.of(
              "redis_version",
              "redis_git_sha1",
              "redis_git_dirty",
              "redis_build_id",
              "redis_mode",
              "os",
              "arch_bits",
              "process_id",
              "run_id",
              "tcp_port",
              "server_time_usec",
              "uptime_in_seconds",
              "uptime_in_days",
              "hz",
              "executable",
              "config_file"),
          "Clients",
          List.of(
              "connected_clients",
              "maxclients",
              "blocked_clients",
              "tracking_clients",
              "client_recent_max_input_buffer",
              "client_recent_max_output_buffer"),
          "Memory",
          List.of(
              "used_memory",
              "used_memory_human",
              "used_memory_rss",
              "used_memory_peak",
              "used_memory_overhead",
              "used_memory_dataset",
              "used_memory_startup",
              "maxmemory",
              "maxmemory_human",
              "maxmemory_policy",
              "mem_fragmentation_ratio",
              "total_system_memory",
              "number_of_cached_scripts",
              "used_memory_lua"),
          "Persistence",
          List.of(
              "loading",
              "async_loading",
              "rdb_changes_since_last_save",
              "rdb_bgsave_in_progress",
              "rdb_last_save_time",
              "rdb_last_bgsave_status",
              "rdb_last_bgsave_time_sec",
              "rdb_current_bgsave_time_sec",
              "aof_enabled",
              "aof_rewrite_in_progress"),
          "Stats",
          List.of(
              "total_connections_received",
              "total_commands_processed",
              "instantaneous_ops_per_sec",
              "total_net_input_bytes",
              "total_net_output_bytes",
              "instantaneous_input_kbps",
              "instantaneous_output_kbps",
              "rejected_connections",
              "expired_keys",
              "evicted_keys",
              "keyspace_hits",
              "keyspace_misses",
              "pubsub_channels",
              "pubsub_patterns",
              "latest_fork_usec",
              "total_error_replies",
              "acl_access_denied_auth"),
          "Replication",
          List.of("role", "connected_slaves", "master_replid", "master_repl_offset"),
          "CPU",
          List.of("used_cpu_sys", "used_cpu_user"),
          "Cluster",
          List.of("cluster_enabled"));

  /** Fields that came after Redis 7.0. */
  private static final List<String> NEWER = List.of("acl_access_denied_auth");

  @ParameterizedTest
  @EnumSource(names = {"REDIS", "REDISTILL"})
  void everyFieldThatToolsParseIsThere(Target target) throws Exception {
    try (ServerProcess server = target.start();
        RawClient client = server.connect()) {
      FIELDS.forEach((section, fields) -> {
        Map<String, String> shown = section(client, section);
        for (String field : fields) {
          if (target != Target.REDIS || !NEWER.contains(field)) {
            assertThat(shown).as(section).containsKey(field);
          }
        }
      });
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REDIS", "REDISTILL"})
  void countersCount(Target target) throws Exception {
    try (ServerProcess server = target.start();
        RawClient client = server.connect();
        RawClient other = server.connect()) {
      other.call("PING");
      client.call("SET", "k", "v", "EX", "1000");
      client.call("SET", "j", "v");
      client.call("GET", "k");
      client.call("GET", "missing");
      client.call("INCR", "k");
      client.call("SET", "gone", "v", "PX", "1");
      Thread.sleep(10);
      client.call("GET", "gone");
      client.call("SELECT", "9");
      client.call("SET", "k", "v");

      Map<String, String> stats = section(client, "Stats");
      assertThat(stats)
          .containsEntry("keyspace_hits", "1")
          .containsEntry("keyspace_misses", "2")
          .containsEntry("expired_keys", "1")
          .containsEntry("total_error_replies", "1");
      assertThat(Long.parseLong(stats.getOrDefault("total_commands_processed", "")))
          .isBetween(9L, 12L);
      assertThat(section(client, "Clients")).containsEntry("connected_clients", "2");
      Map<String, String> keyspace = section(client, "Keyspace");
      assertThat(keyspace).containsOnlyKeys("db0", "db9");
      assertThat(keyspace.get("db0")).startsWith("keys=2,expires=1,avg_ttl=");
      assertThat(keyspace.get("db9")).startsWith("keys=1,expires=0,avg_ttl=");
      assertThat(section(client, "Commandstats").get("cmdstat_get")).startsWith("calls=3,usec=");
      assertThat(section(client, "Commandstats").get("cmdstat_incr"))
          .startsWith("calls=1,usec=")
          .endsWith("rejected_calls=0,failed_calls=1");
      assertThat(section(client, "Errorstats")).containsEntry("errorstat_ERR", "count=1");
    }
  }

  @Test
  void theFirstVersionIsThatOfRedis_forToolsThatTakeTheFirst() throws Exception {
    try (ServerProcess server = Target.REDISTILL.start();
        RawClient client = server.connect()) {
      String info = Tree.parse(client.call("INFO")).get(0).text();

      assertThat(info.lines().filter(line -> line.contains("_version")).findFirst())
          .hasValueSatisfying(line -> assertThat(line).matches("redis_version:7\\.4\\.\\d+"));
      assertThat(info).startsWith("# Server\r\n").contains("\r\nredistill_version:");
    }
  }

  private static Map<String, String> section(RawClient client, String name) {
    try {
      String text = Tree.parse(client.call("INFO", name)).get(0).text();
      assertThat(text).startsWith("# " + name + "\r\n");
      Map<String, String> fields = new LinkedHashMap<>();
      text.lines()
          .filter(line -> line.contains(":"))
          .forEach(line ->
              fields.put(
                  line.substring(0, line.indexOf(':')), line.substring(line.indexOf(':') + 1)));
      return fields;
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
