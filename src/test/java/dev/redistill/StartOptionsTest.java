package dev.redistill;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redistill.config.Config;
import dev.redistill.config.Effect;
import dev.redistill.config.Setting;
import dev.redistill.config.Settings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line, which takes what redis-server takes. */
final class StartOptionsTest {

  @TempDir private Path directory;

  @Test
  void noArguments_startWithTheDefaults() {
    assertThat(serve().get(List.of("*"))).isEqualTo(Config.defaults().get(List.of("*")));
  }

  @Test
  void options_setDirectives() {
    Config config =
        serve("--port", "7000", "--MAXMEMORY", "100mb", "--bind", "127.0.0.1", "::1", "--hz", "5");
    assertThat(config.get(List.of("port", "maxmemory", "bind", "hz")).values())
        .containsExactly("7000", "104857600", "127.0.0.1 ::1", "5");
  }

  @Test
  void save_isTakenInEveryFormThatRedisTakes() {
    assertThat(save("--save", "60", "1")).isEqualTo("60 1");
    assertThat(save("--save", "900 1 300 10")).isEqualTo("900 1 300 10");
    assertThat(save("--save", "60", "1", "--save", "70", "2")).isEqualTo("60 1 70 2");
    assertThat(save("--save 60 1")).isEqualTo("60 1");
    assertThat(save("--save", "60 1", "--save", "")).isEmpty();
    assertThat(save("--save", "60 1", "--save")).isEmpty();
    assertThat(save("--save", "60 1", "--save", "--hz", "5")).isEmpty();
  }

  @Test
  void aFirstValueThatLooksLikeAnOption_isAValue() {
    assertThat(serve("--requirepass", "--port").text(Settings.REQUIREPASS)).isEqualTo("--port");
    assertThat(serve("--requirepass", "-x").text(Settings.REQUIREPASS)).isEqualTo("-x");
    assertThat(serve("--requirepass", "a=b \"c").text(Settings.REQUIREPASS)).isEqualTo("a=b \"c");
  }

  @Test
  void nameAndValueInOneArgument_areTakenApart() {
    assertThat(serve("--port 7000").integer(Settings.PORT)).isEqualTo(7000);
    assertThat(serve("--port=7000").integer(Settings.PORT)).isEqualTo(7000);
  }

  @Test
  void aliasesAndOldNames_areOptionsToo() {
    assertThat(serve("--hash-max-ziplist-entries", "7").integer(Settings.HASH_MAX_LISTPACK_ENTRIES))
        .isEqualTo(7);
  }

  @Test
  void theLastOfFileInputEnvironmentAndOption_counts() throws IOException {
    Path file = directory.resolve("my.conf");
    Files.writeString(file, "port 1\nhz 1\ntimeout 1\nmaxclients 1\n");
    Outcome outcome =
        StartOptions.read(
            List.of(file.toString(), "--maxclients", "4", "-"),
            Map.of("REDISTILL_TIMEOUT", "3", "REDISTILL_MAXCLIENTS", "3"),
            new ByteArrayInputStream("hz 2\ntimeout 2\nmaxclients 2".getBytes(UTF_8)));
    Config config = serving(outcome);
    assertThat(config.get(List.of("port", "hz", "timeout", "maxclients")).values())
        .containsExactly("1", "2", "3", "4");
    assertThat(config.startNotes().file()).isEqualTo(file.toString());
  }

  @Test
  void aHyphenAlone_readsTheStandardInput() {
    Outcome outcome =
        StartOptions.read(
            List.of("-"), Map.of(), new ByteArrayInputStream("port 7000".getBytes(UTF_8)));
    assertThat(serving(outcome).integer(Settings.PORT)).isEqualTo(7000);
  }

  @Test
  void theFile_mayBeNamedByTheEnvironment() throws IOException {
    Path file = directory.resolve("my.conf");
    Files.writeString(file, "port 7000");
    Outcome outcome = read(Map.of("REDISTILL_CONFIG", file.toString()));
    assertThat(serving(outcome).integer(Settings.PORT)).isEqualTo(7000);
  }

  @Test
  void badOptions_areOneLineEach() {
    Outcome.Exit exit =
        exit("-p", "5", "--foo", "1", "--port", "abc", "--maxmemory", "1x", "--timeout");
    assertThat(exit.code()).isEqualTo(1);
    assertThat(exit.text().lines())
        .containsExactly(
            "redistill: --port 'abc': argument couldn't be parsed into an integer",
            "redistill: --maxmemory '1x': argument must be a memory value",
            "redistill: --timeout '': wrong number of arguments",
            "redistill: -p: there is no such option; see redistill --help",
            "redistill: --foo: there is no such option; see redistill --help");
  }

  @Test
  void aPassword_isNotRepeatedInAProblem() {
    assertThat(exit("--requirepass", "secret", "secret").text())
        .isEqualTo("redistill: --requirepass '(hidden)': wrong number of arguments");
  }

  @Test
  void aFileThatIsNotThere_isOneLine() {
    Outcome.Exit exit = exit("/nonexistent.conf");
    assertThat(exit.code()).isEqualTo(1);
    assertThat(exit.text())
        .isEqualTo(
            "redistill: Fatal error, can't open config file '/nonexistent.conf':"
                + " No such file or directory");
  }

  @Test
  void aStrayArgument_isRefused() {
    assertThat(exit("-", "stray").text())
        .isEqualTo("redistill: stray: there is no such option; see redistill --help");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--sentinel", "--check-system", "--test-memory"})
  void otherModesOfRedisServer_areDeclined(String option) {
    Outcome.Exit exit = exit(option, "100");
    assertThat(exit.code()).isEqualTo(1);
    assertThat(exit.text()).isEqualTo("redistill: there is no " + option + "; redis-server has it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-h", "--help"})
  void help_listsEverySettingThatIsOurs(String option) {
    Outcome.Exit exit = exit(option);
    assertThat(exit.code()).isZero();
    for (Setting setting : Settings.all()) {
      boolean ours = setting.effect() == Effect.FULL || setting.effect() == Effect.NOT_YET;
      boolean shown = exit.text().contains("--" + setting.name() + " " + setting.placeholder());
      assertThat(shown).as(setting.name()).isEqualTo(ours);
    }
    assertThat(exit.text().lines()).allMatch(line -> line.length() <= 100);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-v", "--version"})
  void version_isOneLineInRedisForm(String option) {
    Outcome.Exit exit = exit(option);
    assertThat(exit.code()).isZero();
    assertThat(exit.text()).matches("Redistill server v=\\S+ java=\\S+ bits=64");
  }

  private String save(String... arguments) {
    return serve(arguments).print(Settings.SAVE);
  }

  private static Outcome read(Map<String, String> environment, String... arguments) {
    return StartOptions.read(
        List.of(arguments), environment, new ByteArrayInputStream(new byte[0]));
  }

  private static Config serve(String... arguments) {
    return serving(read(Map.of(), arguments));
  }

  private static Config serving(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Serve(Config config) -> config;
      case Outcome.Check(String file) -> throw new AssertionError("a check of " + file);
      case Outcome.Exit(int code, String text) -> throw new AssertionError(code + ": " + text);
    };
  }

  private static Outcome.Exit exit(String... arguments) {
    return (Outcome.Exit) read(Map.of(), arguments);
  }

  @Test
  void check_namesTheFileToRead() {
    assertThat(read(Map.of(), "check", "dump.rdb")).isEqualTo(new Outcome.Check("dump.rdb"));
  }

  @Test
  void loadPrevious_mayStandAlone() {
    assertThat(serve("--load-previous", "--port", "7000").flag(Settings.LOAD_PREVIOUS)).isTrue();
    assertThat(serve("--load-previous", "no").flag(Settings.LOAD_PREVIOUS)).isFalse();
    assertThat(serve("--load-previous").flag(Settings.LOAD_PREVIOUS)).isTrue();
  }
}
