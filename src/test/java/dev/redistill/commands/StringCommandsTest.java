package dev.redistill.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StringCommandsTest {

  private static final String SYNTAX = "(error) ERR syntax error";

  private final Console console = new Console();

  @Test
  void set_replacesValueAndExpiry() {
    assertThat(console.run("SET", "a", "1", "EX", "100")).isEqualTo("OK");
    assertThat(console.run("SET", "a", "2")).isEqualTo("OK");
    assertThat(console.run("GET", "a")).isEqualTo("\"2\"");
    assertThat(console.run("TTL", "a")).isEqualTo("(integer) -1");
  }

  @Test
  void set_takesAnExpiryInEveryUnit() {
    console.run("SET", "a", "1", "ex", "10");
    assertThat(console.run("PTTL", "a")).isEqualTo("(integer) 10000");
    console.run("SET", "a", "1", "PX", "1500");
    assertThat(console.run("PTTL", "a")).isEqualTo("(integer) 1500");
    console.run("SET", "a", "1", "EXAT", String.valueOf(console.now() / 1000 + 7));
    assertThat(console.run("PTTL", "a")).isEqualTo("(integer) 7000");
    console.run("SET", "a", "1", "PXAT", String.valueOf(console.now() + 3));
    assertThat(console.run("PTTL", "a")).isEqualTo("(integer) 3");
    console.advance(4);
    assertThat(console.run("GET", "a")).isEqualTo("(nil)");
  }

  @Test
  void set_toAMomentInThePastIsOkAndLeavesNothing() {
    assertThat(console.run("SET", "a", "1", "EXAT", "1")).isEqualTo("OK");
    assertThat(console.run("GET", "a")).isEqualTo("(nil)");
  }

  @Test
  void set_withTheSameOptionTwiceTakesTheLast() {
    assertThat(console.run("SET", "a", "1", "EX", "100", "EX", "200")).isEqualTo("OK");
    assertThat(console.run("TTL", "a")).isEqualTo("(integer) 200");
    assertThat(console.run("SET", "a", "1", "XX", "XX", "KEEPTTL", "KEEPTTL")).isEqualTo("OK");
    assertThat(console.run("TTL", "a")).isEqualTo("(integer) 200");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NX XX",
        "EX 10 PX 10",
        "EX 10 KEEPTTL",
        "KEEPTTL PXAT 99",
        "EX",
        "PERSIST",
        "NX IFEQ 1",
        "IFEQ 1 IFNE 1",
        "IFEQ",
        "x"
      })
  void set_refusesOptionsThatContradictEachOther(String options) {
    assertThat(console.run(("SET a 1 " + options).split(" "))).isEqualTo(SYNTAX);
  }

  @ParameterizedTest
  @CsvSource({
    "EX, 0",
    "EX, -1",
    "PX, 0",
    "EX, 9223372036854775807",
    "EXAT, 9223372036854776",
    "PX, 9223372036854775807"
  })
  void set_refusesAnImpossibleExpiry(String unit, String time) {
    assertThat(console.run("SET", "a", "1", unit, time))
        .isEqualTo("(error) ERR invalid expire time in 'set' command");
    assertThat(console.run("GET", "a")).isEqualTo("(nil)");
  }

  @Test
  void set_onCondition() {
    assertThat(console.run("SET", "a", "1", "XX")).isEqualTo("(nil)");
    assertThat(console.run("SET", "a", "1", "NX")).isEqualTo("OK");
    assertThat(console.run("SET", "a", "2", "NX")).isEqualTo("(nil)");
    assertThat(console.run("SET", "a", "2", "XX")).isEqualTo("OK");
    assertThat(console.run("GET", "a")).isEqualTo("\"2\"");
  }

  @Test
  void set_withGetAnswersTheOldValueSetOrNot() {
    assertThat(console.run("SET", "a", "1", "GET")).isEqualTo("(nil)");
    assertThat(console.run("SET", "a", "2", "GET")).isEqualTo("\"1\"");
    assertThat(console.run("SET", "a", "3", "GET", "NX")).isEqualTo("\"2\"");
    assertThat(console.run("GET", "a")).isEqualTo("\"2\"");
    assertThat(console.run("SET", "b", "3", "GET", "XX")).isEqualTo("(nil)");
    assertThat(console.run("EXISTS", "b")).isEqualTo("(integer) 0");
  }

  @Test
  void set_keepTtlKeepsTheTimeToLive() {
    console.run("SET", "a", "1", "EX", "100");
    console.run("SET", "a", "2", "KEEPTTL");
    assertThat(console.run("TTL", "a")).isEqualTo("(integer) 100");
    assertThat(console.run("SET", "b", "2", "KEEPTTL")).isEqualTo("OK");
    assertThat(console.run("TTL", "b")).isEqualTo("(integer) -1");
  }

  @ParameterizedTest
  @CsvSource({
    "IFEQ, old, OK",
    "IFEQ, other, (nil)",
    "IFNE, old, (nil)",
    "IFNE, other, OK",
    "IFDEQ, DIGEST, OK",
    "IFDEQ, 0000000000000000, (nil)",
    "IFDNE, DIGEST, (nil)",
    "IFDNE, 0000000000000000, OK"
  })
  void set_comparesTheOldValue(String condition, String operand, String reply) {
    console.run("SET", "a", "old");
    String digest = console.run("DIGEST", "a").replace("\"", "");
    String value = operand.equals("DIGEST") ? digest.toUpperCase(Locale.ROOT) : operand;
    assertThat(console.run("SET", "a", "new", condition, value)).isEqualTo(reply);
    assertThat(console.run("GET", "a")).isEqualTo(reply.equals("OK") ? "\"new\"" : "\"old\"");
    assertThat(console.run("SET", "a", "newer", condition, value, "GET")).startsWith("\"");
  }

  @ParameterizedTest
  @CsvSource({"IFEQ, (nil)", "IFNE, OK", "IFDEQ, (nil)", "IFDNE, OK"})
  void set_comparesAMissingKeyWithNothing(String condition, String reply) {
    assertThat(console.run("SET", "a", "1", condition, "x")).isEqualTo(reply);
  }

  @Test
  void set_refusesWhatIsNoDigest() {
    console.run("SET", "a", "1");
    for (String digest :
        new String[] {"", "123456789012345", "12345678901234567", "x".repeat(16)}) {
      assertThat(console.run("SET", "a", "2", "IFDEQ", digest))
          .isEqualTo("(error) ERR must be exactly 16 hexadecimal characters");
      assertThat(console.run("DELEX", "a", "IFDNE", digest))
          .isEqualTo("(error) ERR must be exactly 16 hexadecimal characters");
    }
  }

  @Test
  void delex_deletesOnCondition() {
    assertThat(console.run("DELEX", "a", "IFNE", "1")).isEqualTo("(integer) 0");
    console.run("SET", "a", "1");
    assertThat(console.run("DELEX", "a", "IFEQ", "2")).isEqualTo("(integer) 0");
    assertThat(console.run("DELEX", "a", "IFNE", "1")).isEqualTo("(integer) 0");
    assertThat(console.run("DELEX", "a", "IFEQ", "1")).isEqualTo("(integer) 1");
    assertThat(console.run("DELEX", "a")).isEqualTo("(integer) 0");
    console.run("SET", "a", "1");
    assertThat(console.run("DELEX", "a")).isEqualTo("(integer) 1");
    assertThat(console.run("EXISTS", "a")).isEqualTo("(integer) 0");
  }

  @Test
  void delex_refusesOtherArguments() {
    assertThat(console.run("DELEX", "a", "NX", "1")).startsWith("(error) ERR Invalid condition");
    assertThat(console.run("DELEX", "a", "IFEQ"))
        .isEqualTo("(error) ERR wrong number of arguments for 'delex' command");
    assertThat(console.run("DELEX", "a", "IFEQ", "1", "2"))
        .isEqualTo("(error) ERR wrong number of arguments for 'delex' command");
  }

  @Test
  void delifeq_deletesThatValueOnly() {
    assertThat(console.run("DELIFEQ", "a", "")).isEqualTo("(integer) 0");
    console.run("SET", "a", "1");
    assertThat(console.run("DELIFEQ", "a", "12")).isEqualTo("(integer) 0");
    assertThat(console.run("DELIFEQ", "a", "1")).isEqualTo("(integer) 1");
    assertThat(console.run("EXISTS", "a")).isEqualTo("(integer) 0");
  }

  @Test
  void digest_isXxh3InHexadecimal() {
    console.run("SET", "a", "Hello world");
    assertThat(console.run("DIGEST", "a")).isEqualTo("\"b6acb9d84a38ff74\"");
    assertThat(console.run("DIGEST", "none")).isEqualTo("(nil)");
  }

  @Test
  void getdel_deletes() {
    console.run("SET", "a", "1");
    assertThat(console.run("GETDEL", "a")).isEqualTo("\"1\"");
    assertThat(console.run("GETDEL", "a")).isEqualTo("(nil)");
  }

  @Test
  void getex_changesTheExpiryAsAsked() {
    console.run("SET", "a", "1", "EX", "100");
    assertThat(console.run("GETEX", "a")).isEqualTo("\"1\"");
    assertThat(console.run("TTL", "a")).isEqualTo("(integer) 100");
    assertThat(console.run("GETEX", "a", "PERSIST")).isEqualTo("\"1\"");
    assertThat(console.run("TTL", "a")).isEqualTo("(integer) -1");
    assertThat(console.run("GETEX", "a", "PX", "5000")).isEqualTo("\"1\"");
    assertThat(console.run("PTTL", "a")).isEqualTo("(integer) 5000");
    assertThat(console.run("GETEX", "a", "EXAT", "1")).isEqualTo("\"1\"");
    assertThat(console.run("EXISTS", "a")).isEqualTo("(integer) 0");
  }

  @Test
  void getex_ofAMissingKeyDoesNotLookAtTheTime() {
    assertThat(console.run("GETEX", "a", "EX", "x")).isEqualTo("(nil)");
    assertThat(console.run("GETEX", "a", "EX", "1", "PERSIST")).isEqualTo(SYNTAX);
    console.run("SET", "a", "1");
    assertThat(console.run("GETEX", "a", "EX", "0"))
        .isEqualTo("(error) ERR invalid expire time in 'getex' command");
  }

  @Test
  void getset_swapsAndForgetsTheExpiry() {
    console.run("SET", "a", "1", "EX", "100");
    assertThat(console.run("GETSET", "a", "2")).isEqualTo("\"1\"");
    assertThat(console.run("TTL", "a")).isEqualTo("(integer) -1");
    assertThat(console.run("GETSET", "b", "2")).isEqualTo("(nil)");
    assertThat(console.run("GET", "b")).isEqualTo("\"2\"");
  }

  @Test
  void setex_psetex_setnx() {
    assertThat(console.run("SETEX", "a", "10", "1")).isEqualTo("OK");
    assertThat(console.run("PTTL", "a")).isEqualTo("(integer) 10000");
    assertThat(console.run("PSETEX", "a", "10", "1")).isEqualTo("OK");
    assertThat(console.run("PTTL", "a")).isEqualTo("(integer) 10");
    assertThat(console.run("SETEX", "a", "0", "1"))
        .isEqualTo("(error) ERR invalid expire time in 'setex' command");
    assertThat(console.run("PSETEX", "a", "-1", "1"))
        .isEqualTo("(error) ERR invalid expire time in 'psetex' command");
    assertThat(console.run("SETNX", "a", "2")).isEqualTo("(integer) 0");
    assertThat(console.run("SETNX", "b", "2")).isEqualTo("(integer) 1");
    assertThat(console.run("GET", "b")).isEqualTo("\"2\"");
  }

  @Test
  void get_countsHitsAndMisses() {
    console.run("SET", "a", "1");
    console.run("GET", "a");
    console.run("GET", "b");
    console.run("GETDEL", "a");
    console.run("GETEX", "b");
    assertThat(console.services().sessions().traffic().hits()).isEqualTo(2);
    assertThat(console.services().sessions().traffic().misses()).isEqualTo(2);
  }
}
