package dev.redistill.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** CONFIG GET and CONFIG SET; what they answer was recorded from Redis 7.0.15. */
final class ConfigTest {

  private final Config config = Config.defaults();

  @Test
  void typedReads_returnTheDefaults() {
    assertThat(config.integer(Settings.PORT)).isEqualTo(6379);
    assertThat(config.bytes(Settings.PROTO_MAX_BULK_LEN)).isEqualTo(536_870_912);
    assertThat(config.number(Settings.SLOWLOG_LOG_SLOWER_THAN)).isEqualTo(10_000);
    assertThat(config.flag(Settings.PROTECTED_MODE)).isTrue();
    assertThat(config.text(Settings.REQUIREPASS)).isEmpty();
    assertThat(config.list(Settings.BIND)).containsExactly("127.0.0.1", "-::1");
    assertThat(config.saveRules()).isEmpty();
    assertThat(config.outputLimits().subscriber())
        .isEqualTo(new OutputLimits.Limit(33_554_432, 8_388_608, 60));
    assertThat(config.file(Settings.LOGFILE)).isEmpty();
  }

  @Test
  void aNumberThatFitsNoInt_isTheLargestInt() {
    set("maxclients", "4294967295");
    assertThat(config.integer(Settings.MAXCLIENTS)).isEqualTo(Integer.MAX_VALUE);
    assertThat(config.number(Settings.MAXCLIENTS)).isEqualTo(4_294_967_295L);
  }

  @Test
  void addresses_knowStarsAndHyphens() {
    config.onChange(Settings.BIND, () -> {});
    set("bind", "* -::* 127.0.0.1");
    assertThat(config.addresses())
        .containsExactly(
            new BindAddress("0.0.0.0", false),
            new BindAddress("::", true),
            new BindAddress("127.0.0.1", false));
  }

  @Test
  void get_takesSeveralPatternsAndNamesEachSettingOnce() {
    assertThat(config.get(List.of("maxmemory-p*", "MAXMEMORY-POLICY", "nosuch", "nosuch*", "[")))
        .containsExactly(Map.entry("maxmemory-policy", "noeviction"));
  }

  @Test
  void get_returnsAPlainNameAsItWasWritten() {
    assertThat(config.get(List.of("MaxClients", "maxclients")))
        .containsExactly(Map.entry("MaxClients", "10000"));
  }

  @Test
  void get_ignoresTheCaseOfPatterns() {
    assertThat(config.get(List.of("SAV?"))).containsExactly(Map.entry("save", ""));
    assertThat(config.get(List.of("hash-max-*")))
        .containsOnlyKeys(
            "hash-max-ziplist-entries",
            "hash-max-ziplist-value",
            "hash-max-listpack-entries",
            "hash-max-listpack-value");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '|',
      value = {
        "maxmemory, 1kb, 1024",
        "maxmemory, ||, 0",
        "maxmemory-clients, 5%, 5%",
        "maxmemory-clients, 0%, 0",
        "maxmemory-clients, 1mb, 1048576",
        "rdbcompression, NO, no",
        "loglevel, WARNING, warning",
        "hz, 0, 1",
        "hz, 600, 500",
        "save, ||, ||",
        "save, 3600 1 300 10, 3600 1 300 10",
        "save, 1 0, 1 0",
        "client-output-buffer-limit, normal 1kb 2mb 3 pubsub 1 2 3, "
            + "normal 1024 2097152 3 slave 268435456 67108864 60 pubsub 1 2 3",
        "client-output-buffer-limit, REPLICA 1 2 3, "
            + "normal 0 0 0 slave 1 2 3 pubsub 33554432 8388608 60",
        "client-output-buffer-limit, ||, "
            + "normal 0 0 0 slave 268435456 67108864 60 pubsub 33554432 8388608 60",
        "notify-keyspace-events, KEA, AKE",
        "notify-keyspace-events, Egx, gxE",
        "notify-keyspace-events, KElg, glKE",
        "notify-keyspace-events, Kn, nK",
        "notify-keyspace-events, AEmn, AEm",
        "notify-keyspace-events, KEg$lshzxetdmn, AKEm",
        "shutdown-on-sigterm, force NOSAVE, nosave force",
        "oom-score-adj-values, -2000 0 10, -2000 0 10",
        "latency-tracking-info-percentiles, 50 99.123456, 50 99.123456",
        "latency-tracking-info-percentiles, ||, ||",
        "slave-priority, 3, 3",
      })
  void set_isPrintedAsRedisPrintsIt(String name, String value, String printed) {
    set(name, value);
    assertThat(config.get(List.of(name))).containsEntry(name, printed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '|',
      value = {
        "maxmemory; 1x; argument must be a memory value",
        "proto-max-bulk-len; 1; argument must be between 1048576 and 9223372036854775807 inclusive",
        "timeout; x; argument couldn't be parsed into an integer",
        "timeout; ||; argument couldn't be parsed into an integer",
        "timeout; 05; argument couldn't be parsed into an integer",
        "timeout; +5; argument couldn't be parsed into an integer",
        "timeout; -0; argument couldn't be parsed into an integer",
        "timeout; -1; argument must be between 0 and 2147483647 inclusive",
        "timeout; -9999999999999999999; argument couldn't be parsed into an integer",
        "maxclients; 4294967296; argument must be between 1 and 4294967295 inclusive",
        "rdbcompression; true; argument must be 'yes' or 'no'",
        "loglevel; loud; argument(s) must be one of the following: debug, verbose, notice, warning",
        "save; 900; Invalid save parameters",
        "save; 0 1; Invalid save parameters",
        "save; 900  1; Invalid save parameters",
        "client-output-buffer-limit; normal 1 2; "
            + "Wrong number of arguments in buffer limit configuration.",
        "client-output-buffer-limit; master 1 2 3; "
            + "Invalid client class specified in buffer limit configuration.",
        "client-output-buffer-limit; normal a 2 3; "
            + "Error in hard, soft or soft_seconds setting in buffer limit configuration.",
        "notify-keyspace-events; ex y; Invalid event class character. Use 'Ag$lshzxeKEtmdn'.",
        "maxmemory-clients; 101%; percentage argument must be less or equal to 100",
        "maxmemory-clients; -5; argument must be a memory or percent value",
        "shutdown-on-sigint; save nosave; "
            + "shutdown options SAVE and NOSAVE can't be used simultaneously",
        "shutdown-on-sigint; ||; "
            + "argument(s) must be one of the following: default, save, nosave, now, force",
        "oom-score-adj-values; 1 2; wrong number of arguments",
        "oom-score-adj-values; 1 2 2001; "
            + "Invalid oom-score-adj-values, elements must be between -2000 and 2000.",
        "latency-tracking-info-percentiles; 101; "
            + "latency-tracking-info-percentiles parameters should sit between [0.0,100.0]",
        "latency-tracking-info-percentiles; x; "
            + "Invalid latency-tracking-info-percentiles parameters",
        "databases; 3; can't set immutable config",
        "io-threads; 4; can't set immutable config",
        "dir; /; can't set protected config",
        "dbfilename; x.rdb; can't set protected config",
        "port; 1; can't set immutable config",
        "appendonly; yes; there is no append-only file: use save for snapshots",
      })
  void aBadSet_isRefusedInRedisWords(String name, String value, String reason) {
    String before = config.get(List.of(name)).get(name);
    assertRefused(
        "ERR CONFIG SET failed (possibly related to argument '" + name + "') - " + reason,
        name,
        value);
    assertThat(config.get(List.of(name))).containsEntry(name, before);
  }

  @Test
  void set_refusesUnknownNamesAndOddArguments() {
    assertRefused(
        "ERR Unknown option or number of arguments for CONFIG SET - 'NoSuch'", "NoSuch", "1");
    assertRefused(
        "ERR Unknown option or number of arguments for CONFIG SET - 'x'",
        "maxmemory",
        "bad",
        "x",
        "1");
    assertRefused("ERR syntax error", "maxmemory", "1", "timeout");
  }

  @Test
  void set_refusesANameTwiceButNotAnAliasBesideIt() {
    assertRefused(
        "ERR CONFIG SET failed (possibly related to argument 'MAXMEMORY') - duplicate parameter",
        "maxmemory",
        "1",
        "MAXMEMORY",
        "2");
    set("slave-priority", "3", "replica-priority", "4");
    assertThat(config.get(List.of("*-priority")))
        .containsExactly(Map.entry("replica-priority", "4"), Map.entry("slave-priority", "4"));
  }

  @Test
  void set_changesAllOrNothing() {
    assertThatThrownBy(() -> set("timeout", "5", "maxmemory", "x"))
        .isInstanceOf(ConfigException.class);
    assertThat(config.integer(Settings.TIMEOUT)).isZero();
    set("timeout", "5", "maxmemory", "1");
    assertThat(config.get(List.of("timeout", "maxmemory")).values()).containsExactly("5", "1");
  }

  @Test
  void protectedSettings_openForLocalClientsWhereTheConfigurationSaysSo() {
    ConfigLoader loader = new ConfigLoader();
    loader.readText("test", "enable-protected-configs local");
    Config open = loader.config();
    assertThatThrownBy(() -> open.set(List.of("dbfilename", "x.rdb"), false))
        .hasMessageEndingWith("can't set protected config");
    open.set(List.of("dbfilename", "x.rdb"), true);
    assertThat(open.text(Settings.DBFILENAME)).isEqualTo("x.rdb");
    assertThatThrownBy(() -> open.set(List.of("dbfilename", "a/b"), true))
        .hasMessageEndingWith("dbfilename can't be a path, just a filename");
  }

  @Test
  void aListener_hearsOfChangesOnly() {
    List<Integer> heard = new ArrayList<>();
    config.onChange(Settings.MAXCLIENTS, () -> heard.add(config.integer(Settings.MAXCLIENTS)));
    set("maxclients", "100", "timeout", "1");
    set("maxclients", "100");
    set("timeout", "2");
    assertThat(heard).containsExactly(100);
  }

  @Test
  void aListenerThatRefuses_bringsAllValuesBackAndIsToldSo() {
    List<Integer> heard = new ArrayList<>();
    config.onChange(
        Settings.MAXCLIENTS,
        () -> {
          heard.add(config.integer(Settings.MAXCLIENTS));
          if (config.integer(Settings.MAXCLIENTS) > 50_000) {
            throw new BadValueException("too many");
          }
        });
    assertRefused(
        "ERR CONFIG SET failed (possibly related to argument 'maxclients') - too many",
        "timeout",
        "7",
        "maxclients",
        "60000");
    assertThat(config.integer(Settings.TIMEOUT)).isZero();
    assertThat(heard).containsExactly(60_000, 10_000);
  }

  @Test
  void aSettingThatMustBeCarriedOut_changesOnceSomebodyListens() {
    config.onChange(Settings.PORT, () -> {});
    set("port", "7000");
    assertThat(config.integer(Settings.PORT)).isEqualTo(7000);
  }

  private void set(String... namesAndValues) {
    config.set(List.of(namesAndValues), false);
  }

  private void assertRefused(String reply, String... namesAndValues) {
    assertThatThrownBy(() -> set(namesAndValues))
        .isInstanceOf(ConfigException.class)
        .hasMessage(reply);
  }
}
