package dev.redistill.config;

import dev.redistill.config.NumberTypes.Memory;
import dev.redistill.config.NumberTypes.Whole;
import dev.redistill.config.TextTypes.Choice;
import dev.redistill.config.TextTypes.KillerScores;
import dev.redistill.config.TextTypes.Text;
import dev.redistill.config.TextTypes.WordList;
import dev.redistill.config.TextTypes.YesNo;
import java.util.Map;

/**
 * The table of the settings that Redis 7 has and this server does not act on: they are accepted,
 * checked and shown, so that configurations and tools made for Redis work. The summary of each is
 * the reason that the warning gives.
 */
final class CompatibilitySettings {

  private static final SettingType YES_NO = new YesNo();
  private static final SettingType TEXT = new Text(false);
  private static final SettingType SECRET = new Text(true);
  private static final SettingType COUNT = new Whole(0, Integer.MAX_VALUE);
  private static final SettingType POSITIVE = new Whole(1, Integer.MAX_VALUE);
  private static final SettingType LONG_COUNT = new Whole(0, Long.MAX_VALUE);
  private static final SettingType PORT_NUMBER = new Whole(0, 65_535);
  private static final SettingType PERCENT = new Whole(0, 1000);
  private static final SettingType CYCLE = new Whole(1, 99);
  private static final SettingType BYTES = new Memory(0, Long.MAX_VALUE);

  private CompatibilitySettings() {}

  static void addTo(SettingTable table) {
    unavailable(table);
    appendOnlyFile(new Rows(table, "there is no append-only file"));
    replication(new Rows(table, "there is no replication"));
    cluster(new Rows(table, "there is no cluster"));
    transportSecurity(new Rows(table, "TLS has no use for it here"));
    memory(new Rows(table, "the garbage collector looks after memory"));
    dataTypes(new Rows(table, "it tunes the inside of Redis"));
    process(new Rows(table, "the process is not managed this way"));
    table.aliases(aliases());
  }

  /** Adds the settings without effect that share one reason. */
  private static final class Rows {

    private final SettingTable.Group group;
    private final String reason;

    Rows(SettingTable table, String reason) {
      this.group = table.group("Without effect", Effect.NONE);
      this.reason = reason;
    }

    Rows runTime(SettingType type, Object defaultValue, String... names) {
      for (String name : names) {
        group.runTime(name, type, defaultValue, reason);
      }
      return this;
    }

    Rows startUp(SettingType type, Object defaultValue, String... names) {
      for (String name : names) {
        group.startUp(name, type, defaultValue, reason);
      }
      return this;
    }
  }

  private static void unavailable(SettingTable table) {
    SettingTable.Group ignored = table.group("Without effect", Effect.DEFAULT_ONLY);
    ignored.runTime(
        "appendonly", YES_NO, "no", "there is no append-only file: use save for snapshots");
    ignored.startUp("daemonize", YES_NO, "no", "the server stays in the foreground");
    ignored.startUp("cluster-enabled", YES_NO, "no", "there is no cluster");
    ignored.startUp(
        "replicaof",
        new WordList(2, "wrong number of arguments", "<host> <port>"),
        "",
        "there is no replication");
  }

  private static void appendOnlyFile(Rows rows) {
    rows.startUp(TEXT, "appendonly.aof", "appendfilename")
        .startUp(TEXT, "appendonlydir", "appenddirname")
        .runTime(new Choice("everysec", "always", "no"), "everysec", "appendfsync")
        .runTime(YES_NO, "no", "no-appendfsync-on-rewrite", "aof-timestamp-enabled")
        .runTime(YES_NO, "no", "aof-disable-auto-gc")
        .runTime(YES_NO, "yes", "aof-load-truncated", "aof-use-rdb-preamble")
        .runTime(YES_NO, "yes", "aof-rewrite-incremental-fsync")
        .runTime(COUNT, 100, "auto-aof-rewrite-percentage")
        .runTime(BYTES, 67_108_864, "auto-aof-rewrite-min-size")
        .startUp(TEXT, "", "aof_rewrite_cpulist");
  }

  private static void replication(Rows rows) {
    rows.runTime(TEXT, "", "masteruser", "replica-announce-ip")
        .runTime(SECRET, "", "masterauth")
        .runTime(YES_NO, "yes", "replica-serve-stale-data", "replica-read-only")
        .runTime(YES_NO, "yes", "replica-ignore-maxmemory", "replica-announced")
        .runTime(YES_NO, "no", "replica-lazy-flush", "replica-ignore-disk-write-errors")
        .runTime(YES_NO, "yes", "repl-diskless-sync")
        .runTime(YES_NO, "no", "repl-disable-tcp-nodelay", "rdb-del-sync-files")
        .runTime(new Choice("disabled", "on-empty-db", "swapdb"), "disabled", "repl-diskless-load")
        .runTime(COUNT, 5, "repl-diskless-sync-delay")
        .runTime(COUNT, 0, "repl-diskless-sync-max-replicas", "min-replicas-to-write")
        .runTime(COUNT, 10, "min-replicas-max-lag")
        .runTime(POSITIVE, 10, "repl-ping-replica-period")
        .runTime(POSITIVE, 60, "repl-timeout")
        .runTime(new Memory(1, Long.MAX_VALUE), 1_048_576, "repl-backlog-size")
        .runTime(LONG_COUNT, 3600, "repl-backlog-ttl")
        .runTime(COUNT, 100, "replica-priority")
        .runTime(PORT_NUMBER, 0, "replica-announce-port")
        .runTime(
            new Choice("ignore", "panic", "panic-on-replicas"),
            "ignore",
            "propagation-error-behavior");
  }

  private static void cluster(Rows rows) {
    rows.startUp(TEXT, "nodes.conf", "cluster-config-file")
        .startUp(PORT_NUMBER, 0, "cluster-port")
        .runTime(LONG_COUNT, 15_000, "cluster-node-timeout")
        .runTime(COUNT, 10, "cluster-replica-validity-factor")
        .runTime(COUNT, 1, "cluster-migration-barrier")
        .runTime(YES_NO, "yes", "cluster-require-full-coverage")
        .runTime(YES_NO, "yes", "cluster-allow-replica-migration")
        .runTime(YES_NO, "yes", "cluster-allow-pubsubshard-when-down")
        .runTime(YES_NO, "no", "cluster-allow-reads-when-down", "cluster-replica-no-failover")
        .runTime(BYTES, 0, "cluster-link-sendbuf-limit")
        .runTime(TEXT, "", "cluster-announce-ip", "cluster-announce-hostname")
        .runTime(TEXT, "", "cluster-announce-human-nodename")
        .runTime(PORT_NUMBER, 0, "cluster-announce-port", "cluster-announce-tls-port")
        .runTime(PORT_NUMBER, 0, "cluster-announce-bus-port")
        .runTime(
            new Choice("ip", "hostname", "unknown-endpoint"),
            "ip",
            "cluster-preferred-endpoint-type");
  }

  private static void transportSecurity(Rows rows) {
    rows.runTime(TEXT, "", "tls-dh-params-file", "tls-client-cert-file", "tls-client-key-file")
        .runTime(SECRET, "", "tls-client-key-file-pass")
        .runTime(YES_NO, "no", "tls-replication", "tls-cluster")
        .runTime(YES_NO, "yes", "tls-session-caching")
        .runTime(COUNT, 20_480, "tls-session-cache-size")
        .runTime(COUNT, 300, "tls-session-cache-timeout");
  }

  private static void memory(Rows rows) {
    rows.runTime(YES_NO, "no", "activedefrag", "lazyfree-lazy-eviction", "lazyfree-lazy-expire")
        .runTime(YES_NO, "no", "lazyfree-lazy-server-del", "lazyfree-lazy-user-del")
        .runTime(YES_NO, "yes", "activerehashing", "jemalloc-bg-thread")
        .runTime(CYCLE, 1, "active-defrag-cycle-min")
        .runTime(CYCLE, 25, "active-defrag-cycle-max")
        .runTime(PERCENT, 10, "active-defrag-threshold-lower")
        .runTime(PERCENT, 100, "active-defrag-threshold-upper")
        .runTime(new Memory(1, Long.MAX_VALUE), 104_857_600, "active-defrag-ignore-bytes")
        .runTime(new Whole(1, Long.MAX_VALUE), 1000, "active-defrag-max-scan-fields")
        .runTime(new Whole(0, 100), 10, "maxmemory-eviction-tenacity")
        .startUp(YES_NO, "yes", "disable-thp");
  }

  private static void dataTypes(Rows rows) {
    rows.runTime(new Whole(Integer.MIN_VALUE, Integer.MAX_VALUE), -2, "list-max-listpack-size")
        .runTime(COUNT, 0, "list-compress-depth")
        .runTime(LONG_COUNT, 128, "zset-max-listpack-entries")
        .runTime(BYTES, 64, "zset-max-listpack-value")
        .runTime(BYTES, 3000, "hll-sparse-max-bytes")
        .runTime(BYTES, 4096, "stream-node-max-bytes")
        .runTime(LONG_COUNT, 100, "stream-node-max-entries")
        .runTime(LONG_COUNT, 5000, "busy-reply-threshold")
        .runTime(new Choice("no", "yes", "clients"), "no", "sanitize-dump-payload")
        .runTime(YES_NO, "yes", "rdb-save-incremental-fsync", "dynamic-hz")
        .runTime(TEXT, "", "locale-collate")
        .startUp(YES_NO, "no", "io-threads-do-reads")
        .startUp(new Choice("no", "yes", "local"), "no", "enable-module-command");
  }

  private static void process(Rows rows) {
    rows.startUp(new Choice("upstart", "systemd", "auto", "no"), "no", "supervised")
        .startUp(YES_NO, "no", "always-show-logo", "syslog-enabled")
        .startUp(YES_NO, "yes", "set-proc-title")
        .startUp(TEXT, "redis", "syslog-ident")
        .startUp(
            new Choice(
                "user", "local0", "local1", "local2", "local3", "local4", "local5", "local6",
                "local7"),
            "local0",
            "syslog-facility")
        .startUp(TEXT, "", "server_cpulist", "bio_cpulist", "bgsave_cpulist")
        .startUp(new Whole(0, 4_294_967_295L), 0, "socket-mark-id")
        .runTime(TEXT, "", "bind-source-addr", "ignore-warnings")
        .runTime(TEXT, "{title} {listen-addr} {server-mode}", "proc-title-template")
        .runTime(YES_NO, "yes", "crash-log-enabled", "crash-memcheck-enabled")
        .runTime(new Choice("no", "yes", "relative", "absolute"), "no", "oom-score-adj")
        .runTime(new KillerScores(), "0 200 800", "oom-score-adj-values");
  }

  /** Returns the older names of settings, each with the present one. */
  private static Map<String, String> aliases() {
    return Map.ofEntries(
        Map.entry("cluster-slave-no-failover", "cluster-replica-no-failover"),
        Map.entry("cluster-slave-validity-factor", "cluster-replica-validity-factor"),
        Map.entry("commandlog-execution-slower-than", "slowlog-log-slower-than"),
        Map.entry("commandlog-slow-execution-max-len", "slowlog-max-len"),
        Map.entry("hash-max-ziplist-entries", "hash-max-listpack-entries"),
        Map.entry("hash-max-ziplist-value", "hash-max-listpack-value"),
        Map.entry("list-max-ziplist-size", "list-max-listpack-size"),
        Map.entry("lua-time-limit", "busy-reply-threshold"),
        Map.entry("min-slaves-max-lag", "min-replicas-max-lag"),
        Map.entry("min-slaves-to-write", "min-replicas-to-write"),
        Map.entry("repl-ping-slave-period", "repl-ping-replica-period"),
        Map.entry("slave-announce-ip", "replica-announce-ip"),
        Map.entry("slave-announce-port", "replica-announce-port"),
        Map.entry("slave-ignore-maxmemory", "replica-ignore-maxmemory"),
        Map.entry("slave-lazy-flush", "replica-lazy-flush"),
        Map.entry("slave-priority", "replica-priority"),
        Map.entry("slave-read-only", "replica-read-only"),
        Map.entry("slave-serve-stale-data", "replica-serve-stale-data"),
        Map.entry("slaveof", "replicaof"),
        Map.entry("zset-max-ziplist-entries", "zset-max-listpack-entries"),
        Map.entry("zset-max-ziplist-value", "zset-max-listpack-value"));
  }
}
