package dev.redistill.commands;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redistill.expiry.Expirer;
import dev.redistill.store.Lookup;
import dev.redistill.store.Probe;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HashCommandsTest {

  private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");

  private final Console console = new Console();

  @BeforeEach
  void askForEvents() {
    console.run("CONFIG", "SET", "notify-keyspace-events", "EA");
  }

  private void keepCompactly(String mostFields) {
    console.run("CONFIG", "SET", "hash-max-listpack-entries", mostFields);
  }

  private void fill(String key, int fields) {
    for (int i = 0; i < fields; i++) {
      console.run("HSET", key, "f" + i, "v" + i);
    }
    console.takeEvents();
  }

  private boolean isReadWithoutLock(String key) {
    byte[] bytes = key.getBytes(StandardCharsets.ISO_8859_1);
    return new Lookup()
            .tryRead(
                console.services().keyspace().database(0), new Probe().set(bytes), console.now())
        == Lookup.Worth.UNTIL_CHANGED;
  }

  @Test
  void aSmallHashIsReadWithoutALock_aLargeOneIsNot() {
    fill("k", 1);
    assertThat(isReadWithoutLock("k")).isTrue();
    keepCompactly("0");
    fill("k", 2);
    assertThat(isReadWithoutLock("k")).isFalse();
  }

  @Test
  void aSmallHashWithADueFieldIsReadUnderTheLock_onceUntilItIsGone() {
    fill("k", 2);
    console.run("HPEXPIRE", "k", "5", "FIELDS", "1", "f0");
    assertThat(isReadWithoutLock("k")).isTrue();
    console.advance(6);
    assertThat(isReadWithoutLock("k")).isFalse();
    assertThat(console.run("HGETALL", "k")).isEqualTo("[\"f1\", \"v1\"]");
    assertThat(isReadWithoutLock("k")).isTrue();
  }

  @Test
  void eachChangePublishesItsEvent() {
    console.run("HSET", "k", "a", "1", "b", "2");
    console.run("HMSET", "k", "c", "3");
    console.run("HSETNX", "k", "a", "1");
    console.run("HSETNX", "k", "d", "1");
    console.run("HINCRBY", "k", "a", "1");
    console.run("HINCRBYFLOAT", "k", "a", "0.5");
    console.run("HEXPIRE", "k", "100", "FIELDS", "1", "a");
    console.run("HEXPIRE", "k", "100", "NX", "FIELDS", "1", "a");
    console.run("HPERSIST", "k", "FIELDS", "1", "a");
    console.run("HPERSIST", "k", "FIELDS", "1", "a");
    console.run("HGETEX", "k", "EX", "100", "FIELDS", "1", "a");
    console.run("HGETEX", "k", "PERSIST", "FIELDS", "1", "a");
    console.run("HGETEX", "k", "FIELDS", "1", "a");
    console.run("HSETEX", "k", "EX", "100", "FIELDS", "1", "a", "1");
    console.run("HSETEX", "k", "FNX", "FIELDS", "1", "a", "1");
    console.run("HDEL", "k", "none");
    console.run("HDEL", "k", "a", "b");
    console.run("HGETDEL", "k", "FIELDS", "1", "c");
    console.run("HEXPIRE", "k", "0", "FIELDS", "1", "d");
    assertThat(console.takeEvents())
        .containsExactly(
            "__keyevent@0__:hset k",
            "__keyevent@0__:hset k",
            "__keyevent@0__:hset k",
            "__keyevent@0__:hincrby k",
            "__keyevent@0__:hincrbyfloat k",
            "__keyevent@0__:hexpire k",
            "__keyevent@0__:hpersist k",
            "__keyevent@0__:hexpire k",
            "__keyevent@0__:hpersist k",
            "__keyevent@0__:hset k",
            "__keyevent@0__:hexpire k",
            "__keyevent@0__:hdel k",
            "__keyevent@0__:hdel k",
            "__keyevent@0__:hdel k",
            "__keyevent@0__:del k");
  }

  @ParameterizedTest
  @ValueSource(strings = {"512", "0"})
  void fieldsThatNobodyAsksForExpire_andTakeTheHashWithThem(String mostPacked) {
    keepCompactly(mostPacked);
    Expirer expirer = new Expirer(console.services().keyspace(), console.clock());
    fill("k", 500);
    for (int i = 0; i < 500; i++) {
      console.run("HPEXPIRE", "k", i < 250 ? "10" : "20", "FIELDS", "1", "f" + i);
    }
    console.takeEvents();
    console.advance(11);
    assertThat(expirer.sweep()).isPositive();
    assertThat(console.takeEvents()).isNotEmpty().containsOnly("__keyevent@0__:hexpired k");
    assertThat(console.run("HLEN", "k")).isEqualTo("(integer) 250");
    console.advance(10);
    assertThat(expirer.sweep()).isPositive();
    assertThat(console.run("DBSIZE")).isEqualTo("(integer) 0");
    assertThat(console.takeEvents()).endsWith("__keyevent@0__:hexpired k", "__keyevent@0__:del k");
    assertThat(console.services().keyspace().database(0).nextDue()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aFieldIsThereToTheEndOfItsMillisecond() {
    fill("k", 1);
    console.run("HPEXPIRE", "k", "10", "FIELDS", "1", "f0");
    assertThat(console.advance(10).run("HGET", "k", "f0")).isEqualTo("\"v0\"");
    assertThat(console.advance(1).run("HGET", "k", "f0")).isEqualTo("(nil)");
    assertThat(console.run("TYPE", "k")).isEqualTo("none");
  }

  @Test
  void manyFieldsThatAreDueAtOnceAreNotSeen_whetherRemovedOrNot() {
    keepCompactly("0");
    fill("k", 8000);
    for (int i = 0; i < 8000; i++) {
      console.run("HPEXPIRE", "k", i % 8 == 0 ? "1000" : "10", "FIELDS", "1", "f" + i);
    }
    console.advance(11);
    for (int i = 0; i < 8000; i += 111) {
      String expected = i % 8 == 0 ? "\"v" + i + "\"" : "(nil)";
      assertThat(console.run("HGET", "k", "f" + i)).isEqualTo(expected);
    }
    assertThat(console.run("HRANDFIELD", "k", "-50", "WITHVALUES")).doesNotContain("f1\"");
    assertThat(console.run("HKEYS", "k").split(",")).hasSize(1000);
    assertThat(console.run("HLEN", "k")).isEqualTo("(integer) 1000");
    console.advance(1000);
    assertThat(console.run("HGETALL", "k")).isEqualTo("[]");
    assertThat(console.run("EXISTS", "k")).isEqualTo("(integer) 0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"512", "0"})
  void hrandfield_picksAsManyDifferentFieldsAsAskedFor(String mostPacked) {
    keepCompactly(mostPacked);
    fill("k", 300);
    for (int count : new int[] {1, 10, 99, 100, 150, 299, 300, 1000}) {
      Set<String> picked = quoted(console.run("HRANDFIELD", "k", Integer.toString(count)));
      assertThat(picked).hasSize(Math.min(count, 300));
    }
    String repeated = console.run("HRANDFIELD", "k", "-1000", "WITHVALUES");
    Matcher matcher = Pattern.compile("\"f(\\d+)\", \"v(\\d+)\"").matcher(repeated);
    int pairs = 0;
    while (matcher.find()) {
      assertThat(matcher.group(1)).isEqualTo(matcher.group(2));
      pairs++;
    }
    assertThat(pairs).isEqualTo(1000);
    assertThat(quoted(repeated)).hasSizeGreaterThan(2 * 250);
  }

  private static Set<String> quoted(String reply) {
    Set<String> found = new HashSet<>();
    Matcher matcher = QUOTED.matcher(reply);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }

  @Test
  void hscan_showsALargeHashInSteps() {
    keepCompactly("0");
    fill("k", 1000);
    Set<String> seen = new HashSet<>();
    String cursor = "0";
    int steps = 0;
    do {
      String reply = console.run("HSCAN", "k", cursor, "COUNT", "20", "NOVALUES");
      Set<String> found = quoted(reply.substring(reply.indexOf(',')));
      assertThat(found).hasSizeBetween(1, 25);
      seen.addAll(found);
      cursor = reply.substring(2, reply.indexOf('"', 2));
      steps++;
    } while (!cursor.equals("0"));
    assertThat(seen).hasSize(1000);
    assertThat(steps).isBetween(40, 60);
  }

  @Test
  void memoryUsage_growsWithTheFields() {
    keepCompactly("0");
    fill("k", 10);
    long few = usage();
    fill("k", 10_000);
    long many = usage();
    assertThat(many - few).isBetween(10_000L * 30, 10_000L * 60);
    console.run("DEL", "k");
    assertThat(console.run("MEMORY", "USAGE", "k")).isEqualTo("(nil)");
  }

  private long usage() {
    return Long.parseLong(console.run("MEMORY", "USAGE", "k").replace("(integer) ", ""));
  }

  @Test
  void aValueThatFailsToCountIsLeftAlone() {
    keepCompactly("0");
    console.run("HSET", "k", "a", "text", "b", "9223372036854775807");
    assertThat(console.run("HINCRBY", "k", "a", "1"))
        .isEqualTo("(error) ERR hash value is not an integer");
    assertThat(console.run("HINCRBY", "k", "b", "1"))
        .isEqualTo("(error) ERR increment or decrement would overflow");
    assertThat(console.run("HINCRBYFLOAT", "none", "a", "x"))
        .isEqualTo("(error) ERR value is not a valid float");
    assertThat(console.run("EXISTS", "none")).isEqualTo("(integer) 0");
  }
}
