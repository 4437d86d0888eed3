package dev.redistill.commands;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CounterCommandsTest {

  private static final String NO_INTEGER = "(error) ERR value is not an integer or out of range";
  private static final String OVERFLOW = "(error) ERR increment or decrement would overflow";

  private final Console console = new Console();

  @Test
  void incr_countsFromZeroAndKeepsTheTimeToLive() {
    assertThat(console.run("INCR", "a")).isEqualTo("(integer) 1");
    console.run("EXPIRE", "a", "100");
    assertThat(console.run("INCRBY", "a", "41")).isEqualTo("(integer) 42");
    assertThat(console.run("DECR", "a")).isEqualTo("(integer) 41");
    assertThat(console.run("DECRBY", "a", "-9")).isEqualTo("(integer) 50");
    assertThat(console.run("GET", "a")).isEqualTo("\"50\"");
    assertThat(console.run("TTL", "a")).isEqualTo("(integer) 100");
  }

  @Test
  void incr_refusesToOverflow() {
    console.run("SET", "a", "9223372036854775807");
    assertThat(console.run("INCR", "a")).isEqualTo(OVERFLOW);
    assertThat(console.run("DECRBY", "a", "-1")).isEqualTo(OVERFLOW);
    console.run("SET", "a", "-9223372036854775808");
    assertThat(console.run("DECR", "a")).isEqualTo(OVERFLOW);
    assertThat(console.run("DECRBY", "a", "-9223372036854775808"))
        .isEqualTo("(error) ERR decrement would overflow");
    assertThat(console.run("INCRBY", "a", "9223372036854775807")).isEqualTo("(integer) -1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", " 1", "1 ", "+1", "01", "-0", "1.0", "9223372036854775808"})
  void incr_refusesWhatIsNoInteger(String text) {
    console.run("SET", "a", text);
    assertThat(console.run("INCR", "a")).isEqualTo(NO_INTEGER);
    assertThat(console.run("INCRBY", "b", text)).isEqualTo(NO_INTEGER);
    assertThat(console.run("EXISTS", "b")).isEqualTo("(integer) 0");
  }

  @Test
  void incr_ofAStringThatWasChangedInPlaceIsAnIntegerAgain() {
    console.run("SET", "a", "1");
    console.run("APPEND", "a", "0");
    assertThat(console.run("INCR", "a")).isEqualTo("(integer) 11");
    assertThat(console.run("OBJECT", "ENCODING", "a")).isEqualTo("\"int\"");
  }

  /* Values as Redis 7.0.15 answers them. */
  @ParameterizedTest
  @CsvSource({
    "10.50, 0.1, 10.6",
    "5.0e3, 200, 5200",
    "3.0, 0, 3",
    "0x1p3, -.5, 7.5",
    "123456789012345678901234567890, 0.125, 123456789012345678899921813504",
    "18446744073709551615, 1, 18446744073709551616",
    "1, -1e-20, 1"
  })
  void incrbyfloat_hasTheDigitsOfRedis(String value, String increment, String sum) {
    console.run("SET", "a", value);
    assertThat(console.run("INCRBYFLOAT", "a", increment)).isEqualTo("\"" + sum + "\"");
    assertThat(console.run("GET", "a")).isEqualTo("\"" + sum + "\"");
  }

  @Test
  void incrbyfloat_answersABulkStringAlsoInResp3() {
    assertThat(console.resp3().raw("INCRBYFLOAT", "a", "1.5")).isEqualTo("$3\r\n1.5\r\n");
  }

  @Test
  void incrbyfloat_isNeverShownAsAnInteger() {
    console.run("INCRBYFLOAT", "a", "3.0");
    assertThat(console.run("OBJECT", "ENCODING", "a")).isEqualTo("\"embstr\"");
    console.run("COPY", "a", "b");
    assertThat(console.run("OBJECT", "ENCODING", "b")).isEqualTo("\"embstr\"");
    console.run("INCR", "a");
    assertThat(console.run("OBJECT", "ENCODING", "a")).isEqualTo("\"int\"");
  }

  @Test
  void incrbyfloat_refusesWhatIsNoNumber() {
    String noNumber = "(error) ERR value is not a valid float";
    assertThat(console.run("INCRBYFLOAT", "a", "x")).isEqualTo(noNumber);
    assertThat(console.run("INCRBYFLOAT", "a", "nan")).isEqualTo(noNumber);
    assertThat(console.run("INCRBYFLOAT", "a", "inf"))
        .isEqualTo("(error) ERR increment would produce NaN or Infinity");
    assertThat(console.run("EXISTS", "a")).isEqualTo("(integer) 0");
    console.run("SET", "a", "inf");
    assertThat(console.run("INCRBYFLOAT", "a", "-inf"))
        .isEqualTo("(error) ERR increment would produce NaN or Infinity");
  }
}
