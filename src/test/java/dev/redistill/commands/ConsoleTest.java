package dev.redistill.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class ConsoleTest {

  @Test
  void run_showsTheReplyAsText() {
    Console console = new Console();
    assertThat(console.run("SET", "a", "1\n\u00ff")).isEqualTo("OK");
    assertThat(console.run("GET", "a")).isEqualTo("\"1\\n\\xff\"");
    assertThat(console.run("GET")).startsWith("(error) ERR wrong number of arguments");
  }

  @Test
  void raw_isTheReplyByteForByte() {
    Console console = new Console();
    assertThat(console.raw("GET", "none")).isEqualTo("$-1\r\n");
    assertThat(console.resp3().raw("GET", "none")).isEqualTo("_\r\n");
  }

  @Test
  void other_isAnotherClientOfTheSameServer() {
    Console console = new Console();
    console.run("SET", "a", "1");
    Console other = console.other();
    assertThat(other.run("GET", "a")).isEqualTo("\"1\"");
    assertThat(other.session().id()).isNotEqualTo(console.session().id());
    assertThat(new Console().run("GET", "a")).isEqualTo("(nil)");
  }

  @Test
  void replyText_showsEveryType() {
    assertThat(ReplyText.of("*5\r\n:1\r\n$-1\r\n*-1\r\n$1\r\na\r\n*0\r\n"))
        .isEqualTo("[(integer) 1, (nil), (nil), \"a\", []]");
    assertThat(ReplyText.of("%1\r\n+k\r\n~2\r\n#t\r\n#f\r\n")).isEqualTo("{k: ~[(true), (false)]}");
    assertThat(ReplyText.of(">2\r\n,1.5\r\n(12\r\n")).isEqualTo(">[(double) 1.5, (bignumber) 12]");
    assertThat(ReplyText.of("=6\r\ntxt:ab\r\n")).isEqualTo("(txt) \"ab\"");
    assertThat(ReplyText.of("")).isEmpty();
  }

  @Test
  void replyText_doesNotPutUpWithTwoReplies() {
    assertThatThrownBy(() -> ReplyText.of("+OK\r\n+OK\r\n")).isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> ReplyText.of("$3\r\nab\r\n")).isInstanceOf(AssertionError.class);
  }
}
