package dev.redistill.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every setting has what a setting needs, and what Redis has is there. */
final class SettingsTest {

  /** Where we differ from Redis 7.0.15 on purpose. */
  private static final Set<String> OWN_DEFAULTS =
      Set.of("bind", "dir", "io-threads", "maxmemory-clients", "save");

  private static final Set<String> NOT_IN_REDIS =
      Set.of(
          "authentication-timeout",
          "carrier-scheduler",
          "console-allow-delete",
          "load-previous",
          "log-format",
          "metrics-bind",
          "metrics-port",
          "max-connection-rate",
          "rdb-skip-unknown",
          "rdb-version",
          "request-timeout",
          "shards",
          "stats-prefix-delimiter",
          "tls-auth-clients-user",
          "tls-handshake-timeout",
          "tls-max-handshake-rate",
          "tls-max-handshakes",
          "tls-provider",
          "write-timeout");

  private static final Set<String> AFTER_REDIS_7_0 =
      Set.of(
          "cluster-announce-human-nodename",
          "commandlog-execution-slower-than",
          "commandlog-large-reply-max-len",
          "commandlog-large-request-max-len",
          "commandlog-reply-larger-than",
          "commandlog-request-larger-than",
          "commandlog-slow-execution-max-len",
          "locale-collate",
          "set-max-listpack-entries",
          "set-max-listpack-value");

  @Test
  void configGet_namesWhatRedisNamesWithItsDefaults() throws IOException {
    Map<String, String> redis = defaultsOfRedis();
    Map<String, String> ours = new TreeMap<>(Config.defaults().get(List.of("*")));
    assertThat(ours.keySet())
        .containsAll(redis.keySet())
        .containsAll(NOT_IN_REDIS)
        .containsAll(AFTER_REDIS_7_0)
        .hasSize(redis.size() + NOT_IN_REDIS.size() + AFTER_REDIS_7_0.size());
    redis.keySet().removeAll(OWN_DEFAULTS);
    assertThat(ours).containsAllEntriesOf(redis);
  }

  @Test
  void everyDefault_isAValueThatReadsBackAsItPrints() {
    for (Setting setting : Settings.all()) {
      Object value = setting.defaultValue();
      String printed = setting.type().format(value);
      List<String> words = setting.type().splits() ? Words.split(printed) : List.of(printed);
      assertThat(setting.type().parse(words, value)).as(setting.name()).isEqualTo(value);
    }
  }

  @Test
  void everySetting_saysWhatItIsFor() {
    for (Setting setting : Settings.all()) {
      assertThat(setting.summary()).as(setting.name()).isNotBlank().doesNotEndWith(".");
      assertThat(setting.group()).as(setting.name()).isNotBlank();
      assertThat(setting.placeholder()).as(setting.name()).isNotBlank();
      assertThat(setting.name()).matches("[a-z][a-z0-9_-]+");
    }
  }

  @Test
  void everyConstant_isNamedLikeItsSetting() throws IllegalAccessException {
    for (var field : Settings.class.getFields()) {
      Setting setting = (Setting) field.get(null);
      assertThat(setting.name())
          .isEqualTo(field.getName().toLowerCase(Locale.ROOT).replace('_', '-'));
    }
  }

  @Test
  void everySettingThatClaimsAnEffect_isReadSomewhere() throws IOException {
    String code;
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      code =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .map(SettingsTest::text)
              .collect(Collectors.joining());
    }
    for (Setting setting : Settings.all()) {
      if (setting.effect() == Effect.FULL) {
        String constant = setting.name().toUpperCase(Locale.ROOT).replace('-', '_');
        assertThat(Pattern.compile("\\bSettings\\." + constant + "\\b").matcher(code).find())
            .as("nobody reads %s, so it belongs to a LATER group", setting)
            .isTrue();
      }
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void theSampleConfiguration_worksAsItIs() {
    ConfigLoader loader = new ConfigLoader();
    loader.readFile(Path.of("conf/redistill.conf"));
    assertThat(loader.check()).as(loader.problems()).isTrue();
    assertThat(loader.config().startNotes().warnings()).isEmpty();
  }

  @Test
  void theSampleInJson_worksAsItIs() {
    ConfigLoader loader = new ConfigLoader();
    loader.readFile(Path.of("conf/redistill.json"));
    assertThat(loader.check()).as(loader.problems()).isTrue();
    assertThat(loader.config().startNotes().warnings()).isEmpty();
    assertThat(loader.config().get(List.of("*"))).isEqualTo(Config.defaults().get(List.of("*")));
  }

  @Test
  void theSampleConfiguration_showsTheDefaultOfEverySettingThatIsOurs() throws IOException {
    Pattern directive = Pattern.compile("# ([a-z][a-z-]+)( .+)");
    List<String> lines =
        Files.readAllLines(Path.of("conf/redistill.conf")).stream()
            .map(directive::matcher)
            .filter(matcher -> matcher.matches() && isOurs(matcher.group(1)))
            .map(matcher -> matcher.group(1) + matcher.group(2))
            .toList();
    Set<String> shown = Set.copyOf(lines.stream().map(line -> line.split(" ", 2)[0]).toList());
    for (Setting setting : Settings.all()) {
      if (isOurs(setting)) {
        assertThat(shown).contains(setting.name());
      }
    }
    ConfigLoader loader = new ConfigLoader();
    loader.readText("the comments of redistill.conf", String.join("\n", lines));
    assertThat(loader.check()).as(loader.problems()).isTrue();
    assertThat(loader.config().get(List.of("*"))).isEqualTo(Config.defaults().get(List.of("*")));
  }

  private static boolean isOurs(String name) {
    Setting setting = Settings.table().find(name);
    return setting != null && isOurs(setting);
  }

  private static boolean isOurs(Setting setting) {
    return setting.effect() == Effect.FULL || setting.effect() == Effect.NOT_YET;
  }

  /** Reads what {@code redis-server --save ''} of Debian, version 7.0.15, answers. */
  private static Map<String, String> defaultsOfRedis() throws IOException {
    try (InputStream recorded = SettingsTest.class.getResourceAsStream("redis-7.0.15-config.txt")) {
      return Arrays.stream(new String(recorded.readAllBytes(), UTF_8).split("\n", -1))
          .filter(Predicate.not(String::isBlank))
          .map(line -> line.split("\t", -1))
          .collect(toMap(parts -> parts[0], parts -> parts[1], (one, other) -> one, TreeMap::new));
    }
  }
}
