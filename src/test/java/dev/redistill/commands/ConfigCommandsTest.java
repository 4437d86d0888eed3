package dev.redistill.commands;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ConfigCommandsTest {

  private final Console console = new Console();

  @Test
  void get_answersTheSettingsThatMatch() {
    assertThat(console.run("CONFIG", "GET", "maxclients")).isEqualTo("[\"maxclients\", \"10000\"]");
    assertThat(console.resp3().run("CONFIG", "GET", "databases", "maxmemory-pol*"))
        .isEqualTo("{\"databases\": \"16\", \"maxmemory-policy\": \"noeviction\"}");
    assertThat(console.run("CONFIG", "GET", "nothing")).isEqualTo("{}");
  }

  @Test
  void set_changesAllSettingsOrNone() {
    assertThat(console.run("CONFIG", "SET", "maxmemory", "1mb", "maxclients", "7")).isEqualTo("OK");
    assertThat(console.run("CONFIG", "GET", "maxmemory")).isEqualTo("[\"maxmemory\", \"1048576\"]");
    assertThat(console.run("CONFIG", "SET", "maxmemory", "2mb", "nothing", "7"))
        .isEqualTo("(error) ERR Unknown option or number of arguments for CONFIG SET - 'nothing'");
    assertThat(console.run("CONFIG", "GET", "maxmemory")).isEqualTo("[\"maxmemory\", \"1048576\"]");
  }

  @Test
  void set_takesTextInUtf8() {
    String password = new String("gr\u00fc\u00df".getBytes(UTF_8), ISO_8859_1);
    assertThat(console.run("CONFIG", "SET", "requirepass", password)).isEqualTo("OK");
    assertThat(console.raw("CONFIG", "GET", "requirepass")).endsWith("\r\n" + password + "\r\n");
    assertThat(console.run("AUTH", password)).isEqualTo("OK");
  }

  @Test
  void resetStat_startsTheCountsAgain() {
    console.run("SET", "a", "1");
    console.run("PEXPIRE", "a", "1");
    console.run("GET", "a");
    console.run("GET", "b");
    console.run("NOTHING");
    console.advance(5);
    console.run("DEL", "a");
    assertThat(console.run("INFO", "stats"))
        .contains("expired_keys:1\\r")
        .contains("keyspace_hits:1\\r")
        .contains("keyspace_misses:1\\r")
        .contains("total_error_replies:1\\r");
    assertThat(console.run("CONFIG", "RESETSTAT")).isEqualTo("OK");
    assertThat(console.run("INFO", "stats"))
        .contains("expired_keys:0\\r")
        .contains("keyspace_hits:0\\r")
        .contains("keyspace_misses:0\\r")
        .contains("total_error_replies:0\\r");
    assertThat(console.run("INFO", "errorstats")).isEqualTo("\"# Errorstats\\r\\n\"");
    assertThat(console.run("INFO", "commandstats"))
        .contains("cmdstat_config|resetstat:calls=1,")
        .doesNotContain("cmdstat_get");
  }
}
