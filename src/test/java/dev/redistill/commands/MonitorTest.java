package dev.redistill.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class MonitorTest {

  private static final String BEGIN = "1700000000.000000 [0 127.0.0.1:50000] ";

  private final Console watcher = new Console();
  private final Console other = watcher.other();

  private List<String> shown() {
    return watcher.messages().stream().map(line -> line.replace(BEGIN, "")).toList();
  }

  @Test
  void whatRuns_isShownWithItsTimeDatabaseAndClient() {
    assertThat(watcher.run("MONITOR")).isEqualTo("OK");
    other.run("SET", "a", "1");
    assertThat(watcher.messages()).containsExactly(BEGIN + "\"SET\" \"a\" \"1\"");
    other.run("SELECT", "3");
    assertThat(watcher.messages().getFirst()).contains(" [3 127.0.0.1:50000] \"SELECT\" \"3\"");
  }

  @Test
  void bytesThatCannotBeSeen_areEscapedAsInRedis() {
    watcher.run("MONITOR");
    other.run("SET", "q\u0000\n\r\t\b\u0007\"\\", "\u00e9");
    assertThat(shown()).containsExactly("\"SET\" \"q\\x00\\n\\r\\t\\b\\a\\\"\\\\\" \"\\xe9\"");
  }

  @Test
  void passwordsAndAdministration_areNotShown() {
    watcher.run("MONITOR");
    other.run("AUTH", "secret");
    other.run("AUTH", "me", "secret");
    other.run("HELLO", "2", "AUTH", "default", "secret");
    other.run("CONFIG", "SET", "requirepass", "secret");
    assertThat(shown())
        .containsExactly(
            "\"AUTH\" \"(redacted)\"",
            "\"AUTH\" \"(redacted)\" \"(redacted)\"",
            "\"HELLO\" \"2\" \"AUTH\" \"(redacted)\" \"(redacted)\"");
  }

  @Test
  void aTransaction_isShownAsItRuns() {
    watcher.run("MONITOR");
    other.run("MULTI");
    other.run("SET", "a", "1");
    other.run("HGET", "a", "f");
    assertThat(shown()).containsExactly("\"MULTI\"");
    other.run("EXEC");
    assertThat(shown()).containsExactly("\"SET\" \"a\" \"1\"", "\"HGET\" \"a\" \"f\"", "\"EXEC\"");
  }

  @Test
  void whatDoesNotRun_isNotShown() {
    watcher.run("MONITOR");
    other.run("GET");
    other.run("NOSUCH");
    assertThat(shown()).isEmpty();
  }

  @Test
  void itsOwnCommands_areShownBehindTheirReplies_untilItIsReset() {
    watcher.run("MONITOR");
    assertThat(watcher.run("PING")).isEqualTo("PONG");
    assertThat(shown()).containsExactly("\"PING\"");
    assertThat(watcher.run("CLIENT", "LIST")).contains("flags=O ");
    watcher.run("RESET");
    other.run("PING");
    assertThat(watcher.messages()).isEmpty();
    assertThat(other.run("CLIENT", "LIST")).doesNotContain("flags=O ");
  }

  @Test
  void insideATransaction_itIsRefused() {
    other.run("MULTI");
    other.run("MONITOR");
    assertThat(other.run("EXEC"))
        .isEqualTo("[(error) ERR MONITOR isn't allowed for DENY BLOCKING client]");
  }

  @Test
  void itDoesNotUseKeys_andIsAnsweredOnce() {
    String refused = "(error) ERR Replica can't interact with the keyspace";
    watcher.run("MONITOR");
    assertThat(watcher.raw("MONITOR")).isEmpty();
    assertThat(watcher.run("GET", "a")).isEqualTo(refused);
    assertThat(watcher.run("SET", "a", "1")).isEqualTo(refused);
    assertThat(watcher.run("PUBLISH", "a", "1")).isEqualTo(refused);
    assertThat(shown()).isEmpty();
    watcher.run("RESET");
    assertThat(watcher.run("SET", "a", "1")).isEqualTo("OK");
  }
}
