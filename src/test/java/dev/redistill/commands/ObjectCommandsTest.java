package dev.redistill.commands;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ObjectCommandsTest {

  private final Console console = new Console();

  private String encoding(String value) {
    console.run("SET", "a", value);
    return console.run("OBJECT", "ENCODING", "a");
  }

  private String references(String value) {
    console.run("SET", "a", value);
    return console.run("OBJECT", "REFCOUNT", "a");
  }

  @Test
  void encoding_isWhatRedisWouldChoose() {
    assertThat(encoding("0")).isEqualTo("\"int\"");
    assertThat(encoding("-9223372036854775808")).isEqualTo("\"int\"");
    assertThat(encoding("9223372036854775808")).isEqualTo("\"embstr\"");
    assertThat(encoding("01")).isEqualTo("\"embstr\"");
    assertThat(encoding("")).isEqualTo("\"embstr\"");
    assertThat(encoding("x".repeat(44))).isEqualTo("\"embstr\"");
    assertThat(encoding("x".repeat(45))).isEqualTo("\"raw\"");
    assertThat(console.run("OBJECT", "encoding", "none")).isEqualTo("(nil)");
  }

  @Test
  void refcount_ofASmallIntegerIsThatOfASharedOne() {
    assertThat(references("0")).isEqualTo("(integer) 2147483647");
    assertThat(references("9999")).isEqualTo("(integer) 2147483647");
    assertThat(references("10000")).isEqualTo("(integer) 1");
    assertThat(references("-1")).isEqualTo("(integer) 1");
    assertThat(references("a")).isEqualTo("(integer) 1");
    assertThat(console.run("OBJECT", "REFCOUNT", "none")).isEqualTo("(nil)");
  }

  @Test
  void idletime_countsSecondsSinceTheLastUse() {
    console.run("SET", "a", "1");
    assertThat(console.run("OBJECT", "IDLETIME", "a")).isEqualTo("(integer) 0");
    console.advance(61_000);
    assertThat(console.run("OBJECT", "IDLETIME", "a")).isEqualTo("(integer) 61");
    assertThat(console.run("OBJECT", "IDLETIME", "a")).isEqualTo("(integer) 61");
    console.run("GET", "a");
    assertThat(console.run("OBJECT", "IDLETIME", "a")).isEqualTo("(integer) 0");
    assertThat(console.run("OBJECT", "IDLETIME", "none")).isEqualTo("(nil)");
  }

  @Test
  void freq_needsAPolicyThatCounts() {
    assertThat(console.run("OBJECT", "FREQ", "none")).isEqualTo("(nil)");
    console.run("SET", "a", "1");
    assertThat(console.run("OBJECT", "FREQ", "a"))
        .isEqualTo(
            "(error) ERR An LFU maxmemory policy is not selected, access frequency not tracked."
                + " Please note that when switching between policies at runtime LRU and LFU data"
                + " will take some time to adjust.");
  }

  @Test
  void subcommands_areChecked() {
    assertThat(console.run("OBJECT"))
        .isEqualTo("(error) ERR wrong number of arguments for 'object' command");
    assertThat(console.run("OBJECT", "freq"))
        .isEqualTo("(error) ERR wrong number of arguments for 'object|freq' command");
    assertThat(console.run("OBJECT", "foo", "a"))
        .isEqualTo("(error) ERR unknown subcommand 'foo'. Try OBJECT HELP.");
    assertThat(console.raw("OBJECT", "HELP")).startsWith("*11\r\n+OBJECT <subcommand>");
  }
}
