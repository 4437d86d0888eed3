package dev.redistill.commands;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TransactionCommandsTest {

  private final Console console = new Console();
  private final Console other = console.other();

  private String execSet() {
    console.run("MULTI");
    console.run("SET", "done", "1");
    return console.run("EXEC");
  }

  @Test
  void exec_runsWhatWasQueued() {
    assertThat(console.run("MULTI")).isEqualTo("OK");
    assertThat(console.run("SET", "a", "1")).isEqualTo("QUEUED");
    assertThat(console.run("GET", "a")).isEqualTo("QUEUED");
    assertThat(console.run("DBSIZE")).isEqualTo("QUEUED");
    assertThat(other.run("GET", "a")).isEqualTo("(nil)");
    assertThat(console.run("EXEC")).isEqualTo("[OK, \"1\", (integer) 1]");
    assertThat(other.run("GET", "a")).isEqualTo("\"1\"");
    assertThat(console.run("MULTI")).isEqualTo("OK");
    assertThat(console.run("EXEC")).isEqualTo("[]");
  }

  @Test
  void exec_goesOnAfterAnErrorThatShowsOnlyThen() {
    console.run("MULTI");
    console.run("RENAME", "none", "b");
    console.run("COPY", "a", "b", "DB", "x");
    console.run("SWAPDB", "0", "99");
    console.run("SET", "a", "1");
    assertThat(console.run("EXEC"))
        .isEqualTo(
            "[(error) ERR no such key, (error) ERR value is not an integer or out of range,"
                + " (error) ERR DB index is out of range, OK]");
  }

  @Test
  void exec_abortsIfACommandCouldNotBeQueued() {
    for (String[] wrong : new String[][] {{"FOO"}, {"GET"}, {"OBJECT", "foo"}}) {
      console.run("MULTI");
      assertThat(console.run("SET", "a", "1")).isEqualTo("QUEUED");
      assertThat(console.run(wrong)).startsWith("(error) ERR");
      assertThat(console.run("EXEC"))
          .isEqualTo("(error) EXECABORT Transaction discarded because of previous errors.");
      assertThat(console.run("GET", "a")).isEqualTo("(nil)");
    }
  }

  @Test
  void exec_thatIsWrongItself_endsTheTransaction() {
    console.run("MULTI");
    assertThat(console.run("EXEC", "x"))
        .isEqualTo(
            "(error) EXECABORT Transaction discarded because of: wrong number of arguments for"
                + " 'exec' command");
    assertThat(console.run("EXEC")).isEqualTo("(error) ERR EXEC without MULTI");
  }

  @Test
  void multi_inside_isAnErrorThatDoesNotAbort() {
    console.run("MULTI");
    assertThat(console.run("MULTI")).isEqualTo("(error) ERR MULTI calls can not be nested");
    assertThat(console.run("WATCH", "a"))
        .isEqualTo("(error) ERR WATCH inside MULTI is not allowed");
    assertThat(console.run("SET", "a", "1")).isEqualTo("QUEUED");
    assertThat(console.run("EXEC")).isEqualTo("[OK]");
  }

  @Test
  void discard_forgetsCommandsAndWatchedKeys() {
    assertThat(console.run("DISCARD")).isEqualTo("(error) ERR DISCARD without MULTI");
    console.run("WATCH", "a");
    console.run("MULTI");
    console.run("SET", "b", "1");
    assertThat(console.run("DISCARD")).isEqualTo("OK");
    assertThat(console.run("GET", "b")).isEqualTo("(nil)");
    other.run("SET", "a", "1");
    assertThat(execSet()).isEqualTo("[OK]");
  }

  @Test
  void watch_keepsExecFromRunning_ifAnotherClientChangesTheKey() {
    console.run("SET", "a", "1");
    console.run("WATCH", "b", "a");
    other.run("SET", "a", "2");
    assertThat(execSet()).isEqualTo("(nil)");
    assertThat(console.run("GET", "done")).isEqualTo("(nil)");
    assertThat(execSet()).isEqualTo("[OK]");
  }

  @Test
  void watch_repliesWithANullArray() {
    console.run("WATCH", "a");
    other.run("SET", "a", "2");
    console.run("MULTI");
    assertThat(console.raw("EXEC")).isEqualTo("*-1\r\n");
    console.resp3().run("WATCH", "a");
    other.run("SET", "a", "3");
    console.run("MULTI");
    assertThat(console.raw("EXEC")).isEqualTo("_\r\n");
  }

  @Test
  void watch_minds_whatChangesAKey_butNotWhatReadsIt() {
    String[][] changes = {
      {"SET", "a", "1"}, {"DEL", "a"}, {"EXPIRE", "a", "100"}, {"RENAME", "a", "x"},
      {"RENAME", "y", "a"}, {"MOVE", "a", "1"}, {"COPY", "y", "a", "REPLACE"}, {"FLUSHALL"},
      {"FLUSHDB"}, {"SWAPDB", "0", "2"}, {"EXPIRE", "a", "-1"}
    };
    for (String[] change : changes) {
      console.run("FLUSHALL");
      console.run("SET", "a", "1");
      console.run("SET", "y", "1");
      console.run("WATCH", "a");
      other.run(change);
      assertThat(execSet()).as(String.join(" ", change)).isEqualTo("(nil)");
    }
    String[][] others = {
      {"GET", "a"},
      {"TOUCH", "a"},
      {"COPY", "a", "x"},
      {"PERSIST", "a"},
      {"TTL", "a"},
      {"EXPIRE", "a", "1", "XX"},
      {"SET", "b", "1"},
      {"RENAME", "a", "a"},
      {"SWAPDB", "4", "5"}
    };
    for (String[] change : others) {
      console.run("FLUSHALL");
      console.run("SET", "a", "1");
      console.run("WATCH", "a");
      other.run(change);
      assertThat(execSet()).as(String.join(" ", change)).isEqualTo("[OK]");
    }
  }

  @Test
  void watch_ofAnAbsentKey_mindsOnlyThatItComes() {
    console.run("WATCH", "a");
    other.run("FLUSHALL");
    other.run("DEL", "a");
    assertThat(execSet()).isEqualTo("[OK]");
    console.run("WATCH", "a");
    other.run("SET", "a", "1");
    assertThat(execSet()).isEqualTo("(nil)");
  }

  @Test
  void watch_mindsThatAKeyExpires() {
    console.run("SET", "a", "1");
    console.run("PEXPIRE", "a", "100");
    console.run("WATCH", "a");
    assertThat(console.advance(100)).isNotNull();
    assertThat(execSet()).isEqualTo("[OK]");
    console.run("WATCH", "a");
    console.advance(1);
    assertThat(execSet()).isEqualTo("(nil)");
  }

  @Test
  void watch_ofAKeyThatIsDue_doesNotMindThatItGoes() {
    console.run("SET", "a", "1");
    console.run("PEXPIRE", "a", "100");
    console.advance(101);
    console.run("WATCH", "a");
    other.run("GET", "a");
    assertThat(execSet()).isEqualTo("[OK]");
  }

  @Test
  void watch_isOfTheDatabaseThatWasSelected() {
    console.session().select(1);
    console.run("WATCH", "a");
    console.session().select(0);
    other.run("SET", "a", "1");
    assertThat(execSet()).isEqualTo("[OK]");
    console.session().select(1);
    console.run("WATCH", "a");
    console.session().select(0);
    other.session().select(1);
    other.run("SET", "a", "1");
    assertThat(execSet()).isEqualTo("(nil)");
  }

  @Test
  void watch_followsTheNumberOfADatabase_whenItIsSwapped() {
    console.run("WATCH", "a");
    other.run("SWAPDB", "0", "1");
    assertThat(execSet()).isEqualTo("[OK]");
    console.run("WATCH", "a");
    other.session().select(1);
    other.run("SET", "a", "1");
    assertThat(execSet()).isEqualTo("[OK]");
    console.run("WATCH", "a");
    other.run("SWAPDB", "0", "1");
    assertThat(execSet()).isEqualTo("(nil)");
  }

  @Test
  void unwatch_forgetsTheKeys() {
    console.run("WATCH", "a");
    other.run("SET", "a", "1");
    assertThat(console.run("UNWATCH")).isEqualTo("OK");
    assertThat(execSet()).isEqualTo("[OK]");
    console.run("WATCH", "a");
    other.run("SET", "a", "1");
    console.run("MULTI");
    assertThat(console.run("UNWATCH")).isEqualTo("QUEUED");
    assertThat(console.run("EXEC")).isEqualTo("(nil)");
  }

  @Test
  void aClientThatGoes_leavesNoWatchers() {
    console.run("WATCH", "a");
    console.session().end();
    other.run("SET", "a", "1");
    assertThat(other.run("GET", "a")).isEqualTo("\"1\"");
  }

  @Test
  void swapdb_insideATransaction_countsForTheCommandsBehindIt() {
    console.run("SET", "a", "0");
    console.run("MULTI");
    console.run("SWAPDB", "0", "1");
    console.run("SET", "a", "1");
    console.run("MOVE", "a", "2");
    console.run("FLUSHALL");
    console.run("SET", "a", "2");
    assertThat(console.run("EXEC")).isEqualTo("[OK, OK, (integer) 1, OK, OK]");
    assertThat(console.run("DBSIZE")).isEqualTo("(integer) 1");
    console.session().select(1);
    assertThat(console.run("DBSIZE")).isEqualTo("(integer) 0");
  }
}
