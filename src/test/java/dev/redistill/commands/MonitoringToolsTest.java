package dev.redistill.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How monitoring tools read INFO: the rules that each of them goes by. */
final class MonitoringToolsTest {

  private final Console console = new Console();

  @BeforeEach
  void use() {
    console.run("SET", "a", "1", "EX", "50");
    console.run("GET", "a");
    console.run("GET", "none");
    console.run("HSET", "a", "f", "v");
    console.run("CLIENT", "SETNAME", "x");
  }

  private List<String> lines(String... sections) {
    String[] request = new String[1 + sections.length];
    request[0] = "INFO";
    System.arraycopy(sections, 0, request, 1, sections.length);
    String raw = console.raw(request);
    return raw.substring(raw.indexOf("\r\n") + 2).lines().toList();
  }

  private Map<String, String> fields(String... sections) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String line : lines(sections)) {
      int colon = line.indexOf(':');
      if (!line.startsWith("#") && colon > 0) {
        assertThat(fields.put(line.substring(0, colon), line.substring(colon + 1)))
            .as(line)
            .isNull();
      }
    }
    return fields;
  }

  /** Netdata takes the first line with _version for the kind of server. */
  @Test
  void netdata_findsTheVersionAndTheCommands() {
    List<String> lines = lines("all");
    String version = lines.stream().filter(line -> line.contains("_version")).findFirst().get();
    assertThat(version).matches("redis_version:\\d+\\.\\d+\\.\\d+");
    assertThat(lines.stream().filter(line -> line.startsWith("cmdstat_")))
        .isNotEmpty()
        .allMatch(line ->
            line.matches(
                "cmdstat_[^:]+:calls=\\d+,usec=\\d+,usec_per_call=\\d+\\.\\d\\d"
                    + ",rejected_calls=\\d+,failed_calls=\\d+"));
    assertThat(fields("all").get("db0")).matches("keys=\\d+,expires=\\d+,avg_ttl=\\d+");
  }

  /** Telegraf reads each number as an integer or a float; a per cent sign may follow it. */
  @Test
  void telegraf_readsNumbersAsWhatItExpects() {
    Map<String, String> fields = fields("ALL");
    String integers =
        "uptime_in_seconds connected_clients blocked_clients used_memory used_memory_rss"
            + " used_memory_peak used_memory_lua maxmemory rdb_changes_since_last_save"
            + " rdb_bgsave_in_progress rdb_last_save_time rdb_last_bgsave_time_sec aof_enabled"
            + " aof_rewrite_in_progress total_connections_received total_commands_processed"
            + " instantaneous_ops_per_sec total_net_input_bytes total_net_output_bytes"
            + " rejected_connections sync_full sync_partial_ok sync_partial_err expired_keys"
            + " evicted_keys keyspace_hits keyspace_misses pubsub_channels pubsub_patterns"
            + " latest_fork_usec migrate_cached_sockets connected_slaves master_repl_offset"
            + " repl_backlog_active repl_backlog_size cluster_enabled tracking_clients"
            + " total_reads_processed total_writes_processed lazyfree_pending_objects"
            + " number_of_cached_scripts clients_in_timeout_table";
    for (String name : integers.split(" ", -1)) {
      assertThat(fields.get(name)).as(name).matches("-?\\d+");
    }
    String floats =
        "mem_fragmentation_ratio instantaneous_input_kbps instantaneous_output_kbps used_cpu_sys"
            + " used_cpu_user used_cpu_sys_children used_cpu_user_children expired_stale_perc"
            + " allocator_frag_ratio allocator_rss_ratio rss_overhead_ratio";
    for (String name : floats.split(" ", -1)) {
      assertThat(fields.get(name)).as(name).matches("-?\\d+\\.\\d+");
    }
    assertThat(fields.get("used_memory_peak_perc")).matches("\\d+\\.\\d+%");
    assertThat(fields.get("used_memory_dataset_perc")).matches("-?\\d+\\.\\d+%");
  }

  /** Datadog fails without the count of commands, and divides by the number of keys. */
  @Test
  void datadog_findsWhatItNeedsAndNeverDividesByZero() {
    assertThat(fields()).containsKeys("total_commands_processed", "redis_version", "role");
    assertThat(fields("keyspace")).containsOnlyKeys("db0");
    console.run("FLUSHALL");
    assertThat(fields("keyspace")).isEmpty();
    assertThat(fields("commandstats").keySet())
        .isNotEmpty()
        .allMatch(name -> name.startsWith("cmdstat_"));
    assertThat(console.run("CONFIG", "GET", "maxclients")).isEqualTo("[\"maxclients\", \"10000\"]");
    assertThat(console.run("SLOWLOG", "GET", "10")).isEqualTo("[]");
  }

  /** redis_exporter goes by the headings of the sections, capitals included. */
  @Test
  void redisExporter_findsItsSections() {
    List<String> lines = lines("ALL");
    assertThat(lines)
        .contains(
            "# Server",
            "# Replication",
            "# Commandstats",
            "# Latencystats",
            "# Errorstats",
            "# Keyspace");
    Pattern percentiles = Pattern.compile("latency_percentiles_usec_[^:]+:p50=[\\d.]+,p99=.*");
    assertThat(lines).anyMatch(line -> percentiles.matcher(line).matches());
    assertThat(lines).contains("errorstat_WRONGTYPE:count=1");
  }
}
