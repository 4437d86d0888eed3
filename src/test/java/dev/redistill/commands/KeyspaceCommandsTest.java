package dev.redistill.commands;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class KeyspaceCommandsTest {

  private final Console console = new Console();

  private String sizeOf(int database) {
    console.session().select(database);
    String size = console.run("DBSIZE");
    console.session().select(0);
    return size;
  }

  private void fill() {
    console.run("SET", "a", "1");
    console.run("COPY", "a", "a", "DB", "1");
    console.run("COPY", "a", "b", "DB", "1");
  }

  @Test
  void flushdb_emptiesTheSelectedDatabase() {
    fill();
    assertThat(console.run("FLUSHDB", "async")).isEqualTo("OK");
    assertThat(sizeOf(0)).isEqualTo("(integer) 0");
    assertThat(sizeOf(1)).isEqualTo("(integer) 2");
  }

  @Test
  void flushall_emptiesEveryDatabase() {
    fill();
    assertThat(console.run("FLUSHALL", "SYNC")).isEqualTo("OK");
    assertThat(sizeOf(0)).isEqualTo("(integer) 0");
    assertThat(sizeOf(1)).isEqualTo("(integer) 0");
  }

  @Test
  void flush_takesOneWordAtMost() {
    fill();
    for (String command : new String[] {"FLUSHALL", "FLUSHDB"}) {
      assertThat(console.run(command, "foo")).isEqualTo("(error) ERR syntax error");
      assertThat(console.run(command, "SYNC", "ASYNC")).isEqualTo("(error) ERR syntax error");
    }
    assertThat(sizeOf(0)).isEqualTo("(integer) 1");
  }

  @Test
  void swapdb_isSeenByEveryClientAtOnce() {
    fill();
    Console other = console.other();
    other.session().select(1);
    assertThat(other.run("DBSIZE")).isEqualTo("(integer) 2");
    assertThat(console.run("SWAPDB", "0", "1")).isEqualTo("OK");
    assertThat(other.run("GET", "b")).isEqualTo("(nil)");
    assertThat(console.run("GET", "b")).isEqualTo("\"1\"");
    assertThat(console.run("SWAPDB", "1", "1")).isEqualTo("OK");
    assertThat(other.run("DBSIZE")).isEqualTo("(integer) 1");
  }

  @Test
  void swapdb_saysWhatIsWrong() {
    assertThat(console.run("SWAPDB", "x", "y")).isEqualTo("(error) ERR invalid first DB index");
    assertThat(console.run("SWAPDB", "16", "y")).isEqualTo("(error) ERR invalid second DB index");
    assertThat(console.run("SWAPDB", "0", "99999999999"))
        .isEqualTo("(error) ERR invalid second DB index");
    assertThat(console.run("SWAPDB", "0", "16")).isEqualTo("(error) ERR DB index is out of range");
    assertThat(console.run("SWAPDB", "-1", "0")).isEqualTo("(error) ERR DB index is out of range");
  }

  @Test
  void wrongArguments_leaveNoLocksBehind() {
    console.run("SWAPDB", "0", "16");
    console.run("COPY", "a", "b", "DB", "x");
    console.run("MOVE", "a", "x");
    fill();
    assertThat(console.run("DEL", "a")).isEqualTo("(integer) 1");
    assertThat(console.services().keyspace().database(0).isHeld()).isFalse();
    assertThat(console.services().keyspace().database(1).isHeld()).isFalse();
  }
}
