package dev.redistill.commands;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redistill.command.Sampler;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class InfoCommandTest {

  private static final String DEFAULT =
      "Server Clients Memory Persistence Stats Replication CPU Modules Errorstats Cluster Keyspace";
  private static final String ALL =
      "Server Clients Memory Persistence Stats Replication CPU Modules Commandstats Errorstats"
          + " Latencystats Cluster Keyspace Mrc";

  private final Console console = new Console();

  private String info(String... sections) {
    String[] words = new String[sections.length + 1];
    words[0] = "INFO";
    System.arraycopy(sections, 0, words, 1, sections.length);
    String reply = console.raw(words);
    return reply.substring(reply.indexOf("\r\n") + 2, reply.length() - 2);
  }

  private static String titles(String info) {
    List<String> titles =
        Arrays.stream(info.split("\r\n", -1))
            .filter(line -> line.startsWith("# "))
            .map(line -> line.substring(2))
            .toList();
    return String.join(" ", titles);
  }

  @Test
  void sections_areThoseThatAreAskedForInTheirOrder() {
    assertThat(titles(info())).isEqualTo(DEFAULT);
    assertThat(titles(info("default"))).isEqualTo(DEFAULT);
    assertThat(titles(info("ALL"))).isEqualTo(ALL);
    assertThat(titles(info("everything"))).isEqualTo(ALL + " Prefixes Hotkeys Bigkeys Keysizes");
    assertThat(titles(info("keyspace", "SERVER", "nothing"))).isEqualTo("Server Keyspace");
    assertThat(titles(info("default", "commandstats")))
        .isEqualTo(ALL.replace("Latencystats ", "").replace(" Mrc", ""));
    assertThat(info("nothing")).isEmpty();
  }

  @Test
  void sections_areApartByAnEmptyLine() {
    assertThat(info("modules", "cluster"))
        .isEqualTo("# Modules\r\n\r\n# Cluster\r\ncluster_enabled:0\r\n");
    assertThat(console.resp3().raw("INFO", "modules")).isEqualTo("=15\r\ntxt:# Modules\r\n\r\n");
  }

  @Test
  void everyLine_isAFieldOrATitle() {
    for (String line : info("all").split("\r\n", -1)) {
      assertThat(line).matches("|# [A-Z][A-Za-z]+|[a-z0-9_|]+:.*");
    }
  }

  @Test
  void theVersionOfRedis_isTheFirstVersion() {
    assertThat(info()).startsWith("# Server\r\nredis_version:7.4.0\r\n");
    assertThat(info("server")).containsOnlyOnce("\r\nredistill_version:");
  }

  /** The fields that exporters, dashboards and client libraries read. */
  @Test
  void fieldsThatToolsRead_areThere() {
    String info = info("all");
    String fields =
        "redis_git_sha1 redis_git_dirty redis_build_id redis_mode os arch_bits process_id run_id"
            + " tcp_port server_time_usec uptime_in_seconds uptime_in_days hz executable config_file"
            + " connected_clients maxclients blocked_clients tracking_clients"
            + " client_recent_max_input_buffer client_recent_max_output_buffer used_memory"
            + " used_memory_human used_memory_rss used_memory_peak used_memory_overhead"
            + " used_memory_dataset used_memory_startup maxmemory maxmemory_human maxmemory_policy"
            + " mem_fragmentation_ratio total_system_memory number_of_cached_scripts"
            + " used_memory_lua loading async_loading rdb_changes_since_last_save"
            + " rdb_bgsave_in_progress rdb_last_save_time rdb_last_bgsave_status"
            + " rdb_last_bgsave_time_sec rdb_current_bgsave_time_sec aof_enabled"
            + " aof_rewrite_in_progress total_connections_received total_commands_processed"
            + " instantaneous_ops_per_sec total_net_input_bytes total_net_output_bytes"
            + " instantaneous_input_kbps instantaneous_output_kbps rejected_connections"
            + " expired_keys evicted_keys keyspace_hits keyspace_misses pubsub_channels"
            + " pubsub_patterns latest_fork_usec total_error_replies acl_access_denied_auth role"
            + " connected_slaves master_replid master_repl_offset used_cpu_sys used_cpu_user"
            + " cluster_enabled";
    for (String field : fields.split(" ", -1)) {
      assertThat(info).containsOnlyOnce("\r\n" + field + ":");
    }
  }

  @Test
  void keyspace_leavesOutEmptyDatabases() {
    assertThat(info("keyspace")).isEqualTo("# Keyspace\r\n");
    console.run("SELECT", "3");
    console.run("SET", "a", "1");
    console.run("SET", "b", "1");
    console.run("EXPIRE", "b", "100");
    assertThat(info("keyspace")).isEqualTo("# Keyspace\r\ndb3:keys=2,expires=1,avg_ttl=100000\r\n");
  }

  @Test
  void averageTimeToLive_isThatOfTheKeysThatHaveOne() {
    for (int i = 0; i < 1000; i++) {
      console.run("SET", "k" + i, "v", "PX", Integer.toString(10_000 + i));
      console.run("SET", "n" + i, "v");
    }
    console.advance(1000);
    long average = Long.parseLong(info("keyspace").strip().replaceAll("(?s).*avg_ttl=", ""));
    assertThat(average).isBetween(9400L, 9600L);
  }

  @Test
  void fieldsThatExpire_areCounted() {
    console.run("HSET", "h", "a", "1", "b", "2", "c", "3");
    console.run("HPEXPIRE", "h", "10", "FIELDS", "2", "a", "b");
    console.advance(20);
    console.run("HGETALL", "h");
    assertThat(info("stats")).contains("\r\nexpired_subkeys:2\r\n");
    console.run("CONFIG", "RESETSTAT");
    assertThat(info("stats")).contains("\r\nexpired_subkeys:0\r\n");
  }

  @Test
  void memory_growsWithTheKeys() {
    console.run("SET", "a", "1");
    long before = used();
    console.run("SET", "b", "x".repeat(10_000));
    long peak = used();
    assertThat(peak - before).isBetween(10_000L, 10_200L);
    console.run("DEL", "b");
    assertThat(used()).isEqualTo(before);
    assertThat(info("memory")).contains("used_memory_peak:" + peak + "\r\n");
  }

  private long used() {
    String line = info("memory").lines().filter(l -> l.startsWith("used_memory:")).findAny().get();
    return Long.parseLong(line.substring(line.indexOf(':') + 1));
  }

  @Test
  void commandStatistics_tellRunsRefusalsAndFailuresApart() {
    console.run("SET", "a", "x");
    console.run("GET", "a");
    console.run("GET", "a");
    console.run("GET");
    console.run("SELECT", "99");
    console.run("CLIENT", "ID");
    assertThat(info("commandstats"))
        .contains("\r\ncmdstat_get:calls=2,usec=0,usec_per_call=0.00,rejected_calls=1,")
        .contains(
            "\r\ncmdstat_select:calls=1,usec=0,usec_per_call=0.00,rejected_calls=0,"
                + "failed_calls=1\r\n")
        .contains("\r\ncmdstat_client|id:calls=1,")
        .doesNotContain("cmdstat_client:");
    assertThat(info("errorstats")).isEqualTo("# Errorstats\r\nerrorstat_ERR:count=2\r\n");
  }

  @Test
  void eachServer_countsItsOwnCommands() {
    console.run("GET", "a");
    Console another = new Console();
    assertThat(another.run("INFO", "commandstats")).doesNotContain("cmdstat_get");
    assertThat(info("commandstats")).contains("cmdstat_get:calls=1,");
  }

  @Test
  void latencyStatistics_showThePercentilesOfTheSettings() {
    console.run("GET", "a");
    assertThat(info("latencystats"))
        .contains("\r\nlatency_percentiles_usec_get:p50=0.000,p99=0.000,p99.9=0.000\r\n");
    console.run("CONFIG", "SET", "latency-tracking-info-percentiles", "90");
    assertThat(info("latencystats")).contains("_get:p90=0.000\r\n");
    console.run("CONFIG", "SET", "latency-tracking", "no");
    assertThat(info("latencystats")).isEqualTo("# Latencystats\r\n");
  }

  @Test
  void rates_followFromTheSamples() {
    Sampler sampler = new Sampler(console.services());
    for (int i = 0; i < 17; i++) {
      sampler.sample();
      for (int j = 0; j < 10; j++) {
        console.run("PING");
      }
      console.session().traffic().received(1024);
      console.session().traffic().sent(2048);
      console.advance(100);
    }
    assertThat(info("stats"))
        .contains("instantaneous_ops_per_sec:100\r\n")
        .contains("instantaneous_input_kbps:10.00\r\n")
        .contains("instantaneous_output_kbps:20.00\r\n");
  }

  @Test
  void failedLogins_areCounted() {
    console.run("AUTH", "somebody", "x");
    assertThat(info("stats")).contains("acl_access_denied_auth:1\r\n");
    assertThat(info("errorstats")).contains("errorstat_WRONGPASS:count=1\r\n");
  }

  @Test
  void amountsOfMemory_areLegible() {
    assertThat(InfoText.human(0)).isEqualTo("0B");
    assertThat(InfoText.human(1023)).isEqualTo("1023B");
    assertThat(InfoText.human(1536)).isEqualTo("1.50K");
    assertThat(InfoText.human(25_276_502_016L)).isEqualTo("23.54G");
  }
}
