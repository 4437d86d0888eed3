package dev.redistill.config;

import dev.redistill.config.NumberTypes.Memory;
import dev.redistill.config.NumberTypes.MemoryOrPercent;
import dev.redistill.config.NumberTypes.MemoryOrShare;
import dev.redistill.config.NumberTypes.Permissions;
import dev.redistill.config.NumberTypes.PowerOfTwo;
import dev.redistill.config.NumberTypes.Whole;
import dev.redistill.config.TextTypes.Choice;
import dev.redistill.config.TextTypes.Directory;
import dev.redistill.config.TextTypes.FileName;
import dev.redistill.config.TextTypes.SignalActions;
import dev.redistill.config.TextTypes.Text;
import dev.redistill.config.TextTypes.WordList;
import dev.redistill.config.TextTypes.YesNo;
import java.util.List;

/**
 * The table of the settings that the server acts on, or will: those of the {@code LATER} groups are
 * waiting. Those that it only knows stand in {@link CompatibilitySettings}.
 */
public final class Settings {

  private static final SettingTable TABLE = new SettingTable();

  private static final long MEGABYTE = 1 << 20;
  private static final String POLICIES =
      "volatile-lru volatile-lfu volatile-random volatile-ttl allkeys-lru allkeys-lfu allkeys-random"
          + " noeviction volatile-lrm allkeys-lrm allkeys-s3fifo allkeys-tinylfu";
  private static final SettingType YES_NO = new YesNo();
  private static final SettingType TEXT = new Text(false);
  private static final SettingType PORT_NUMBER = new Whole(0, 65_535);
  private static final SettingType COUNT = new Whole(0, Integer.MAX_VALUE);
  private static final SettingType POSITIVE = new Whole(1, Integer.MAX_VALUE);
  private static final SettingType LONG_COUNT = new Whole(0, Long.MAX_VALUE);
  private static final SettingType THRESHOLD = new Whole(-1, Long.MAX_VALUE);
  private static final SettingType BYTES = new Memory(0, Long.MAX_VALUE);
  private static final SettingType MEGABYTES = new Memory(MEGABYTE, Long.MAX_VALUE);

  private static final SettingTable.Group NETWORK = TABLE.group("Network", Effect.FULL);

  public static final Setting PORT =
      NETWORK.add(
          "port", PORT_NUMBER, 6379, Change.APPLIED, "TCP port to listen on; 0 listens on none");
  public static final Setting BIND =
      NETWORK.add(
          "bind",
          new WordList(16, "Too many bind addresses specified.", "<address>..."),
          "127.0.0.1 -::1",
          Change.APPLIED,
          "addresses to listen on; * is all of IPv4, a leading - lets an address be missing");
  public static final Setting PROTECTED_MODE =
      NETWORK.runTime(
          "protected-mode", YES_NO, "yes", "refuse to serve other machines without a password");
  public static final Setting UNIXSOCKET =
      NETWORK.startUp("unixsocket", TEXT, "", "path of a Unix socket to listen on as well");
  public static final Setting UNIXSOCKETPERM =
      NETWORK.startUp(
          "unixsocketperm", new Permissions(), 0, "permissions of the Unix socket; 0 leaves them");
  public static final Setting TCP_BACKLOG =
      NETWORK.startUp("tcp-backlog", COUNT, 511, "connections that may wait to be accepted");
  public static final Setting TCP_KEEPALIVE =
      NETWORK.runTime(
          "tcp-keepalive", COUNT, 300, "seconds of silence before TCP probes a client; 0 is never");
  public static final Setting TIMEOUT =
      NETWORK.runTime(
          "timeout", COUNT, 0, "seconds after which an idle client is closed; 0 is never");
  public static final Setting MAXCLIENTS =
      NETWORK.runTime(
          "maxclients", new Whole(1, 4_294_967_295L), 10_000, "clients connected at a time");

  public static final Setting AUTHENTICATION_TIMEOUT =
      NETWORK.runTime(
          "authentication-timeout",
          COUNT,
          10,
          "seconds that a client has to authenticate, if it has to; 0 is no limit");
  public static final Setting REQUEST_TIMEOUT =
      NETWORK.runTime(
          "request-timeout", COUNT, 30, "seconds that half a request may stay one; 0 is no limit");
  public static final Setting WRITE_TIMEOUT =
      NETWORK.runTime(
          "write-timeout",
          COUNT,
          30,
          "seconds that a client may take nothing of what waits for it; 0 is no limit");
  public static final Setting MAX_CONNECTION_RATE =
      NETWORK.runTime(
          "max-connection-rate", COUNT, 10_000, "clients accepted in a second; 0 is no limit");

  private static final SettingTable.Group SECURITY = TABLE.group("Security", Effect.FULL);
  private static final SettingTable.Group LATER_SECURITY = TABLE.group("Security", Effect.NOT_YET);

  public static final Setting REQUIREPASS =
      SECURITY.runTime("requirepass", new Text(true), "", "password of the default user");
  public static final Setting ACLFILE =
      SECURITY.startUp("aclfile", TEXT, "", "file with the users, which ACL SAVE writes");
  public static final Setting ACLLOG_MAX_LEN =
      SECURITY.runTime("acllog-max-len", LONG_COUNT, 128, "refusals that ACL LOG remembers");
  public static final Setting ACL_PUBSUB_DEFAULT =
      SECURITY.runTime(
          "acl-pubsub-default",
          new Choice("allchannels", "resetchannels"),
          "resetchannels",
          "whether a new user may use all channels or none");
  public static final Setting ENABLE_PROTECTED_CONFIGS =
      SECURITY.startUp(
          "enable-protected-configs",
          new Choice("no", "yes", "local"),
          "no",
          "who may change dir and dbfilename while the server runs");
  public static final Setting ENABLE_DEBUG_COMMAND =
      LATER_SECURITY.startUp(
          "enable-debug-command", new Choice("no", "yes", "local"), "no", "who may use DEBUG");

  private static final SettingTable.Group TLS = TABLE.group("TLS", Effect.FULL);

  public static final Setting TLS_PORT =
      TLS.startUp("tls-port", PORT_NUMBER, 0, "TCP port for TLS; 0 listens on none");
  public static final Setting TLS_CERT_FILE =
      TLS.runTime("tls-cert-file", TEXT, "", "certificate of the server and its chain, as PEM");
  public static final Setting TLS_KEY_FILE =
      TLS.runTime("tls-key-file", TEXT, "", "private key of the server, as PEM");
  public static final Setting TLS_KEY_FILE_PASS =
      TLS.runTime("tls-key-file-pass", new Text(true), "", "password of the private key");
  public static final Setting TLS_CA_CERT_FILE =
      TLS.runTime("tls-ca-cert-file", TEXT, "", "authorities that clients are checked by, as PEM");
  public static final Setting TLS_CA_CERT_DIR =
      TLS.runTime("tls-ca-cert-dir", TEXT, "", "directory of files of such authorities");
  public static final Setting TLS_AUTH_CLIENTS =
      TLS.runTime(
          "tls-auth-clients",
          new Choice("no", "yes", "optional"),
          "yes",
          "whether clients have to show a certificate");
  public static final Setting TLS_AUTH_CLIENTS_USER =
      TLS.runTime(
          "tls-auth-clients-user",
          new Choice("off", "cn", "uri"),
          "off",
          "what in its certificate names a client's user");
  public static final Setting TLS_PROVIDER =
      TLS.startUp(
          "tls-provider", new Choice("bouncycastle", "jdk"), "bouncycastle", "whose TLS is used");
  public static final Setting TLS_PROTOCOLS =
      TLS.runTime("tls-protocols", TEXT, "", "TLSv1.2 and TLSv1.3, or one of them; empty is both");
  public static final Setting TLS_CIPHERS =
      TLS.runTime("tls-ciphers", TEXT, "", "cipher suites of TLS 1.2, best first, colons between");
  public static final Setting TLS_CIPHERSUITES =
      TLS.runTime("tls-ciphersuites", TEXT, "", "cipher suites of TLS 1.3, in the same form");
  public static final Setting TLS_PREFER_SERVER_CIPHERS =
      TLS.runTime(
          "tls-prefer-server-ciphers", YES_NO, "no", "choose by our order of the cipher suites");

  public static final Setting TLS_HANDSHAKE_TIMEOUT =
      TLS.runTime(
          "tls-handshake-timeout", COUNT, 10, "seconds that a handshake may take; 0 is no limit");
  public static final Setting TLS_MAX_HANDSHAKES =
      TLS.runTime(
          "tls-max-handshakes", POSITIVE, 1000, "handshakes at a time; the oldest is given up");
  public static final Setting TLS_MAX_HANDSHAKE_RATE =
      TLS.runTime(
          "tls-max-handshake-rate", COUNT, 400, "handshakes begun in a second; 0 is no limit");

  private static final SettingTable.Group CLIENTS = TABLE.group("Clients", Effect.FULL);

  public static final Setting PROTO_MAX_BULK_LEN =
      CLIENTS.runTime(
          "proto-max-bulk-len", MEGABYTES, 512 * MEGABYTE, "largest single argument of a request");
  public static final Setting CLIENT_QUERY_BUFFER_LIMIT =
      CLIENTS.runTime(
          "client-query-buffer-limit",
          MEGABYTES,
          1024 * MEGABYTE,
          "most memory that the requests of one client may take");
  public static final Setting CLIENT_OUTPUT_BUFFER_LIMIT =
      CLIENTS.runTime(
          "client-output-buffer-limit",
          new OutputLimits.Type(),
          "normal 0 0 0 slave 268435456 67108864 60 pubsub 33554432 8388608 60",
          "unsent output at which a client is closed: by class, at once and when it lasts");
  public static final Setting MAXMEMORY_CLIENTS =
      CLIENTS.runTime(
          "maxmemory-clients",
          new MemoryOrPercent(),
          "25%",
          "memory of what waits on all connections; the largest has to go; 0 is no limit");
  public static final Setting TRACKING_TABLE_MAX_KEYS =
      CLIENTS.runTime(
          "tracking-table-max-keys",
          LONG_COUNT,
          1_000_000,
          "keys remembered for client-side caching; 0 is no limit");
  public static final Setting NOTIFY_KEYSPACE_EVENTS =
      CLIENTS.runTime(
          "notify-keyspace-events",
          new EventClasses(),
          "",
          "classes of key changes to publish, as letters of Ag$lshzxeKEtmdn");

  private static final SettingTable.Group MEMORY = TABLE.group("Memory", Effect.FULL);
  private static final SettingTable.Group LATER_MEMORY = TABLE.group("Memory", Effect.NOT_YET);

  public static final Setting DATABASES =
      MEMORY.startUp("databases", POSITIVE, 16, "number of databases for SELECT");
  public static final Setting MAXMEMORY =
      MEMORY.runTime(
          "maxmemory",
          new MemoryOrShare(),
          0,
          "memory for keys and values, such as 2gb or 70%; 0 is as much as the heap holds");
  public static final Setting MAXMEMORY_POLICY =
      MEMORY.runTime(
          "maxmemory-policy",
          new Choice(POLICIES.split(" ", -1)),
          "noeviction",
          "which keys go when maxmemory is reached");
  public static final Setting MAXMEMORY_SAMPLES =
      MEMORY.runTime("maxmemory-samples", POSITIVE, 5, "keys looked at to find one to evict");
  public static final Setting LFU_LOG_FACTOR =
      MEMORY.runTime("lfu-log-factor", COUNT, 10, "how slowly the use counter of a key saturates");
  public static final Setting LFU_DECAY_TIME =
      MEMORY.runTime(
          "lfu-decay-time", COUNT, 1, "minutes after which the use counter of a key is lowered");
  public static final Setting ACTIVE_EXPIRE_EFFORT =
      LATER_MEMORY.runTime(
          "active-expire-effort", new Whole(1, 10), 1, "how hard to look for expired keys");
  public static final Setting HASH_MAX_LISTPACK_ENTRIES =
      MEMORY.runTime(
          "hash-max-listpack-entries", LONG_COUNT, 512, "most fields of a hash kept compactly");
  public static final Setting HASH_MAX_LISTPACK_VALUE =
      MEMORY.runTime(
          "hash-max-listpack-value", BYTES, 64, "longest field or value of a hash kept compactly");
  public static final Setting SET_MAX_INTSET_ENTRIES =
      MEMORY.runTime(
          "set-max-intset-entries", LONG_COUNT, 512, "most members of a set kept as integers");
  public static final Setting SET_MAX_LISTPACK_ENTRIES =
      MEMORY.runTime(
          "set-max-listpack-entries", LONG_COUNT, 128, "most members of a set kept compactly");
  public static final Setting SET_MAX_LISTPACK_VALUE =
      MEMORY.runTime(
          "set-max-listpack-value", LONG_COUNT, 64, "longest member of a set kept compactly");
  public static final Setting LAZYFREE_LAZY_USER_FLUSH =
      LATER_MEMORY.runTime(
          "lazyfree-lazy-user-flush", YES_NO, "no", "free memory behind FLUSHALL and FLUSHDB");

  private static final SettingTable.Group SNAPSHOTS = TABLE.group("Snapshots", Effect.FULL);

  public static final Setting SAVE =
      SNAPSHOTS.runTime(
          "save", new SaveRule.Type(), "", "save after so many seconds if so many keys changed");
  public static final Setting DBFILENAME =
      SNAPSHOTS.add(
          "dbfilename",
          new FileName("dbfilename"),
          "dump.rdb",
          Change.PROTECTED,
          "name of the snapshot file");
  public static final Setting RDBCOMPRESSION =
      SNAPSHOTS.runTime("rdbcompression", YES_NO, "yes", "compress the values in the snapshot");
  public static final Setting RDBCHECKSUM =
      SNAPSHOTS.startUp("rdbchecksum", YES_NO, "yes", "protect the snapshot by a checksum");
  public static final Setting STOP_WRITES_ON_BGSAVE_ERROR =
      SNAPSHOTS.runTime(
          "stop-writes-on-bgsave-error", YES_NO, "yes", "refuse writes after a failed snapshot");
  public static final Setting RDB_VERSION =
      SNAPSHOTS.runTime(
          "rdb-version",
          new Choice("auto", "9", "10", "11", "12"),
          "auto",
          "version of the snapshot's format; auto is 10, or 12 when fields of hashes expire");
  public static final Setting RDB_SKIP_UNKNOWN =
      SNAPSHOTS.startUp(
          "rdb-skip-unknown", YES_NO, "no", "load a file without its keys of unknown types");
  public static final Setting LOAD_PREVIOUS =
      SNAPSHOTS.startUp(
          "load-previous", YES_NO, "no", "load the snapshot before the last one instead");

  private static final SettingTable.Group OBSERVATION = TABLE.group("Observation", Effect.FULL);

  public static final Setting LOGLEVEL =
      OBSERVATION.runTime(
          "loglevel",
          new Choice("debug", "verbose", "notice", "warning"),
          "notice",
          "least important kind of log line to write");
  public static final Setting LOGFILE =
      OBSERVATION.startUp("logfile", TEXT, "", "file for the log; empty is the standard output");
  public static final Setting LOG_FORMAT =
      OBSERVATION.startUp(
          "log-format", new Choice("redis", "json"), "redis", "log lines as in Redis, or JSON");
  public static final Setting METRICS_PORT =
      OBSERVATION.startUp(
          "metrics-port", PORT_NUMBER, 0, "HTTP port for metrics and health; 0 listens on none");
  public static final Setting METRICS_BIND =
      OBSERVATION.startUp(
          "metrics-bind", TEXT, "127.0.0.1", "address of the HTTP port; * is all of them");
  public static final Setting SLOWLOG_LOG_SLOWER_THAN =
      OBSERVATION.runTime(
          "slowlog-log-slower-than",
          THRESHOLD,
          10_000,
          "microseconds that make a command slow; -1 is never");
  public static final Setting SLOWLOG_MAX_LEN =
      OBSERVATION.runTime("slowlog-max-len", LONG_COUNT, 128, "slow commands to remember");
  public static final Setting COMMANDLOG_REQUEST_LARGER_THAN =
      OBSERVATION.runTime(
          "commandlog-request-larger-than",
          THRESHOLD,
          MEGABYTE,
          "bytes that make a request large; -1 is never");
  public static final Setting COMMANDLOG_LARGE_REQUEST_MAX_LEN =
      OBSERVATION.runTime(
          "commandlog-large-request-max-len", LONG_COUNT, 128, "large requests to remember");
  public static final Setting COMMANDLOG_REPLY_LARGER_THAN =
      OBSERVATION.runTime(
          "commandlog-reply-larger-than",
          THRESHOLD,
          MEGABYTE,
          "bytes that make a reply large; -1 is never");
  public static final Setting COMMANDLOG_LARGE_REPLY_MAX_LEN =
      OBSERVATION.runTime(
          "commandlog-large-reply-max-len", LONG_COUNT, 128, "large replies to remember");
  public static final Setting LATENCY_MONITOR_THRESHOLD =
      OBSERVATION.runTime(
          "latency-monitor-threshold", LONG_COUNT, 0, "milliseconds of an event; 0 is off");
  public static final Setting LATENCY_TRACKING =
      OBSERVATION.runTime(
          "latency-tracking", YES_NO, "yes", "keep a latency histogram of each command");
  public static final Setting LATENCY_TRACKING_INFO_PERCENTILES =
      OBSERVATION.runTime(
          "latency-tracking-info-percentiles",
          new TextTypes.Percentiles(),
          "50 99 99.9",
          "percentiles that INFO latencystats shows");
  public static final Setting STATS_PREFIX_DELIMITER =
      OBSERVATION.runTime(
          "stats-prefix-delimiter", TEXT, ":", "what ends the prefix of a key; empty counts none");
  public static final Setting CONSOLE_ALLOW_DELETE =
      OBSERVATION.runTime(
          "console-allow-delete", YES_NO, "no", "let the page of the HTTP port delete keys");

  private static final SettingTable.Group PROCESS = TABLE.group("Process", Effect.FULL);
  private static final SettingTable.Group LATER_PROCESS = TABLE.group("Process", Effect.NOT_YET);

  public static final Setting DIR =
      PROCESS.add(
          "dir", new Directory(), ".", Change.PROTECTED, "directory of the files of the server");
  public static final Setting IO_THREADS =
      PROCESS.startUp(
          "io-threads", new Whole(0, 128), 0, "threads that serve clients; 0 follows the machine");
  public static final Setting CARRIER_SCHEDULER =
      PROCESS.startUp(
          "carrier-scheduler",
          new Choice("auto", "own", "jdk"),
          "auto",
          "who runs the virtual threads: our own carriers or the JDK; auto prefers ours");
  public static final Setting SHARDS =
      PROCESS.startUp(
          "shards", new PowerOfTwo(65_536), 2048, "parts of a database that are locked apart");
  public static final Setting HZ =
      LATER_PROCESS.runTime(
          "hz",
          new Whole(0, Integer.MAX_VALUE, 1, 500),
          10,
          "rounds of background work in a second");
  public static final Setting PIDFILE =
      PROCESS.startUp("pidfile", TEXT, "", "file that holds the process id while we run");
  public static final Setting SHUTDOWN_TIMEOUT =
      LATER_PROCESS.runTime(
          "shutdown-timeout", COUNT, 10, "seconds that the end may wait for commands in hand");
  public static final Setting SHUTDOWN_ON_SIGINT =
      PROCESS.runTime(
          "shutdown-on-sigint", new SignalActions(), "default", "what to do at the signal INT");
  public static final Setting SHUTDOWN_ON_SIGTERM =
      PROCESS.runTime(
          "shutdown-on-sigterm", new SignalActions(), "default", "what to do at the signal TERM");

  static {
    CompatibilitySettings.addTo(TABLE);
  }

  private Settings() {}

  /** Returns every setting, those without effect included, in the order of the table. */
  public static List<Setting> all() {
    return TABLE.all();
  }

  /** Returns the older names by which settings are known, too. */
  public static List<String> aliases() {
    return TABLE.aliases();
  }

  static SettingTable table() {
    return TABLE;
  }
}
