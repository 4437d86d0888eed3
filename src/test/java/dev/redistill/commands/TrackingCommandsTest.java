package dev.redistill.commands;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redistill.tracking.Tracking;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class TrackingCommandsTest {

  private final Console console = new Console().resp3();
  private final Console writer = console.other();

  @BeforeEach
  void keys() {
    writer.run("MSET", "a", "1", "b", "2", "c", "3");
  }

  private Tracking tracking() {
    return console.services().tracking();
  }

  private static String outdated(String... keys) {
    return ">[\"invalidate\", [\"" + String.join("\", \"", keys) + "\"]]";
  }

  @Test
  void aReaderHearsOnceOfAChange() {
    console.run("CLIENT", "TRACKING", "ON");
    console.run("MGET", "a", "none");
    writer.run("SET", "a", "2");
    writer.run("SET", "a", "3");
    writer.run("SET", "none", "4");
    writer.run("SET", "b", "5");
    assertThat(console.messages()).containsExactly(outdated("a"), outdated("none"));
    assertThat(tracking().keys()).isZero();
    assertThat(tracking().items()).isZero();
  }

  @Test
  void aKeyThatExpiresIsOutdated() {
    console.run("CLIENT", "TRACKING", "ON");
    writer.run("SET", "a", "1", "PX", "10");
    console.run("GET", "a");
    console.advance(11);
    writer.run("EXISTS", "a");
    assertThat(console.messages()).containsExactly(outdated("a"));
  }

  @Test
  void aKeyThatExpiresWhereItIsReadIsRememberedAsMissing() {
    console.run("CLIENT", "TRACKING", "ON");
    writer.run("SET", "a", "1", "PX", "10");
    console.run("MGET", "a", "b");
    console.advance(11);
    console.run("MGET", "a", "b");
    assertThat(console.messages()).containsExactly(outdated("a"));
    writer.run("SET", "a", "2");
    assertThat(console.messages()).containsExactly(outdated("a"));
  }

  @Test
  void whatACommandReadThatFailedIsRemembered() {
    console.run("CLIENT", "TRACKING", "ON");
    console.run("GETRANGE", "a", "x", "y");
    console.run("LCS", "b", "c", "IDX", "LEN");
    writer.run("MSET", "a", "1", "b", "2", "c", "3");
    assertThat(console.messages()).containsExactly(outdated("a"), outdated("b"), outdated("c"));
  }

  @Test
  void clearingADatabaseMakesEverythingOutdated() {
    console.run("CLIENT", "TRACKING", "ON");
    console.run("MGET", "a", "b");
    writer.run("FLUSHALL");
    assertThat(console.messages()).containsExactly(">[\"invalidate\", (nil)]");
    assertThat(tracking().keys()).isZero();
    assertThat(tracking().items()).isZero();
  }

  @Test
  void withNoloopOnesOwnChangesAreNoNews() {
    console.run("CLIENT", "TRACKING", "ON", "NOLOOP");
    console.run("MGET", "a", "b");
    console.run("SET", "a", "2");
    writer.run("SET", "b", "2");
    assertThat(console.messages()).containsExactly(outdated("b"));
    writer.run("SET", "a", "3");
    assertThat(console.messages()).isEmpty();
  }

  @Test
  void broadcastsTellOfAllKeysThatBeginWithAPrefix() {
    console.run("CLIENT", "TRACKING", "ON", "BCAST", "PREFIX", "a", "PREFIX", "x:");
    console.run("GET", "b");
    writer.run("MSET", "x:2", "1", "b", "2", "a", "3", "x:1", "4");
    assertThat(console.messages()).containsExactly(outdated("a"), outdated("x:1", "x:2"));
    assertThat(tracking().keys()).isZero();
    assertThat(tracking().prefixes()).isEqualTo(2);
    console.run("CLIENT", "TRACKING", "OFF");
    assertThat(tracking().prefixes()).isZero();
  }

  @Test
  void broadcastsLeaveOutWhatOneHasChangedLastOneself() {
    console.run("CLIENT", "TRACKING", "ON", "BCAST", "NOLOOP");
    console.run("SET", "a", "1");
    assertThat(console.messages()).isEmpty();
    writer.run("SET", "a", "1");
    assertThat(console.messages()).containsExactly(outdated("a"));
  }

  @Test
  void broadcastsTellOfWhatTheExpirerRemoves() {
    console.run("CLIENT", "TRACKING", "ON", "BCAST");
    writer.run("SET", "a", "1", "PX", "10");
    console.messages();
    console.advance(11);
    console.services().keyspace().database(0).removeDue(console.now(), 10);
    console.services().keyspace().settled();
    assertThat(console.messages()).containsExactly(outdated("a"));
  }

  @Test
  void optInRemembersWhatTheNextCommandReads() {
    console.run("CLIENT", "TRACKING", "ON", "OPTIN");
    console.run("GET", "a");
    console.run("CLIENT", "CACHING", "YES");
    console.run("GET", "b");
    console.run("GET", "c");
    writer.run("MSET", "a", "1", "b", "2", "c", "3");
    assertThat(console.messages()).containsExactly(outdated("b"));
  }

  @Test
  void optInHoldsForATransaction() {
    console.run("CLIENT", "TRACKING", "ON", "OPTIN");
    console.run("CLIENT", "CACHING", "YES");
    console.run("MULTI");
    console.run("GET", "a");
    console.run("GET", "b");
    console.run("EXEC");
    console.run("GET", "c");
    writer.run("MSET", "a", "1", "b", "2", "c", "3");
    assertThat(console.messages()).containsExactly(outdated("a"), outdated("b"));
  }

  @Test
  void optOutForgetsWhatTheNextCommandReads() {
    console.run("CLIENT", "TRACKING", "ON", "OPTOUT");
    console.run("CLIENT", "CACHING", "NO");
    console.run("GET", "a");
    console.run("GET", "b");
    writer.run("MSET", "a", "1", "b", "2");
    assertThat(console.messages()).containsExactly(outdated("b"));
  }

  @Test
  void aFullTableForgetsAndTellsOfIt() {
    console.run("CONFIG", "SET", "tracking-table-max-keys", "2");
    console.run("CLIENT", "TRACKING", "ON", "NOLOOP");
    for (int i = 0; i < 1000; i++) {
      console.run("GET", "key:" + i);
    }
    assertThat(tracking().keys()).isEqualTo(2);
    assertThat(tracking().items()).isEqualTo(2);
    assertThat(console.messages()).hasSize(998).doesNotHaveDuplicates();
  }

  @Test
  void aTableThatIsFarTooFullShrinksStepByStep() {
    console.run("CLIENT", "TRACKING", "ON");
    for (int i = 0; i < 1000; i++) {
      console.run("GET", "key:" + i);
    }
    console.run("CONFIG", "SET", "tracking-table-max-keys", "10");
    assertThat(tracking().keys()).isEqualTo(900);
    console.run("PING");
    assertThat(tracking().keys()).isEqualTo(700);
    console.run("PING");
    console.run("PING");
    assertThat(tracking().keys()).isEqualTo(10);
    assertThat(console.messages()).hasSize(990);
  }

  @Test
  void whatWasReadByAClientThatIsGoneIsForgottenWithTheKey() {
    Console other = console.other();
    other.run("CLIENT", "TRACKING", "ON");
    console.run("CLIENT", "TRACKING", "ON");
    other.run("GET", "a");
    other.session().end();
    assertThat(tracking().trackers()).isEqualTo(1);
    assertThat(tracking().keys()).isEqualTo(1);
    writer.run("SET", "a", "2");
    assertThat(tracking().keys()).isZero();
  }

  @Test
  void whenTheLastTrackerGoesNothingIsRemembered() {
    console.run("CLIENT", "TRACKING", "ON");
    console.run("MGET", "a", "b");
    console.run("RESET");
    assertThat(tracking().trackers()).isZero();
    assertThat(tracking().keys()).isZero();
    assertThat(tracking().items()).isZero();
  }

  @Test
  void manyReadersOfOneKeyAllHearOfIt() {
    Console[] readers = new Console[50];
    for (int i = 0; i < readers.length; i++) {
      readers[i] = console.other().resp3();
      readers[i].run("CLIENT", "TRACKING", "ON");
    }
    for (int i = readers.length - 1; i >= 0; i--) {
      readers[i].run("GET", "a");
      readers[i].run("GET", "a");
    }
    assertThat(tracking().items()).isEqualTo(50);
    writer.run("DEL", "a");
    for (Console reader : readers) {
      assertThat(reader.messages()).containsExactly(outdated("a"));
    }
  }

  @Test
  void aRedirectionThatBreaksIsToldOf() {
    Console target = console.other().resp3();
    String id = Long.toString(target.session().id());
    console.run("CLIENT", "TRACKING", "ON", "REDIRECT", id);
    console.run("MGET", "a", "b");
    writer.run("SET", "a", "2");
    assertThat(target.messages()).containsExactly(outdated("a"));
    target.session().end();
    writer.run("SET", "b", "2");
    assertThat(console.messages())
        .containsExactly(">[\"tracking-redir-broken\", (integer) " + id + "]");
    assertThat(console.run("CLIENT", "TRACKINGINFO")).contains("\"broken_redirect\"");
  }

  @Test
  void clientListShowsWhoTracks() {
    console.run("CLIENT", "TRACKING", "ON", "BCAST");
    assertThat(console.run("CLIENT", "INFO")).contains(" flags=tB ", " redir=0 ");
    assertThat(writer.run("CLIENT", "INFO")).contains(" flags=N ", " redir=-1 ");
  }

  @Test
  void infoCountsTrackersKeysAndPrefixes() {
    console.run("CLIENT", "TRACKING", "ON");
    console.run("MGET", "a", "b");
    writer.run("CLIENT", "TRACKING", "ON", "BCAST");
    assertThat(console.run("INFO", "clients")).contains("tracking_clients:2\\r\\n");
    assertThat(console.run("INFO", "stats"))
        .contains("tracking_total_keys:2\\r\\ntracking_total_items:2\\r\\n");
  }

  @Test
  void prefixesThatOverlapAreRefusedWithOneReply() {
    assertThat(
            console.run(
                "CLIENT", "TRACKING", "ON", "BCAST", "PREFIX", "x", "PREFIX", "a", "PREFIX", "ab"))
        .isEqualTo(
            "(error) ERR Prefix 'a' overlaps with another provided prefix 'ab'. Prefixes for a single"
                + " client must not overlap.");
    assertThat(tracking().trackers()).isZero();
  }
}
