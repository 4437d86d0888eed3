package dev.redistill.commands;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class IncrexCommandTest {

  private final Console console = new Console();

  private String run(String command) {
    return console.run(command.split(" "));
  }

  private static String integers(String value, String applied) {
    return "[(integer) " + value + ", (integer) " + applied + "]";
  }

  @ParameterizedTest
  @CsvSource({
    "10, '', 11, 1",
    "100, BYINT 5, 105, 5",
    "100, BYINT -10, 90, -10",
    "50, BYINT 100 UBOUND 80 SATURATE, 80, 30",
    "50, BYINT 100 UBOUND 80, 50, 0",
    "10, BYINT -100 LBOUND 0 SATURATE, 0, -10",
    "10, BYINT -10 LBOUND 5, 10, 0",
    "5, BYINT 5 UBOUND 10, 10, 5",
    "50, BYINT -25 UBOUND 30, 25, -25",
    "50, BYINT 5 UBOUND 30 SATURATE, 30, -20",
    "5, LBOUND 0 BYINT 100 UBOUND 10 SATURATE, 10, 5",
    "9223372036854775800, BYINT 9223372036854775800, 9223372036854775800, 0",
    "9223372036854775800, BYINT 9223372036854775800 SATURATE, 9223372036854775807, 7",
    "-9223372036854775800, BYINT -9223372036854775800 SATURATE, -9223372036854775808, -8",
    "5, BYINT 9223372036854775807 UBOUND 10 SATURATE, 10, 5"
  })
  void increx_appliesWhatTheBoundsAllow(
      String value, String options, String result, String applied) {
    run("SET a " + value);
    assertThat(run(("INCREX a " + options).strip())).isEqualTo(integers(result, applied));
    assertThat(run("GET a")).isEqualTo("\"" + result + "\"");
  }

  @Test
  void increx_outOfBoundsDoesNotCreateTheKey() {
    assertThat(run("INCREX a BYINT 5 LBOUND 10")).isEqualTo(integers("0", "0"));
    assertThat(run("INCREX a BYFLOAT -0.5 UBOUND -1.5")).isEqualTo("[\"0\", \"0\"]");
    assertThat(run("EXISTS a")).isEqualTo("(integer) 0");
  }

  @Test
  void increx_refusesAnIncrementThatDoesNotFit() {
    run("SET a 9223372036854775800");
    assertThat(run("INCREX a BYINT 1 SATURATE UBOUND -9223372036854775808"))
        .isEqualTo("(error) ERR applied increment would overflow");
  }

  @ParameterizedTest
  @CsvSource({
    "1.5, BYFLOAT 0.25, 1.75, 0.25",
    "10, BYFLOAT 100 UBOUND 42.5 SATURATE, 42.5, 32.5",
    "0, BYFLOAT -100 LBOUND -5.5 SATURATE, -5.5, -5.5",
    "50.5, BYFLOAT 5.5 UBOUND 30, 50.5, 0",
    "50.5, BYFLOAT 5.5 UBOUND 30 SATURATE, 30, -20.5",
    "5.0, BYFLOAT 5.0 UBOUND 10.0, 10, 5"
  })
  void increx_byFloat(String value, String options, String result, String applied) {
    run("SET a " + value);
    assertThat(run("INCREX a " + options)).isEqualTo("[\"" + result + "\", \"" + applied + "\"]");
  }

  @Test
  void increx_byFloatAnswersDoublesInResp3() {
    assertThat(console.resp3().raw("INCREX", "a", "BYFLOAT", "1.5"))
        .isEqualTo("*2\r\n,1.5\r\n,1.5\r\n");
    assertThat(console.raw("INCREX", "b")).isEqualTo("*2\r\n:1\r\n:1\r\n");
  }

  @Test
  void increx_byFloatRefusesInfinity() {
    assertThat(run("INCREX a BYFLOAT +inf"))
        .isEqualTo("(error) ERR BYFLOAT increment cannot be Infinity");
    run("SET a -inf");
    assertThat(run("INCREX a BYFLOAT 0 LBOUND -100"))
        .isEqualTo("(error) ERR value cannot be Infinity");
  }

  @Test
  void increx_setsTheExpiry() {
    assertThat(run("INCREX a EX 100 BYINT 5")).isEqualTo(integers("5", "5"));
    assertThat(run("TTL a")).isEqualTo("(integer) 100");
    run("INCREX a");
    assertThat(run("TTL a")).isEqualTo("(integer) 100");
    run("INCREX a PX 5000 ENX");
    assertThat(run("TTL a")).isEqualTo("(integer) 100");
    run("INCREX a PERSIST");
    assertThat(run("TTL a")).isEqualTo("(integer) -1");
    run("INCREX a PX 5000 ENX");
    assertThat(run("PTTL a")).isEqualTo("(integer) 5000");
    assertThat(run("GET a")).isEqualTo("\"9\"");
  }

  @Test
  void increx_outOfBoundsLeavesTheExpiryAlone() {
    run("SET a 99 EX 100");
    assertThat(run("INCREX a BYINT 5 UBOUND 100 EX 500")).isEqualTo(integers("99", "0"));
    assertThat(run("TTL a")).isEqualTo("(integer) 100");
    assertThat(run("INCREX a BYINT 5 UBOUND 100 SATURATE EX 500")).isEqualTo(integers("100", "1"));
    assertThat(run("TTL a")).isEqualTo("(integer) 500");
  }

  @Test
  void increx_toAMomentInThePastDeletes() {
    run("SET a 10");
    assertThat(run("INCREX a EXAT 1")).isEqualTo(integers("11", "1"));
    assertThat(run("EXISTS a")).isEqualTo("(integer) 0");
    run("SET a 10 EX 500");
    assertThat(run("INCREX a EXAT 1 ENX")).isEqualTo(integers("11", "1"));
    assertThat(run("TTL a")).isEqualTo("(integer) 500");
  }

  @Test
  void increx_limitsARateInAFixedWindow() {
    for (int i = 1; i <= 3; i++) {
      assertThat(run("INCREX a UBOUND 3 EX 60 ENX")).isEqualTo(integers("" + i, "1"));
      console.advance(1000);
    }
    assertThat(run("INCREX a UBOUND 3 EX 60 ENX")).isEqualTo(integers("3", "0"));
    console.advance(57_001);
    assertThat(run("INCREX a UBOUND 3 EX 60 ENX")).isEqualTo(integers("1", "1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FOO",
        "BYINT 1 FOO",
        "BYINT",
        "BYINT 1 BYFLOAT 1.5",
        "BYINT 1 BYINT 2",
        "EX 10 PX 5000",
        "EX 10 EX 20",
        "EX 10 PERSIST",
        "PERSIST EX 10",
        "PERSIST PERSIST",
        "PERSIST ENX",
        "LBOUND 0 LBOUND 1",
        "SATURATE SATURATE",
        "EX 10 ENX ENX"
      })
  void increx_refusesOptionsThatContradictEachOther(String options) {
    assertThat(run("INCREX a " + options)).isEqualTo("(error) ERR syntax error");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "ENX; ENX flag requires an expiration",
        "BYINT 1.5; Increment is not an integer or out of range",
        "BYFLOAT x; Increment is not a valid float",
        "LBOUND 1.5; LBOUND is not an integer or out of range",
        "BYFLOAT 1 UBOUND x; UBOUND is not a valid float",
        "LBOUND 10 UBOUND 5; LBOUND can't be greater than UBOUND",
        "BYFLOAT 0.5 LBOUND 10.5 UBOUND 1.5; LBOUND can't be greater than UBOUND",
        "EX 0; invalid expire time in 'increx' command"
      })
  void increx_saysWhichNumberIsWrong(String options, String error) {
    assertThat(run("INCREX a " + options)).isEqualTo("(error) ERR " + error);
  }
}
