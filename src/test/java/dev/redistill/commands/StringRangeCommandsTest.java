package dev.redistill.commands;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StringRangeCommandsTest {

  private final Console console = new Console();

  @Test
  void append_keepsTheTimeToLive() {
    console.run("SET", "a", "1", "EX", "100");
    assertThat(console.run("APPEND", "a", "23")).isEqualTo("(integer) 3");
    assertThat(console.run("GET", "a")).isEqualTo("\"123\"");
    assertThat(console.run("TTL", "a")).isEqualTo("(integer) 100");
  }

  @Test
  void append_showsInTheEncoding() {
    assertThat(console.run("APPEND", "a", "12")).isEqualTo("(integer) 2");
    assertThat(console.run("OBJECT", "ENCODING", "a")).isEqualTo("\"int\"");
    console.run("APPEND", "a", "");
    assertThat(console.run("OBJECT", "ENCODING", "a")).isEqualTo("\"raw\"");
  }

  @Test
  void append_growsAStringFarBeyondItsFirstSize() {
    StringBuilder expected = new StringBuilder();
    for (int i = 0; i < 3000; i++) {
      expected.append(i);
      assertThat(console.run("APPEND", "a", String.valueOf(i)))
          .isEqualTo("(integer) " + expected.length());
    }
    assertThat(console.run("GET", "a")).isEqualTo("\"" + expected + "\"");
    assertThat(console.run("GETRANGE", "a", "-4", "-1")).isEqualTo("\"2999\"");
  }

  @Test
  void append_doesNotChangeAValueThatWasReadBefore() {
    console.run("SET", "a", "x".repeat(2000));
    console.run("COPY", "a", "b");
    console.run("APPEND", "a", "1");
    console.run("SETRANGE", "a", "0", "y");
    assertThat(console.run("GET", "b")).isEqualTo("\"" + "x".repeat(2000) + "\"");
    console.run("COPY", "a", "c");
    console.run("SETRANGE", "a", "1", "z");
    assertThat(console.run("GETRANGE", "c", "0", "2")).isEqualTo("\"yxx\"");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 3, Hell",
    "0, -1, Hello World",
    "-4, -1, orld",
    "5, 3, ''",
    "5, 5000, ' World'",
    "-5000, 10000, Hello World",
    "0, -100, H",
    "1, -100, ''",
    "-1, -100, ''",
    "-100, -99, H",
    "-100, -101, ''",
    "11, 11, ''",
    "-9223372036854775808, 9223372036854775807, Hello World"
  })
  void getrange_hasBothEnds(String start, String end, String expected) {
    console.run("SET", "a", "Hello World");
    assertThat(console.run("GETRANGE", "a", start, end)).isEqualTo("\"" + expected + "\"");
    assertThat(console.run("SUBSTR", "a", start, end)).isEqualTo("\"" + expected + "\"");
    assertThat(console.run("GETRANGE", "none", start, end)).isEqualTo("\"\"");
  }

  @Test
  void setrange_fillsWithZeroBytes() {
    assertThat(console.run("SETRANGE", "a", "2", "x")).isEqualTo("(integer) 3");
    assertThat(console.run("GET", "a")).isEqualTo("\"\\x00\\x00x\"");
    assertThat(console.run("SETRANGE", "a", "1", "yz!")).isEqualTo("(integer) 4");
    assertThat(console.run("GET", "a")).isEqualTo("\"\\x00yz!\"");
    assertThat(console.run("SETRANGE", "a", "2000", "e")).isEqualTo("(integer) 2001");
    assertThat(console.run("SETRANGE", "a", "1990", "d")).isEqualTo("(integer) 2001");
    assertThat(console.run("GETRANGE", "a", "1989", "-1"))
        .isEqualTo("\"\\x00d" + "\\x00".repeat(9) + "e\"");
  }

  @Test
  void setrange_withNothingChangesNothing() {
    assertThat(console.run("SETRANGE", "a", "5", "")).isEqualTo("(integer) 0");
    assertThat(console.run("EXISTS", "a")).isEqualTo("(integer) 0");
    console.run("SET", "a", "12");
    assertThat(console.run("SETRANGE", "a", "5", "")).isEqualTo("(integer) 2");
    assertThat(console.run("OBJECT", "ENCODING", "a")).isEqualTo("\"int\"");
    console.run("SETRANGE", "a", "0", "3");
    assertThat(console.run("OBJECT", "ENCODING", "a")).isEqualTo("\"raw\"");
  }

  @Test
  void setrange_refusesAnOffsetOutOfRange() {
    String tooLong = "(error) ERR string exceeds maximum allowed size (proto-max-bulk-len)";
    assertThat(console.run("SETRANGE", "a", "-1", "x"))
        .isEqualTo("(error) ERR offset is out of range");
    assertThat(console.run("SETRANGE", "a", "536870912", "x")).isEqualTo(tooLong);
    assertThat(console.run("SETRANGE", "a", "9223372036854775807", "x")).isEqualTo(tooLong);
    assertThat(console.run("EXISTS", "a")).isEqualTo("(integer) 0");
  }

  @Test
  void strlen_isTheNumberOfBytes() {
    assertThat(console.run("STRLEN", "a")).isEqualTo("(integer) 0");
    console.run("SET", "a", "-555");
    assertThat(console.run("STRLEN", "a")).isEqualTo("(integer) 4");
  }
}
