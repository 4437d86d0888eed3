package dev.redistill.commands;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redistill.config.ConfigLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SyncCommandsTest {

  private final Console console = new Console();

  @BeforeEach
  void start() throws IOException {
    console.services().snapshots().load(false, Thread.ofPlatform().factory(), bytes -> true);
  }

  @ParameterizedTest
  @CsvSource({
    "capa eof, OK",
    "capa psync2 capa eof, OK",
    "rdb-only 1, OK",
    "ip-address x, OK",
    "capa, ERR syntax error",
    "rdb-only 2, 'ERR value is out of range, value must between 0 and 1'",
    "rdb-only x, ERR value is not an integer or out of range",
    "rdb-filter-only functions, ERR Unsupported rdb-filter-only option: functions",
    "listening-port x, ERR value is not an integer or out of range",
    "foo bar, ERR Unrecognized REPLCONF option: foo",
  })
  void replconf_answersAsRedisDoes(String arguments, String expected) {
    String reply = console.run(("REPLCONF " + arguments).split(" ", -1));
    assertThat(reply.replace("(error) ", "")).isEqualTo(expected);
  }

  @Test
  void sync_isNotForReplicas() {
    assertThat(console.run("REPLCONF", "listening-port", "6380", "capa", "eof")).isEqualTo("OK");
    assertThat(console.run("SYNC")).startsWith("(error) ERR this server has no replicas");
    assertThat(console.run("PSYNC", "?", "-1")).startsWith("(error) ERR this server has no");
  }

  @Test
  void sync_sendsAllKeysBetweenTwoMarks_andNothingElse() {
    console.run("SET", "key", "value");
    console.run("REPLCONF", "capa", "eof");
    assertThat(console.raw("SYNC")).isEmpty();
    assertThat(console.raw("GET", "key")).isEmpty();
    assertThat(console.raw("SYNC")).isEmpty();
    String copy = console.rawMessages();
    assertThat(copy).matches("(?s)\\$EOF:([0-9a-f]{40})\r\nREDIS00.*\u0003key\u0005value.*\\1");
  }

  @Test
  void sync_sendsAllKeysBehindTheirLength_toThoseWhoKnowNoMarks(@TempDir Path directory)
      throws IOException {
    ConfigLoader settings = new ConfigLoader();
    settings.readOption("dir", List.of(directory.toString()));
    Console alone = new Console(settings.config());
    alone.services().snapshots().startEmpty();
    alone.run("SET", "key", "value");
    assertThat(alone.raw("SYNC")).isEmpty();
    String copy = alone.rawMessages();
    assertThat(copy).matches("(?s)\\$\\d+\r\nREDIS00.*\u0003key\u0005value.*");
    int head = copy.indexOf("\r\n");
    assertThat(copy.substring(head + 2)).hasSize(Integer.parseInt(copy.substring(1, head)));
    assertThat(alone.session().messaging().isCopied()).isTrue();
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void psync_isAnsweredWithAFullCopy() {
    console.run("REPLCONF", "capa", "eof");
    assertThat(console.run("PSYNC", "?", "x"))
        .isEqualTo("(error) ERR value is not an integer or out of range");
    assertThat(console.raw("PSYNC", "?", "-1")).isEmpty();
    assertThat(console.rawMessages()).matches("(?s)\\+FULLRESYNC [0-9a-f]{40} 0\r\n\\$EOF:.*");
  }
}
