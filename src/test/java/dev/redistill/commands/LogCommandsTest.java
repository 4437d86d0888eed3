package dev.redistill.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class LogCommandsTest {

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

  private String of(String kind) {
    return console.run("COMMANDLOG", "GET", "-1", kind);
  }

  @Test
  void theSlowLog_isOneOfThree() {
    console.run("CONFIG", "SET", "commandlog-execution-slower-than", "0");
    console.run("SET", "a", "1");
    console.run("CONFIG", "SET", "slowlog-log-slower-than", "-1");
    console.run("SLOWLOG", "RESET");
    assertThat(console.run("COMMANDLOG", "LEN", "slow")).isEqualTo("(integer) 0");
    console.run("CONFIG", "SET", "slowlog-log-slower-than", "0");
    console.run("SET", "a", "1");
    assertThat(console.run("COMMANDLOG", "GET", "1", "SLOW"))
        .endsWith("[\"SET\", \"a\", \"1\"], \"127.0.0.1:50000\", \"\"]]");
    assertThat(console.run("COMMANDLOG", "RESET", "slow")).isEqualTo("OK");
  }

  @Test
  void largeRequests_areLoggedWithTheirBytes() {
    console.run("MSET", "a", "x".repeat(1_048_576 - 34));
    assertThat(of("large-request")).isEqualTo("[]");
    console.run("MSET", "a", "x".repeat(1_048_576 - 33));
    assertThat(of("large-request"))
        .startsWith(
            "[[(integer) 0, (integer) 1700000000, (integer) 1048576, [\"MSET\", \"a\", \"xx")
        .endsWith("... (1048415 more bytes)\"], \"127.0.0.1:50000\", \"\"]]");
    assertThat(console.run("SLOWLOG", "LEN")).isEqualTo("(integer) 0");
    assertThat(console.run("COMMANDLOG", "LEN", "large-reply")).isEqualTo("(integer) 0");
  }

  @Test
  void largeReplies_areLoggedWithTheirBytes() {
    console.run("SET", "a", "x".repeat(1_048_576 - 12 - 1));
    console.run("GET", "a");
    assertThat(of("large-reply")).isEqualTo("[]");
    console.run("SET", "a", "x".repeat(1_048_576 - 12));
    console.run("GET", "a");
    console.run("MGET", "a", "a");
    assertThat(of("large-reply"))
        .contains("(integer) 2097156, [\"MGET\", \"a\", \"a\"]")
        .contains("(integer) 1048576, [\"GET\", \"a\"]");
    assertThat(console.run("COMMANDLOG", "LEN", "large-reply")).isEqualTo("(integer) 2");
    assertThat(console.run("COMMANDLOG", "RESET", "large-reply")).isEqualTo("OK");
    assertThat(of("large-reply")).isEqualTo("[]");
  }

  @Test
  void commandsOfATransaction_areLoggedByThemselves() {
    console.run("CONFIG", "SET", "commandlog-request-larger-than", "200000");
    console.run("CONFIG", "SET", "commandlog-reply-larger-than", "200000");
    console.run("MULTI");
    console.run("SET", "a", "x".repeat(200_000));
    console.run("GET", "a");
    console.run("EXEC");
    assertThat(of("large-request")).contains("[\"SET\", \"a\"").doesNotContain("EXEC", "GET");
    assertThat(of("large-reply")).contains("[\"GET\", \"a\"]").doesNotContain("EXEC", "SET");
  }

  @Test
  void smallSizes_countForBriefCommandsIfTheSettingsSaySo() {
    console.run("CONFIG", "SET", "commandlog-reply-larger-than", "5");
    console.run("CONFIG", "SET", "commandlog-request-larger-than", "28");
    console.run("SET", "a", "12");
    console.run("GET", "a");
    assertThat(of("large-request")).contains("(integer) 28, [\"SET\", \"a\", \"12\"]");
    assertThat(of("large-reply"))
        .contains("(integer) 8, [\"GET\", \"a\"]")
        .contains("(integer) 5, [\"SET\", \"a\", \"12\"]");
    console.run("CONFIG", "SET", "commandlog-reply-larger-than", "-1");
    console.run("COMMANDLOG", "RESET", "large-reply");
    console.run("GET", "a");
    assertThat(of("large-reply")).isEqualTo("[]");
  }

  @Test
  void eachLog_hasALimitOfItsOwn() {
    console.run("CONFIG", "SET", "commandlog-reply-larger-than", "0");
    console.run("CONFIG", "SET", "commandlog-large-reply-max-len", "2");
    for (int i = 0; i < 5; i++) {
      console.run("PING");
    }
    assertThat(console.run("COMMANDLOG", "LEN", "large-reply")).isEqualTo("(integer) 2");
  }

  @Test
  void commandlog_knowsThreeKinds() {
    String wrong =
        "(error) ERR type should be one of the following: slow, large-request, large-reply";
    assertThat(console.run("COMMANDLOG", "LEN", "large")).isEqualTo(wrong);
    assertThat(console.run("COMMANDLOG", "RESET", "all")).isEqualTo(wrong);
    assertThat(console.run("COMMANDLOG", "GET", "1", "fast")).isEqualTo(wrong);
    assertThat(console.run("COMMANDLOG", "GET", "-2", "slow"))
        .isEqualTo("(error) ERR count should be greater than or equal to -1");
    assertThat(console.run("COMMANDLOG", "GET", "1"))
        .isEqualTo("(error) ERR wrong number of arguments for 'commandlog|get' command");
  }
}
