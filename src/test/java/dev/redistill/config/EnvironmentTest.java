package dev.redistill.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EnvironmentTest {

  private final ConfigLoader loader = new ConfigLoader();

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '|',
      value = {
        "REDISTILL_PORT, 7000, port, 7000",
        "REDISTILL_MAXMEMORY_POLICY, allkeys-lru, maxmemory-policy, allkeys-lru",
        "REDISTILL_BIND, 127.0.0.1 ::1, bind, 127.0.0.1 ::1",
        "REDISTILL_SAVE, 900 1 300 10, save, 900 1 300 10",
        "REDISTILL_SAVE, ||, save, ||",
        "REDISTILL_SERVER_CPULIST, 0-3, server_cpulist, 0-3",
        "REDISTILL_PASSWORD, a b, requirepass, a b",
        "REDIS_PASSWORD, a b, requirepass, a b",
        "REDIS_BIND, ::1, bind, ::1",
        "REDIS_PORT, 7000, port, 7000",
        "REDIS_MAX_MEMORY, 1073741824, maxmemory, 1073741824",
        "REDIS_EVICTION_POLICY, allkeys-s3fifo, maxmemory-policy, allkeys-s3fifo",
        "REDIS_MAX_CONNECTIONS, 5, maxclients, 5",
        "REDIS_NUM_SHARDS, 4096, shards, 4096",
        "REDIS_CONNECTION_TIMEOUT, 300, timeout, 300",
        "REDIS_TCP_KEEPALIVE, 60, tcp-keepalive, 60",
        "REDIS_PERSISTENCE_ENABLED, true, save, 300 1",
        "REDIS_PERSISTENCE_ENABLED, false, save, ||",
        "REDIS_SNAPSHOT_PATH, /tmp/my.rdb, dbfilename, my.rdb",
        "REDIS_SNAPSHOT_PATH, /tmp/my.rdb, dir, /tmp",
        "REDIS_SAVE_ON_SHUTDOWN, false, shutdown-on-sigterm, nosave",
        "REDIS_SAVE_ON_SHUTDOWN, true, shutdown-on-sigint, default",
      })
  void aVariable_setsADirective(String variable, String value, String directive, String printed) {
    loader.readEnvironment(Map.of(variable, value));
    assertThat(loader.check()).as(loader.problems()).isTrue();
    assertThat(loader.config().get(List.of(directive))).containsEntry(directive, printed);
  }

  @Test
  void snapshots_takeTheirIntervalFromTheEnvironment() {
    loader.readEnvironment(
        Map.of("REDIS_PERSISTENCE_ENABLED", "true", "REDIS_SNAPSHOT_INTERVAL", "60"));
    assertThat(loader.config().print(Settings.SAVE)).isEqualTo("60 1");
    ConfigLoader off = new ConfigLoader();
    off.readEnvironment(Map.of("REDIS_SNAPSHOT_INTERVAL", "60"));
    assertThat(off.config().print(Settings.SAVE)).isEmpty();
  }

  @Test
  void ourNames_winOverThoseOfTheRustRedistill() {
    loader.readEnvironment(Map.of("REDIS_PORT", "1", "REDISTILL_PORT", "2"));
    assertThat(loader.config().integer(Settings.PORT)).isEqualTo(2);
  }

  @Test
  void theEnvironment_winsOverTheFile() {
    loader.readText("test", "port 1");
    loader.readEnvironment(Map.of("REDISTILL_PORT", "2"));
    assertThat(loader.config().integer(Settings.PORT)).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"REDISTILL_PASSWORD_FILE", "REDISTILL_REQUIREPASS_FILE", "REDIS_PASSWORD_FILE"})
  void aPassword_mayStandInAFile(String variable) throws IOException {
    Path file = directory.resolve("password");
    Files.writeString(file, " pass word \n");
    loader.readEnvironment(Map.of(variable, file.toString()));
    assertThat(loader.check()).as(loader.problems()).isTrue();
    assertThat(loader.config().text(Settings.REQUIREPASS)).isEqualTo(" pass word ");
  }

  @Test
  void aPasswordFileThatIsNotThere_isAProblem() {
    loader.readEnvironment(Map.of("REDIS_PASSWORD_FILE", "/nonexistent"));
    assertThat(loader.problems())
        .isEqualTo(
            "redistill: environment variable REDIS_PASSWORD_FILE '/nonexistent':"
                + " No such file or directory");
  }

  @Test
  void aPasswordGivenTwice_isAProblem() {
    loader.readEnvironment(
        Map.of("REDISTILL_PASSWORD_FILE", "/nonexistent", "REDISTILL_PASSWORD", "x"));
    assertThat(loader.problems()).endsWith("REDISTILL_PASSWORD is set as well");
  }

  @Test
  void unknownNamesOfOurs_andBadValues_areProblems() {
    loader.readEnvironment(
        Map.of("REDISTILL_MAX_MEMORY", "1", "REDISTILL_PORT", "x", "REDIS_NUM_SHARDS", "1000"));
    assertThat(loader.problems().lines())
        .containsExactly(
            "redistill: environment variable REDIS_NUM_SHARDS '1000':"
                + " argument must be a power of two",
            "redistill: environment variable REDISTILL_MAX_MEMORY '1':"
                + " there is no setting of this name",
            "redistill: environment variable REDISTILL_PORT 'x':"
                + " argument couldn't be parsed into an integer");
  }

  @Test
  void otherVariables_areLeftAlone() {
    loader.readEnvironment(
        Map.of(
            "REDIS_URL", "redis://x",
            "REDIS_PASSWORD", "",
            "REDISTILL_JAVA_OPTS", "-Xmx1g",
            "REDISTILL_HEAP", "1g",
            "REDISTILL_HOME", "/opt",
            "PATH", "/bin"));
    assertThat(loader.check()).as(loader.problems()).isTrue();
    assertThat(loader.config().get(List.of("*"))).isEqualTo(Config.defaults().get(List.of("*")));
  }

  @Test
  void addressesOfKubernetesServices_areLeftAlone() {
    loader.readEnvironment(
        Map.of(
            "REDIS_PORT", "tcp://10.0.0.1:6379",
            "REDISTILL_PORT", "tcp://10.0.0.1:6379",
            "REDISTILL_PORT_6379_TCP", "tcp://10.0.0.1:6379",
            "REDISTILL_PORT_6379_TCP_ADDR", "10.0.0.1",
            "REDISTILL_SERVICE_HOST", "10.0.0.1",
            "REDISTILL_SERVICE_PORT_REDIS", "6379"));
    assertThat(loader.check()).as(loader.problems()).isTrue();
    assertThat(loader.config().integer(Settings.PORT)).isEqualTo(6379);
  }

  @Test
  void variablesThatTuneTheRustRedistill_areNamedInOneWarning() {
    loader.readEnvironment(Map.of("REDIS_BATCH_SIZE", "256", "REDIS_TCP_NODELAY", "true"));
    assertThat(loader.config().startNotes().warnings())
        .containsExactly(
            "without effect: REDIS_BATCH_SIZE, REDIS_TCP_NODELAY"
                + " (it tunes the inside of the Rust Redistill)");
  }
}
