package dev.redistill.commands;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PubSubCommandsTest {

  private final Console console = new Console();
  private final Console other = console.other();

  @Test
  void publish_reachesChannelsFirstAndThenPatternsInTheirOrder() {
    console.raw("PSUBSCRIBE", "*b", "a*");
    console.raw("SUBSCRIBE", "ab");
    assertThat(other.run("PUBLISH", "ab", "x")).isEqualTo("(integer) 3");
    assertThat(console.messages())
        .containsExactly(
            "[\"message\", \"ab\", \"x\"]",
            "[\"pmessage\", \"*b\", \"ab\", \"x\"]",
            "[\"pmessage\", \"a*\", \"ab\", \"x\"]");
  }

  @Test
  void publish_reachesEachClientInItsOwnVersionOfTheProtocol() {
    console.resp3().raw("SUBSCRIBE", "a");
    other.raw("SUBSCRIBE", "a");
    assertThat(console.run("GET", "k")).isEqualTo("(nil)");
    assertThat(console.other().run("PUBLISH", "a", "x")).isEqualTo("(integer) 2");
    assertThat(console.messages()).containsExactly(">[\"message\", \"a\", \"x\"]");
    assertThat(other.messages()).containsExactly("[\"message\", \"a\", \"x\"]");
  }

  @Test
  void publish_tellsItsOwnClientBeforeItReplies() {
    console.resp3().raw("SUBSCRIBE", "a");
    assertThat(console.raw("PUBLISH", "a", "x"))
        .isEqualTo(">3\r\n$7\r\nmessage\r\n$1\r\na\r\n$1\r\nx\r\n:1\r\n");
  }

  @Test
  void publish_inATransactionTellsItsOwnClientBehindTheReply() {
    console.resp3().raw("SUBSCRIBE", "a");
    console.run("MULTI");
    console.run("PUBLISH", "a", "x");
    assertThat(console.run("EXEC")).isEqualTo("[(integer) 1]");
    assertThat(console.messages()).containsExactly(">[\"message\", \"a\", \"x\"]");
  }

  @Test
  void spublish_reachesShardChannelsOnly() {
    console.raw("SUBSCRIBE", "a");
    console.raw("PSUBSCRIBE", "a");
    other.raw("SSUBSCRIBE", "a");
    assertThat(console.other().run("SPUBLISH", "a", "x")).isEqualTo("(integer) 1");
    assertThat(console.messages()).isEmpty();
    assertThat(other.messages()).containsExactly("[\"smessage\", \"a\", \"x\"]");
  }

  @Test
  void unsubscribe_comesBehindWhatWasPublishedBefore() {
    console.raw("SUBSCRIBE", "a");
    other.run("PUBLISH", "a", "x");
    assertThat(console.raw("UNSUBSCRIBE", "a"))
        .isEqualTo(
            "*3\r\n$7\r\nmessage\r\n$1\r\na\r\n$1\r\nx\r\n"
                + "*3\r\n$11\r\nunsubscribe\r\n$1\r\na\r\n:0\r\n");
    assertThat(other.run("PUBLISH", "a", "y")).isEqualTo("(integer) 0");
    assertThat(console.messages()).isEmpty();
  }

  @Test
  void subscribersInResp2_mayDoLittleElse() {
    console.raw("SUBSCRIBE", "a");
    assertThat(console.run("GET", "k"))
        .isEqualTo(
            "(error) ERR Can't execute 'get': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT"
                + " / RESET are allowed in this context");
    assertThat(console.run("PING")).isEqualTo("[\"pong\", \"\"]");
    assertThat(console.run("UNSUBSCRIBE")).isEqualTo("[\"unsubscribe\", \"a\", (integer) 0]");
    assertThat(console.run("GET", "k")).isEqualTo("(nil)");
  }

  @Test
  void reset_endsAllSubscriptions() {
    console.raw("SUBSCRIBE", "a");
    console.raw("PSUBSCRIBE", "a");
    console.raw("SSUBSCRIBE", "a");
    assertThat(console.run("RESET")).isEqualTo("RESET");
    assertThat(other.run("PUBLISH", "a", "x")).isEqualTo("(integer) 0");
    assertThat(other.run("SPUBLISH", "a", "x")).isEqualTo("(integer) 0");
    assertThat(other.run("PUBSUB", "NUMPAT")).isEqualTo("(integer) 0");
    assertThat(console.run("GET", "k")).isEqualTo("(nil)");
  }

  @Test
  void theEndOfASession_endsItsSubscriptions() {
    console.raw("SUBSCRIBE", "a");
    console.raw("PSUBSCRIBE", "a");
    console.session().end();
    assertThat(other.run("PUBLISH", "a", "x")).isEqualTo("(integer) 0");
    assertThat(other.run("PUBSUB", "CHANNELS")).isEqualTo("[]");
  }

  @Test
  void whatASlowSubscriberIsSent_isBounded() {
    other.run("CONFIG", "SET", "client-output-buffer-limit", "pubsub 100 0 0");
    console.raw("SUBSCRIBE", "a");
    other.run("PUBLISH", "a", "x".repeat(200));
    assertThat(console.session().messaging().outboxIfAny())
        .matches(outbox -> outbox != null && outbox.isBroken());
  }

  @Test
  void theSoftLimit_isOneOfTime() {
    other.run("CONFIG", "SET", "client-output-buffer-limit", "pubsub 0 100 2");
    console.raw("SUBSCRIBE", "a");
    var messaging = console.session().messaging();
    assertThat(messaging.isOverSoftLimit(101, 10_000)).isFalse();
    assertThat(messaging.isOverSoftLimit(101, 12_000)).isFalse();
    assertThat(messaging.isOverSoftLimit(100, 12_001)).isFalse();
    assertThat(messaging.isOverSoftLimit(101, 13_000)).isFalse();
    assertThat(messaging.isOverSoftLimit(101, 15_001)).isTrue();
  }

  @Test
  void clientList_tellsOfSubscriptionsAndWhatWaits() {
    console.raw("SUBSCRIBE", "a", "b");
    console.raw("PSUBSCRIBE", "c");
    console.raw("SSUBSCRIBE", "d");
    other.run("PUBLISH", "a", "x");
    assertThat(other.run("CLIENT", "LIST", "TYPE", "pubsub"))
        .contains(" flags=P ", " sub=2 psub=1 ssub=1 ", " oll=1 omem=31 ");
    assertThat(other.run("CLIENT", "LIST", "TYPE", "normal")).doesNotContain("flags=P");
  }

  @Test
  void keysWithTheNamesOfShardChannels_areNotTouched() {
    console.raw("SSUBSCRIBE", "k");
    other.run("SPUBLISH", "k", "x");
    assertThat(other.run("INFO", "stats")).contains("keyspace_misses:0");
  }

  @Test
  void keyspaceEvents_arePublished() {
    other.run("CONFIG", "SET", "notify-keyspace-events", "KEA");
    console.raw("PSUBSCRIBE", "__key*");
    other.run("SET", "k", "v");
    assertThat(console.messages())
        .containsExactly(
            "[\"pmessage\", \"__key*\", \"__keyspace@0__:k\", \"set\"]",
            "[\"pmessage\", \"__key*\", \"__keyevent@0__:set\", \"k\"]");
  }
}
