package dev.redistill.commands;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StringBatchCommandsTest {

  private final Console console = new Console();

  @Test
  void mset_mget() {
    assertThat(console.run("MSET", "a", "1", "b", "2", "a", "3")).isEqualTo("OK");
    assertThat(console.run("MGET", "a", "none", "b", "a"))
        .isEqualTo("[\"3\", (nil), \"2\", \"3\"]");
  }

  @Test
  void mset_forgetsTheExpiry() {
    console.run("SET", "a", "1", "EX", "100");
    console.run("MSET", "a", "2");
    assertThat(console.run("TTL", "a")).isEqualTo("(integer) -1");
  }

  @Test
  void mset_refusesAKeyWithoutValue() {
    assertThat(console.run("MSET", "a", "1", "b"))
        .isEqualTo("(error) ERR wrong number of arguments for 'mset' command");
    assertThat(console.run("MSETNX", "a", "1", "b"))
        .isEqualTo("(error) ERR wrong number of arguments for 'msetnx' command");
    assertThat(console.run("EXISTS", "a")).isEqualTo("(integer) 0");
  }

  @Test
  void msetnx_setsAllOrNone() {
    assertThat(console.run("MSETNX", "a", "1", "b", "2")).isEqualTo("(integer) 1");
    assertThat(console.run("MSETNX", "c", "1", "b", "3")).isEqualTo("(integer) 0");
    assertThat(console.run("MGET", "a", "b", "c")).isEqualTo("[\"1\", \"2\", (nil)]");
    assertThat(console.run("MSETNX", "d", "1", "d", "2")).isEqualTo("(integer) 1");
    assertThat(console.run("GET", "d")).isEqualTo("\"2\"");
  }

  @Test
  void msetex_setsOneExpiryForAll() {
    assertThat(console.run("MSETEX", "2", "a", "1", "b", "2", "PX", "5000"))
        .isEqualTo("(integer) 1");
    assertThat(console.run("PTTL", "b")).isEqualTo("(integer) 5000");
    assertThat(console.run("MSETEX", "1", "a", "3", "KEEPTTL")).isEqualTo("(integer) 1");
    assertThat(console.run("PTTL", "a")).isEqualTo("(integer) 5000");
    assertThat(console.run("MSETEX", "1", "a", "4")).isEqualTo("(integer) 1");
    assertThat(console.run("PTTL", "a")).isEqualTo("(integer) -1");
  }

  @Test
  void msetex_onCondition() {
    assertThat(console.run("MSETEX", "2", "a", "1", "b", "2", "EX", "9", "XX"))
        .isEqualTo("(integer) 0");
    assertThat(console.run("MSETEX", "2", "a", "1", "b", "2", "NX")).isEqualTo("(integer) 1");
    assertThat(console.run("MSETEX", "2", "a", "3", "c", "4", "NX")).isEqualTo("(integer) 0");
    assertThat(console.run("MSETEX", "2", "a", "3", "c", "4", "XX")).isEqualTo("(integer) 0");
    assertThat(console.run("MSETEX", "2", "a", "3", "b", "4", "xx")).isEqualTo("(integer) 1");
    assertThat(console.run("MGET", "a", "b", "c")).isEqualTo("[\"3\", \"4\", (nil)]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "x", "2147483648"})
  void msetex_refusesAWrongCount(String count) {
    assertThat(console.run("MSETEX", count, "a", "1"))
        .isEqualTo("(error) ERR invalid numkeys value");
  }

  @Test
  void msetex_refusesMissingPairs() {
    String error = "(error) ERR wrong number of key-value pairs";
    assertThat(console.run("MSETEX", "2", "a", "1")).isEqualTo(error);
    assertThat(console.run("MSETEX", "2", "a", "1", "b")).isEqualTo(error);
    assertThat(console.run("MSETEX", "2147483647", "a", "1")).isEqualTo(error);
  }

  @ParameterizedTest
  @ValueSource(strings = {"NX XX", "EX 10 PX 10", "KEEPTTL EX 10", "x", "GET", "IFEQ 1", "EX"})
  void msetex_refusesOtherOptions(String options) {
    assertThat(console.run(("MSETEX 1 a 1 " + options).split(" ")))
        .isEqualTo("(error) ERR syntax error");
  }
}
