package dev.redistill.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class SlowLogCommandsTest {

  private final Console console = new Console();

  @Test
  void quickCommands_areNotLogged() {
    console.run("SET", "a", "1");
    console.run("INFO");
    assertThat(console.run("SLOWLOG", "LEN")).isEqualTo("(integer) 0");
    assertThat(console.run("SLOWLOG", "GET")).isEqualTo("[]");
  }

  @Test
  void everyCommand_isLoggedIfTheSettingSaysSo() {
    console.run("CONFIG", "SET", "slowlog-log-slower-than", "0");
    console.run("CLIENT", "SETNAME", "me");
    console.run("SET", "a", "1");
    console.run("MULTI");
    console.run("GET", "a");
    console.run("EXEC");
    assertThat(console.run("SLOWLOG", "GET", "2"))
        .isEqualTo(
            "[[(integer) 4, (integer) 1700000000, (integer) 0, [\"GET\", \"a\"],"
                + " \"127.0.0.1:50000\", \"me\"], [(integer) 3, (integer) 1700000000, (integer) 0,"
                + " [\"MULTI\"], \"127.0.0.1:50000\", \"me\"]]");
    assertThat(console.run("SLOWLOG", "RESET")).isEqualTo("OK");
    console.run("CONFIG", "SET", "slowlog-log-slower-than", "-1");
    console.run("SLOWLOG", "RESET");
    console.run("SET", "a", "1");
    assertThat(console.run("SLOWLOG", "LEN")).isEqualTo("(integer) 0");
  }

  @Test
  void longArguments_areShortened() {
    console.run("CONFIG", "SET", "slowlog-log-slower-than", "0");
    String[] words = new String[40];
    Arrays.fill(words, "k");
    words[0] = "EXISTS";
    words[1] = "x".repeat(200);
    console.run(words);
    assertThat(console.run("SLOWLOG", "GET", "1"))
        .contains("[\"EXISTS\", \"" + "x".repeat(128) + "... (72 more bytes)\", \"k\", ")
        .contains("\"k\", \"... (9 more arguments)\"], ");
  }

  @Test
  void passwords_areNotLogged() {
    console.run("CONFIG", "SET", "slowlog-log-slower-than", "0");
    console.run("CONFIG", "SET", "timeout", "7", "REQUIREPASS", "secret");
    console.run("AUTH", "default", "secret");
    console.run("HELLO", "2", "AUTH", "default", "secret");
    assertThat(console.run("SLOWLOG", "GET"))
        .contains("\"timeout\", \"7\", \"REQUIREPASS\", \"(redacted)\"]")
        .contains("[\"AUTH\", \"(redacted)\", \"(redacted)\"]")
        .doesNotContain("secret");
  }

  @Test
  void theLog_hasALimit() {
    console.run("CONFIG", "SET", "slowlog-log-slower-than", "0", "slowlog-max-len", "3");
    for (int i = 0; i < 5; i++) {
      console.run("PING");
    }
    assertThat(console.run("SLOWLOG", "LEN")).isEqualTo("(integer) 3");
  }

  @Test
  void get_wantsACountThatCanBe() {
    String wrong = "(error) ERR count should be greater than or equal to -1";
    assertThat(console.run("SLOWLOG", "GET", "-2")).isEqualTo(wrong);
    assertThat(console.run("SLOWLOG", "GET", "x")).isEqualTo(wrong);
    assertThat(console.run("SLOWLOG", "GET", "1", "2"))
        .isEqualTo(
            "(error) ERR unknown subcommand or wrong number of arguments for 'GET'. Try SLOWLOG"
                + " HELP.");
  }
}
