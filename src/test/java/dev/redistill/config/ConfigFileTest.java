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

/** Configuration files; the reasons were recorded from Redis 7.0.15. */
final class ConfigFileTest {

  private final ConfigLoader loader = new ConfigLoader();

  @TempDir private Path directory;

  @Test
  void linesAreReadWithCommentsAndQuotes() {
    loader.readText(
        "test",
        """
        # a comment
          PORT   7000\r

        requirepass "a \\x41 # b"
        bind 127.0.0.1 ::1
        unixsocket ''
        """);
    Config config = good();
    assertThat(config.integer(Settings.PORT)).isEqualTo(7000);
    assertThat(config.text(Settings.REQUIREPASS)).isEqualTo("a A # b");
    assertThat(config.list(Settings.BIND)).containsExactly("127.0.0.1", "::1");
    assertThat(config.startNotes().warnings()).isEmpty();
  }

  @Test
  void theLastLineCounts_butLinesOfSaveAddUp() {
    loader.readText("test", "port 1\nport 2\nsave 900 1\nsave 300 10 60 10000");
    assertThat(good().integer(Settings.PORT)).isEqualTo(2);
    assertThat(good().print(Settings.SAVE)).isEqualTo("900 1 300 10 60 10000");
  }

  @Test
  void anEmptySave_takesBackTheLinesBefore() {
    loader.readText("test", "save 900 1\nsave \"\"\nsave 5 1");
    assertThat(good().print(Settings.SAVE)).isEqualTo("5 1");
  }

  @Test
  void aListInOneArgument_isTakenApart() {
    loader.readText("test", "save \"900 1 300 10\"\nbind '127.0.0.1 ::1'");
    assertThat(good().print(Settings.SAVE)).isEqualTo("900 1 300 10");
    assertThat(good().list(Settings.BIND)).containsExactly("127.0.0.1", "::1");
  }

  @Test
  void outputLimits_changeTheClassesThatAreNamed() {
    loader.readText(
        "test",
        "client-output-buffer-limit normal 1 2 3\nclient-output-buffer-limit pubsub 4kb 5 6");
    assertThat(good().print(Settings.CLIENT_OUTPUT_BUFFER_LIMIT))
        .isEqualTo("normal 1 2 3 slave 268435456 67108864 60 pubsub 4096 5 6");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '|',
      value = {
        "foo; Bad directive or wrong number of arguments",
        "foo 1; Bad directive or wrong number of arguments",
        "port; wrong number of arguments",
        "port 1 2; wrong number of arguments",
        "port abc; argument couldn't be parsed into an integer",
        "port 65536; argument must be between 0 and 65535 inclusive",
        "databases 0; argument must be between 1 and 2147483647 inclusive",
        "shards 1000; argument must be a power of two",
        "shards 131072; argument must be between 1 and 65536 inclusive",
        "save 1; Invalid save parameters",
        "unixsocketperm 999; argument couldn't be parsed as an octal number",
        "unixsocketperm 7777; argument must be between 0 and 777 inclusive",
        "loglevel x; argument(s) must be one of the following: debug, verbose, notice, warning",
        "dir /nonexistent/directory; No such file or directory",
        "dbfilename a/b; dbfilename can't be a path, just a filename",
        "sentinel monitor x; sentinel directive while not in sentinel mode",
        "rename-command GET; Bad directive or wrong number of arguments",
        "loadmodule.x; Bad directive or wrong number of arguments",
      })
  void aBadLine_isReportedWithItsNumber(String line, String reason) {
    loader.readText("my.conf", "# one\n\n" + line + "\n");
    assertThat(loader.check()).isFalse();
    assertThat(loader.problems())
        .isEqualTo(
            """

            *** FATAL CONFIG FILE ERROR ***
            Reading the configuration file, at line 3 of my.conf
            >>> '%s'
            %s\
            """
                .formatted(line, reason));
  }

  @Test
  void everyProblem_isReported() {
    loader.readText("my.conf", "port x\ntimeout 5\nfoo\nmaxmemory \"1gb\nloglevel loud");
    assertThat(loader.check()).isFalse();
    assertThat(loader.problems())
        .containsSubsequence(
            "at line 1 of my.conf",
            "at line 3 of my.conf",
            "at line 4 of my.conf\n>>> 'maxmemory ...'\nUnbalanced quotes in configuration line",
            "at line 5 of my.conf");
  }

  @Test
  void aPassword_isNotRepeatedInAProblem() {
    loader.readText("my.conf", "requirepass secret one\nrequirepass \"secret");
    loader.readEnvironment(Map.of("REDISTILL_MASTERAUTH", "secret"));
    assertThat(loader.problems()).contains("at line 1", "at line 2").doesNotContain("secret");
  }

  @Test
  void whatHasNoEffect_isNamedOncePerReason() {
    loader.readText(
        "test",
        """
        appendonly yes
        appendfsync always
        replica-read-only yes
        slave-priority 5
        replica-read-only no
        maxmemory 1gb
        maxmemory-policy noeviction
        loadmodule /x.so
        search.timeout 5
        lua-replicate-commands yes
        """);
    assertThat(good().startNotes().warnings())
        .containsExactly(
            "WARNING: appendonly yes is ignored:"
                + " there is no append-only file: use save for snapshots",
            "without effect: appendfsync (there is no append-only file)",
            "without effect: replica-read-only, slave-priority (there is no replication)",
            "without effect: loadmodule, search.timeout (there are no modules)",
            "without effect: lua-replicate-commands (it tunes the inside of Redis)");
    assertThat(good().get(List.of("appendonly", "appendfsync", "replica-priority")).values())
        .containsExactly("no", "always", "5");
  }

  @Test
  void renamedCommands_areKept() {
    loader.readText("test", "rename-command CONFIG hidden\nrename-command FLUSHALL \"\"");
    assertThat(good().startNotes().renames())
        .containsExactly(
            new StartNotes.Rename("CONFIG", "hidden"), new StartNotes.Rename("FLUSHALL", ""));
  }

  @Test
  void include_readsFilesInTheOrderOfTheirNames() throws IOException {
    Files.writeString(directory.resolve("b.conf"), "port 2\ntimeout 2");
    Files.writeString(directory.resolve("a.conf"), "port 1\nhz 1");
    loader.readText("test", "include " + directory + "/*.conf\ninclude /nonexistent/*.conf\nhz 5");
    assertThat(good().get(List.of("port", "timeout", "hz")).values())
        .containsExactly("2", "2", "5");
  }

  @Test
  void include_ofAFileThatIsNotThereOrIncludesItself_isAProblem() throws IOException {
    Path loop = directory.resolve("loop.conf");
    Files.writeString(loop, "include " + loop);
    loader.readText("test", "include /nonexistent.conf\ninclude " + loop);
    assertThat(loader.problems())
        .contains("can't open config file '/nonexistent.conf': No such file or directory")
        .containsOnlyOnce("does a file include itself?");
  }

  @Test
  void include_ofWhatCannotBeAFileName_isAProblem() {
    loader.readText("test", "include \"a\\x00b\"\ninclude [a\nlogfile \"a\\x00b\"");
    assertThat(loader.check()).isFalse();
    assertThat(loader.problems())
        .contains("include names no file")
        .contains("argument must not hold a NUL character");
  }

  @Test
  void json_isReadByTheNameOfTheFile() throws IOException {
    Path file = directory.resolve("redistill.json");
    Files.writeString(
        file,
        """
        {
          "port": 7000,
          "bind": ["127.0.0.1", "::1"],
          "requirepass": "a b\\u00e9",
          "rdbcompression": false,
          "maxmemory": "1gb",
          "save": [[900, 1], [300, 10]],
          "client-output-buffer-limit": ["normal 1 2 3", "pubsub 4 5 6"]
        }
        """);
    loader.readFile(file);
    Config config = good();
    assertThat(config.startNotes().file()).isEqualTo(file.toString());
    assertThat(config.integer(Settings.PORT)).isEqualTo(7000);
    assertThat(config.list(Settings.BIND)).containsExactly("127.0.0.1", "::1");
    assertThat(config.text(Settings.REQUIREPASS)).isEqualTo("a bé");
    assertThat(config.flag(Settings.RDBCOMPRESSION)).isFalse();
    assertThat(config.bytes(Settings.MAXMEMORY)).isEqualTo(1 << 30);
    assertThat(config.print(Settings.SAVE)).isEqualTo("900 1 300 10");
    assertThat(config.outputLimits().subscriber()).isEqualTo(new OutputLimits.Limit(4, 5, 6));
  }

  @Test
  void problemsInJson_haveLineNumbers() throws IOException {
    Path file = directory.resolve("bad.json");
    Files.writeString(
        file,
        """
        { "port": "x",
          "timeout": null,
          "foo": 1,
          "hz": {"a": 1},
          "maxclients": 5
          "dir": "."
        }
        """);
    loader.readFile(file);
    assertThat(loader.problems())
        .containsSubsequence(
            "at line 1 of " + file + "\n>>> 'port \"x\"'\nargument couldn't be parsed",
            "at line 2 of " + file + "\n>>> 'timeout'\na value is a string",
            "at line 3 of " + file + "\n>>> 'foo 1'\nBad directive",
            "at line 4 of " + file + "\n>>> 'hz'\na value is a string",
            "at line 6 of " + file + "\n>>> '...'\nnot JSON: ");
  }

  @Test
  void anOpenAddressWithoutPassword_isRefusedUnlessItIsMeant() {
    loader.readText("test", "bind 127.0.0.1 -0.0.0.0");
    assertThat(loader.check()).isFalse();
    assertThat(loader.problems())
        .isEqualTo(
            "redistill: bind 0.0.0.0: other machines could connect without a password;"
                + " set requirepass, or protected-mode no if that is meant");

    ConfigLoader meant = new ConfigLoader();
    meant.readText("test", "bind *\nprotected-mode no");
    assertThat(meant.check()).isTrue();

    ConfigLoader withPassword = new ConfigLoader();
    withPassword.readText("test", "bind * -::*\nrequirepass x");
    assertThat(withPassword.check()).isTrue();
  }

  @Test
  void aServerThatListensNowhere_doesNotStart() {
    loader.readText("test", "port 0");
    assertThat(loader.check()).isFalse();
    assertThat(loader.problems())
        .isEqualTo("redistill: Configured to not listen anywhere, exiting.");
  }

  @Test
  void aLogFileThatCannotBeOpened_isAProblem() {
    loader.readText("test", "logfile " + directory.resolve("missing/redistill.log"));
    assertThat(loader.check()).isFalse();
    assertThat(loader.problems()).startsWith("redistill: Can't open the log file '");
  }

  @Test
  void fileNames_areSeenFromDir() {
    loader.readText("test", "logfile a.log\ndir " + directory);
    assertThat(good().file(Settings.LOGFILE)).contains(directory.resolve("a.log"));
  }

  private Config good() {
    assertThat(loader.check()).as(loader.problems()).isTrue();
    return loader.config();
  }
}
