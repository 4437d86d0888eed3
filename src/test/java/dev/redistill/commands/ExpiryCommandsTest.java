package dev.redistill.commands;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ExpiryCommandsTest {

  private final Console console = new Console();

  @BeforeEach
  void setAKey() {
    console.run("SET", "a", "1");
  }

  private String ttl() {
    return console.run("PTTL", "a");
  }

  @Test
  void expire_countsInSecondsOrMilliseconds_fromNowOrFromTheEpoch() {
    assertThat(console.run("EXPIRE", "a", "7")).isEqualTo("(integer) 1");
    assertThat(ttl()).isEqualTo("(integer) 7000");
    assertThat(console.run("PEXPIRE", "a", "7")).isEqualTo("(integer) 1");
    assertThat(ttl()).isEqualTo("(integer) 7");
    long second = console.now() / 1000 + 3;
    assertThat(console.run("EXPIREAT", "a", "" + second)).isEqualTo("(integer) 1");
    assertThat(console.run("EXPIRETIME", "a")).isEqualTo("(integer) " + second);
    assertThat(console.run("PEXPIREAT", "a", "" + (console.now() + 42))).isEqualTo("(integer) 1");
    assertThat(ttl()).isEqualTo("(integer) 42");
    assertThat(console.run("PEXPIRETIME", "a")).isEqualTo("(integer) " + (console.now() + 42));
    assertThat(console.run("EXPIRE", "none", "7")).isEqualTo("(integer) 0");
  }

  @Test
  void ttl_isRounded_andTellsNoKeyFromNoExpiry() {
    assertThat(console.run("TTL", "none")).isEqualTo("(integer) -2");
    assertThat(console.run("TTL", "a")).isEqualTo("(integer) -1");
    assertThat(console.run("EXPIRETIME", "a")).isEqualTo("(integer) -1");
    console.run("PEXPIRE", "a", "1500");
    assertThat(console.run("TTL", "a")).isEqualTo("(integer) 2");
    assertThat(console.advance(1).run("TTL", "a")).isEqualTo("(integer) 1");
    assertThat(console.advance(1000).run("TTL", "a")).isEqualTo("(integer) 0");
  }

  @Test
  void aKeyIsThereToTheEndOfItsLastMillisecond() {
    console.run("PEXPIRE", "a", "100");
    assertThat(console.advance(100).run("GET", "a")).isEqualTo("\"1\"");
    assertThat(ttl()).isEqualTo("(integer) 0");
    assertThat(console.advance(1).run("GET", "a")).isEqualTo("(nil)");
    assertThat(ttl()).isEqualTo("(integer) -2");
  }

  @Test
  void expire_inThePast_deletes() {
    for (String time : new String[] {"0", "-1", "-9223372036854775"}) {
      console.run("SET", "a", "1");
      assertThat(console.run("EXPIRE", "a", time)).isEqualTo("(integer) 1");
      assertThat(console.run("DBSIZE")).isEqualTo("(integer) 0");
    }
    console.run("SET", "a", "1");
    assertThat(console.run("PEXPIREAT", "a", "" + console.now())).isEqualTo("(integer) 1");
    assertThat(console.run("DBSIZE")).isEqualTo("(integer) 0");
  }

  @Test
  void expire_obeysItsConditions() {
    assertThat(console.run("EXPIRE", "a", "10", "XX")).isEqualTo("(integer) 0");
    assertThat(console.run("EXPIRE", "a", "10", "GT")).isEqualTo("(integer) 0");
    assertThat(console.run("EXPIRE", "a", "10", "lt")).isEqualTo("(integer) 1");
    assertThat(console.run("EXPIRE", "a", "5", "NX")).isEqualTo("(integer) 0");
    assertThat(console.run("EXPIRE", "a", "10", "GT")).isEqualTo("(integer) 0");
    assertThat(console.run("EXPIRE", "a", "11", "XX", "GT")).isEqualTo("(integer) 1");
    assertThat(console.run("EXPIRE", "a", "11", "LT")).isEqualTo("(integer) 0");
    assertThat(console.run("EXPIRE", "a", "3", "LT", "LT")).isEqualTo("(integer) 1");
    assertThat(ttl()).isEqualTo("(integer) 3000");
    console.run("PERSIST", "a");
    assertThat(console.run("EXPIRE", "a", "9", "NX")).isEqualTo("(integer) 1");
    assertThat(console.run("EXPIRE", "a", "-1", "GT")).isEqualTo("(integer) 0");
    assertThat(console.run("EXPIRE", "a", "-1", "LT")).isEqualTo("(integer) 1");
    assertThat(console.run("EXISTS", "a")).isEqualTo("(integer) 0");
  }

  @Test
  void expire_refusesConditionsThatContradict() {
    String mixed = "(error) ERR NX and XX, GT or LT options at the same time are not compatible";
    assertThat(console.run("EXPIRE", "a", "x", "NX", "XX")).isEqualTo(mixed);
    assertThat(console.run("EXPIRE", "a", "1", "LT", "NX")).isEqualTo(mixed);
    assertThat(console.run("EXPIRE", "a", "1", "GT", "LT"))
        .isEqualTo("(error) ERR GT and LT options at the same time are not compatible");
    assertThat(console.run("EXPIRE", "a", "x", "NX", "what\0ever"))
        .isEqualTo("(error) ERR Unsupported option what");
  }

  @Test
  void expire_refusesWhatDoesNotFit() {
    assertThat(console.run("EXPIRE", "a", "1.5"))
        .isEqualTo("(error) ERR value is not an integer or out of range");
    assertThat(console.run("EXPIRE", "none", "9223372036854775807"))
        .isEqualTo("(error) ERR invalid expire time in 'expire' command");
    assertThat(console.run("EXPIRE", "a", "9223372036854775"))
        .isEqualTo("(error) ERR invalid expire time in 'expire' command");
    assertThat(console.run("EXPIREAT", "a", "-9223372036854776"))
        .isEqualTo("(error) ERR invalid expire time in 'expireat' command");
    assertThat(console.run("PEXPIRE", "a", "9223372036854775807"))
        .isEqualTo("(error) ERR invalid expire time in 'pexpire' command");
    assertThat(ttl()).isEqualTo("(integer) -1");
  }

  @Test
  void expire_inTheFarFuture_isAnExpiryAllTheSame() {
    assertThat(console.run("EXPIREAT", "a", "9223372036854775")).isEqualTo("(integer) 1");
    assertThat(console.run("EXPIRETIME", "a")).isEqualTo("(integer) 9223372036854775");
    assertThat(console.run("PEXPIREAT", "a", "9223372036854775807")).isEqualTo("(integer) 1");
    assertThat(console.run("PERSIST", "a")).isEqualTo("(integer) 1");
    assertThat(console.run("PEXPIREAT", "a", "9223372036854775807", "LT")).isEqualTo("(integer) 1");
    assertThat(console.run("PEXPIREAT", "a", "9223372036854775807", "GT")).isEqualTo("(integer) 0");
  }

  @Test
  void persist_tellsWhetherThereWasAnExpiry() {
    assertThat(console.run("PERSIST", "none")).isEqualTo("(integer) 0");
    assertThat(console.run("PERSIST", "a")).isEqualTo("(integer) 0");
    console.run("EXPIRE", "a", "10");
    assertThat(console.run("PERSIST", "a")).isEqualTo("(integer) 1");
    assertThat(ttl()).isEqualTo("(integer) -1");
    assertThat(console.advance(20_000).run("GET", "a")).isEqualTo("\"1\"");
  }

  @Test
  void set_takesTheExpiryAway() {
    console.run("EXPIRE", "a", "10");
    console.run("SET", "a", "2");
    assertThat(ttl()).isEqualTo("(integer) -1");
  }
}
