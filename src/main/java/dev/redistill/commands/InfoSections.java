package dev.redistill.commands;

import dev.redistill.command.Lifecycle;
import dev.redistill.command.Services;
import dev.redistill.command.Session;
import dev.redistill.config.Settings;
import dev.redistill.metrics.ProcessFigures;
import dev.redistill.snapshot.LoadProgress;
import dev.redistill.snapshot.Snapshots;
import dev.redistill.store.Database;
import dev.redistill.store.TimeToLive;
import dev.redistill.util.Version;
import java.time.Instant;

/** The sections of INFO about the server, its clients and its keys. */
final class InfoSections {

  private static final String NO_REPLICATION = "0".repeat(40);

  private InfoSections() {}

  static void server(InfoText text, Services services) {
    Lifecycle lifecycle = services.lifecycle();
    long uptime = (services.clock().millis() - lifecycle.startedAt()) / 1000;
    text.section("Server")
        .add("redis_version", Version.REDIS)
        .add("redis_git_sha1", "00000000")
        .zero("redis_git_dirty", "redis_build_id")
        .add("redis_mode", "standalone")
        .add("os", operatingSystem())
        .add("arch_bits", 64)
        .add("monotonic_clock", "jdk")
        .add("multiplexing_api", "epoll")
        .add("atomicvar_api", "VarHandle")
        .add("gcc_version", "0.0.0")
        .add("process_id", ProcessHandle.current().pid())
        .add("process_supervised", "no")
        .add("run_id", lifecycle.runId())
        .add("tcp_port", lifecycle.port())
        .add("server_time_usec", services.clock().micros())
        .add("uptime_in_seconds", uptime)
        .add("uptime_in_days", uptime / 86_400)
        .add("hz", services.config().number(Settings.HZ))
        .add("configured_hz", services.config().number(Settings.HZ))
        .add("lru_clock", (services.clock().millis() / 1000) & 0xffffff)
        .add("executable", ProcessHandle.current().info().command().orElse(""))
        .add("config_file", lifecycle.configFile())
        .add("io_threads_active", 0)
        .add("redistill_version", Version.number())
        .add("java_version", Runtime.version().toString());
    Instant end = lifecycle.certificateEnd();
    if (end != null) {
      text.add("redistill_tls_certificate_expires", end.toString())
          .add("redistill_tls_certificate_expires_in_seconds", secondsUntil(end, services));
    }
  }

  private static long secondsUntil(Instant end, Services services) {
    return end.getEpochSecond() - services.clock().millis() / 1000;
  }

  private static String operatingSystem() {
    String architecture = System.getProperty("os.arch", "");
    return System.getProperty("os.name")
        + " "
        + System.getProperty("os.version")
        + " "
        + (architecture.equals("amd64") ? "x86_64" : architecture);
  }

  static void clients(InfoText text, Services services) {
    long input = 0;
    long output = 0;
    long subscribers = 0;
    for (Session session : services.sessions().all()) {
      input = Math.max(input, session.link().queryBuffer());
      output = Math.max(output, session.messaging().outputBytes());
      subscribers += session.messaging().isSubscriber() ? 1 : 0;
    }
    text.section("Clients")
        .add("connected_clients", services.sessions().count())
        .zero("cluster_connections")
        .add("maxclients", services.config().number(Settings.MAXCLIENTS))
        .add("client_recent_max_input_buffer", input)
        .add("client_recent_max_output_buffer", output)
        .add("blocked_clients", services.blockedClients().count() + services.pause().waiting())
        .add("tracking_clients", services.tracking().trackers())
        .add("pubsub_clients", subscribers)
        .add("clients_in_timeout_table", services.blockedClients().timed());
  }

  static void persistence(InfoText text, Services services) {
    Snapshots snapshots = services.snapshots();
    LoadProgress loading = snapshots.loading();
    text.section("Persistence")
        .add("loading", loading == null ? 0 : 1)
        .zero("async_loading")
        .zero("current_cow_peak", "current_cow_size", "current_cow_size_age")
        .add("current_fork_perc", 0, 2)
        .add("current_save_keys_processed", snapshots.keysDone())
        .add("current_save_keys_total", snapshots.keysTotal())
        .add("rdb_changes_since_last_save", snapshots.changes())
        .add("rdb_bgsave_in_progress", snapshots.isSaving() ? 1 : 0)
        .add("rdb_last_save_time", snapshots.savedAt() / 1000)
        .add("rdb_last_bgsave_status", snapshots.failed() ? "err" : "ok")
        .add("rdb_last_bgsave_time_sec", snapshots.seconds())
        .add("rdb_current_bgsave_time_sec", snapshots.runningSeconds())
        .add("rdb_saves", snapshots.count())
        .zero("rdb_last_cow_size")
        .add("rdb_last_load_keys_expired", snapshots.keysExpired())
        .add("rdb_last_load_keys_loaded", snapshots.keysLoaded())
        .zero("aof_enabled", "aof_rewrite_in_progress", "aof_rewrite_scheduled")
        .add("aof_last_rewrite_time_sec", -1)
        .add("aof_current_rewrite_time_sec", -1)
        .add("aof_last_bgrewrite_status", "ok")
        .zero("aof_rewrites", "aof_rewrites_consecutive_failures")
        .add("aof_last_write_status", "ok")
        .zero("aof_last_cow_size", "module_fork_in_progress", "module_fork_last_cow_size");
    if (loading != null) {
      writeLoading(text, loading, services.clock().millis());
    }
  }

  private static void writeLoading(InfoText text, LoadProgress loading, long now) {
    long seconds = (now - loading.startedAt()) / 1000;
    long left = loading.totalBytes() - loading.loadedBytes();
    double share = (double) loading.loadedBytes() / Math.max(loading.totalBytes(), 1);
    text.add("loading_start_time", loading.startedAt() / 1000)
        .add("loading_total_bytes", loading.totalBytes())
        .zero("loading_rdb_used_mem")
        .add("loading_loaded_bytes", loading.loadedBytes())
        .add("loading_loaded_perc", share * 100, 2)
        .add(
            "loading_eta_seconds",
            share == 0 ? 1 : (long) (seconds * left / (share * loading.totalBytes())));
  }

  static void replication(InfoText text, Services services) {
    text.section("Replication")
        .add("role", "master")
        .zero("connected_slaves")
        .add("master_failover_state", "no-failover")
        .add("master_replid", services.lifecycle().runId())
        .add("master_replid2", NO_REPLICATION)
        .zero("master_repl_offset")
        .add("second_repl_offset", -1)
        .zero("repl_backlog_active", "repl_backlog_size")
        .zero("repl_backlog_first_byte_offset", "repl_backlog_histlen");
  }

  static void processor(InfoText text, Services services) {
    ProcessFigures.CpuTime time = ProcessFigures.cpuTime();
    text.section("CPU")
        .add("used_cpu_sys", time.system(), 6)
        .add("used_cpu_user", time.user(), 6)
        .add("used_cpu_sys_children", 0, 6)
        .add("used_cpu_user_children", 0, 6)
        .add("used_cpu_sys_main_thread", time.system(), 6)
        .add("used_cpu_user_main_thread", time.user(), 6);
  }

  static void modules(InfoText text, Services services) {
    text.section("Modules");
  }

  static void cluster(InfoText text, Services services) {
    text.section("Cluster").zero("cluster_enabled");
  }

  static void keyspace(InfoText text, Services services) {
    text.section("Keyspace");
    for (int index : Databases.withKeys(services.keyspace())) {
      Database database = services.keyspace().database(index);
      long ttl = TimeToLive.average(database, services.clock().millis());
      text.add(
          "db" + index,
          "keys=" + database.size() + ",expires=" + database.expiring() + ",avg_ttl=" + ttl);
    }
  }
}
