package dev.redistill.commands;

import static org.assertj.core.api.Assertions.assertThat;

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

final class SetCommandsTest {

  private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");

  private final Console console = new Console();

  @BeforeEach
  void askForEvents() {
    console.run("CONFIG", "SET", "notify-keyspace-events", "EA");
  }

  private void keepCompactly(String mostMembers) {
    console.run("CONFIG", "SET", "set-max-listpack-entries", mostMembers);
  }

  private void fill(String key, String prefix, int members) {
    for (int i = 0; i < members; i++) {
      console.run("SADD", key, prefix + i);
    }
    console.takeEvents();
  }

  private static Set<String> quoted(String reply) {
    Set<String> found = new HashSet<>();
    Matcher matcher = QUOTED.matcher(reply);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }

  private String encoding(String key) {
    return console.run("OBJECT", "ENCODING", key);
  }

  @Test
  void aSmallSetIsReadWithoutALock_aLargeOneIsNot() {
    byte[] key = "k".getBytes(StandardCharsets.ISO_8859_1);
    Probe probe = new Probe().set(key);
    Lookup lookup = new Lookup();
    var database = console.services().keyspace().database(0);
    fill("k", "m", 100);
    assertThat(lookup.tryRead(database, probe, console.now())).isEqualTo(Lookup.Worth.SURE);
    fill("k", "m", 200);
    assertThat(lookup.tryRead(database, probe, console.now())).isEqualTo(Lookup.Worth.NOTHING);
    assertThat(console.run("SISMEMBER", "k", "m199")).isEqualTo("(integer) 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"128", "0"})
  void smembers_showsIntegersInTheirOrder(String mostPacked) {
    keepCompactly(mostPacked);
    console.run("SADD", "k", "10", "-1", "9", "100", "-20", "0", "9223372036854775807");
    console.run("SADD", "k", "-9223372036854775808", "-3");
    assertThat(encoding("k")).isEqualTo("\"intset\"");
    assertThat(console.run("SMEMBERS", "k"))
        .isEqualTo(
            "[\"-9223372036854775808\", \"-20\", \"-3\", \"-1\", \"0\", \"9\", \"10\", \"100\","
                + " \"9223372036854775807\"]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1000", "0"})
  void aSetIsOneOfIntegers_upToItsLimitOnly(String mostPacked) {
    keepCompactly(mostPacked);
    fill("k", "", 512);
    assertThat(encoding("k")).isEqualTo("\"intset\"");
    console.run("SADD", "k", "511");
    assertThat(encoding("k")).isEqualTo("\"intset\"");
    console.run("SADD", "k", "512");
    assertThat(encoding("k")).isEqualTo("\"hashtable\"");
    console.run("SREM", "k", "512");
    assertThat(encoding("k")).isEqualTo("\"hashtable\"");
    console.run("SUNIONSTORE", "copy", "k");
    assertThat(encoding("copy")).isEqualTo("\"intset\"");
    assertThat(console.run("SINTERCARD", "2", "k", "copy")).isEqualTo("(integer) 512");
  }

  @Test
  void eachChangePublishesItsEvent() {
    console.run("SADD", "k", "a", "b", "c", "d");
    console.run("SADD", "k", "a");
    console.run("SREM", "k", "none");
    console.run("SREM", "k", "a");
    console.run("SMOVE", "k", "j", "b");
    console.run("SMOVE", "k", "j", "none");
    console.run("SPOP", "k");
    console.run("SPOP", "k", "1");
    console.run("SUNIONSTORE", "j", "j", "none");
    console.run("SINTERSTORE", "j", "j", "none");
    console.run("SDIFFSTORE", "j", "none");
    assertThat(console.takeEvents())
        .containsExactly(
            "__keyevent@0__:sadd k",
            "__keyevent@0__:srem k",
            "__keyevent@0__:srem k",
            "__keyevent@0__:sadd j",
            "__keyevent@0__:spop k",
            "__keyevent@0__:spop k",
            "__keyevent@0__:del k",
            "__keyevent@0__:sunionstore j",
            "__keyevent@0__:del j");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1000", "0"})
  void srandmember_picksAsManyDifferentMembersAsAskedFor(String mostPacked) {
    keepCompactly(mostPacked);
    fill("k", "m", 300);
    for (int count : new int[] {1, 10, 99, 100, 150, 299, 300, 1000}) {
      Set<String> picked = quoted(console.run("SRANDMEMBER", "k", Integer.toString(count)));
      assertThat(picked).hasSize(Math.min(count, 300));
    }
    String repeated = console.run("SRANDMEMBER", "k", "-1000");
    assertThat(repeated.split(",")).hasSize(1000);
    assertThat(quoted(repeated)).hasSizeBetween(250, 299);
    assertThat(console.run("SCARD", "k")).isEqualTo("(integer) 300");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1000", "0"})
  void spop_removesWhatItReplies_untilNothingIsLeft(String mostPacked) {
    keepCompactly(mostPacked);
    fill("k", "m", 300);
    Set<String> seen = new HashSet<>();
    for (int count : new int[] {1, 20, 100, 150, 28}) {
      Set<String> popped = quoted(console.run("SPOP", "k", Integer.toString(count)));
      assertThat(popped).hasSize(count);
      assertThat(seen.addAll(popped)).isTrue();
      for (String member : popped) {
        assertThat(console.run("SISMEMBER", "k", member)).isEqualTo("(integer) 0");
      }
    }
    assertThat(console.run("SCARD", "k")).isEqualTo("(integer) 1");
    seen.addAll(quoted(console.run("SPOP", "k")));
    assertThat(seen).as("nothing was popped twice").hasSize(300);
    assertThat(console.run("EXISTS", "k")).isEqualTo("(integer) 0");
  }

  @Test
  void spop_ofMostMembers_makesWhatIsLeftANewSet() {
    fill("k", "", 10);
    console.run("SADD", "k", "text");
    console.run("SREM", "k", "text");
    console.run("SPOP", "k", "8");
    assertThat(encoding("k")).isEqualTo("\"hashtable\"");
    fill("k", "", 10);
    console.run("SPOP", "k", "9");
    assertThat(encoding("k")).isEqualTo("\"intset\"");
  }

  @Test
  void sscan_showsALargeSetInSteps_whateverComesAndGoes() {
    fill("k", "m", 1000);
    Set<String> seen = new HashSet<>();
    String cursor = "0";
    int steps = 0;
    do {
      String reply = console.run("SSCAN", "k", cursor, "COUNT", "20");
      Set<String> found = quoted(reply.substring(reply.indexOf(',')));
      assertThat(found).hasSizeBetween(1, 25);
      seen.addAll(found);
      cursor = reply.substring(2, reply.indexOf('"', 2));
      steps++;
      console.run("SADD", "k", "new" + steps);
      console.run("SREM", "k", "new" + (steps - 1));
    } while (!cursor.equals("0"));
    seen.removeIf(member -> member.startsWith("new"));
    assertThat(seen).hasSize(1000);
    assertThat(steps).isBetween(40, 60);
  }

  @Test
  void memoryUsage_growsWithTheMembers() {
    fill("k", "m", 10);
    long few = usage();
    fill("k", "m", 10_000);
    assertThat(usage() - few).isBetween(10_000L * 25, 10_000L * 60);
    console.run("DEL", "k");
    assertThat(console.run("MEMORY", "USAGE", "k")).isEqualTo("(nil)");
  }

  private long usage() {
    return Long.parseLong(console.run("MEMORY", "USAGE", "k").replace("(integer) ", ""));
  }

  @Test
  void aSetIsNoHash_andAHashIsNoSet() {
    console.run("SADD", "s", "a");
    console.run("HSET", "h", "a", "1");
    String wrong = "(error) WRONGTYPE Operation against a key holding the wrong kind of value";
    assertThat(console.run("HGET", "s", "a")).isEqualTo(wrong);
    assertThat(console.run("SISMEMBER", "h", "a")).isEqualTo(wrong);
    assertThat(console.run("SUNION", "s", "h")).isEqualTo(wrong);
    assertThat(console.run("SUNIONSTORE", "h", "s")).isEqualTo("(integer) 1");
    assertThat(console.run("TYPE", "h")).isEqualTo("set");
  }

  @Test
  void aWatchedSetThatWasNotChanged_letsTheTransactionRun() {
    console.run("SADD", "k", "a");
    console.run("WATCH", "k");
    console.other().run("SADD", "k", "a");
    console.other().run("SREM", "k", "b");
    console.run("MULTI");
    console.run("SCARD", "k");
    assertThat(console.run("EXEC")).isEqualTo("[(integer) 1]");
    console.run("WATCH", "k");
    console.other().run("SADD", "k", "b");
    console.run("MULTI");
    console.run("SCARD", "k");
    assertThat(console.run("EXEC")).isEqualTo("(nil)");
  }
}
