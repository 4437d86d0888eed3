package dev.redistill.commands;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class MemoryCommandsTest {

  private final Console console = new Console();

  private long usage(String... words) {
    return Long.parseLong(console.run(words).replace("(integer) ", ""));
  }

  @Test
  void usage_isWhatTheKeyAndItsValueTake() {
    console.run("SET", "a", "x");
    console.run("SET", "b", "x".repeat(1001));
    long small = usage("MEMORY", "USAGE", "a");
    assertThat(small).isBetween(64L, 128L);
    assertThat(usage("MEMORY", "USAGE", "b")).isEqualTo(small + 1000);
    assertThat(usage("MEMORY", "USAGE", "a", "SAMPLES", "0")).isEqualTo(small);
    assertThat(console.run("MEMORY", "USAGE", "c")).isEqualTo("(nil)");
  }

  @Test
  void usage_isNoUseOfTheKey() {
    console.run("SET", "a", "x");
    console.run("MEMORY", "USAGE", "a");
    console.run("MEMORY", "USAGE", "b");
    assertThat(console.run("INFO", "stats"))
        .contains("keyspace_hits:0\\r")
        .contains("keyspace_misses:0\\r");
  }

  @Test
  void usage_readsItsOptionsFirst() {
    assertThat(console.run("MEMORY", "USAGE", "c", "SAMPLES"))
        .isEqualTo("(error) ERR syntax error");
    assertThat(console.run("MEMORY", "USAGE", "c", "SAMPLES", "-1"))
        .isEqualTo("(error) ERR syntax error");
    assertThat(console.run("MEMORY", "USAGE", "c", "SAMPLES", "x"))
        .isEqualTo("(error) ERR value is not an integer or out of range");
  }

  @Test
  void statistics_areAMapWithAnEntryPerDatabase() {
    console.run("SET", "a", "x");
    console.run("SELECT", "3");
    console.run("SET", "a", "x");
    String reply = console.resp3().raw("MEMORY", "STATS");
    assertThat(reply)
        .startsWith("%29\r\n$14\r\npeak.allocated\r\n:")
        .contains("\r\n$4\r\ndb.0\r\n%3\r\n$23\r\noverhead.hashtable.main\r\n:")
        .contains("\r\n$4\r\ndb.3\r\n%3\r\n")
        .contains("\r\n$10\r\nkeys.count\r\n:2\r\n")
        .contains("\r\n$18\r\ndataset.percentage\r\n,");
    assertThat(ReplyText.of(reply)).endsWith("}");
  }

  @Test
  void doctor_hasNothingToSayOfAnEmptyServer() {
    assertThat(console.run("MEMORY", "DOCTOR")).startsWith("\"There is little in memory");
  }

  @Test
  void doctor_noticesThatMoreWasUsed() {
    console.run("SET", "a", "x".repeat(6_000_000));
    assertThat(console.run("MEMORY", "DOCTOR"))
        .isEqualTo("\"Nothing is unusual about the memory in use.\\n\"");
    console.run("SET", "b", "x".repeat(6_000_000));
    console.run("MEMORY", "STATS");
    console.run("DEL", "b");
    assertThat(console.run("MEMORY", "DOCTOR")).startsWith("\"* Peak: ");
  }
}
