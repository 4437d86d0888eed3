package dev.redistill.commands;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class GenericCommandsTest {

  private final Console console = new Console();

  @Test
  void del_countsEachKeyOnce() {
    console.run("SET", "a", "1");
    console.run("SET", "b", "1");
    assertThat(console.run("DEL", "a", "a", "b", "none")).isEqualTo("(integer) 2");
    assertThat(console.run("UNLINK", "a")).isEqualTo("(integer) 0");
    assertThat(console.run("DBSIZE")).isEqualTo("(integer) 0");
  }

  @Test
  void exists_countsAKeyNamedTwiceTwice() {
    console.run("SET", "a", "1");
    assertThat(console.run("EXISTS", "a", "none", "a")).isEqualTo("(integer) 2");
    assertThat(console.run("TOUCH", "a", "none", "a")).isEqualTo("(integer) 2");
  }

  @Test
  void exists_doesNotSeeADueKey() {
    console.run("SET", "a", "1");
    console.run("PEXPIRE", "a", "10");
    assertThat(console.advance(10).run("EXISTS", "a")).isEqualTo("(integer) 1");
    assertThat(console.advance(1).run("EXISTS", "a")).isEqualTo("(integer) 0");
  }

  @Test
  void type_isNoneOrString() {
    console.run("SET", "a", "1");
    assertThat(console.raw("TYPE", "a")).isEqualTo("+string\r\n");
    assertThat(console.raw("TYPE", "none")).isEqualTo("+none\r\n");
  }

  @Test
  void touch_isAUse_existsIsNone() {
    console.run("SET", "a", "1");
    console.advance(5000).run("EXISTS", "a");
    assertThat(console.run("OBJECT", "IDLETIME", "a")).isEqualTo("(integer) 5");
    console.run("TOUCH", "a");
    assertThat(console.run("OBJECT", "IDLETIME", "a")).isEqualTo("(integer) 0");
  }

  @Test
  void rename_takesTheExpiryAlong_andReplaces() {
    console.run("SET", "a", "1");
    console.run("PEXPIRE", "a", "1000");
    console.run("SET", "b", "2");
    console.run("PEXPIRE", "b", "5000");
    assertThat(console.run("RENAME", "a", "b")).isEqualTo("OK");
    assertThat(console.run("GET", "b")).isEqualTo("\"1\"");
    assertThat(console.run("PTTL", "b")).isEqualTo("(integer) 1000");
    assertThat(console.run("EXISTS", "a")).isEqualTo("(integer) 0");
    console.run("SET", "c", "3");
    console.run("RENAME", "c", "b");
    assertThat(console.run("PTTL", "b")).isEqualTo("(integer) -1");
  }

  @Test
  void rename_ofAKeyToItself() {
    assertThat(console.run("RENAME", "a", "a")).isEqualTo("(error) ERR no such key");
    console.run("SET", "a", "1");
    assertThat(console.run("RENAME", "a", "a")).isEqualTo("OK");
    assertThat(console.run("RENAMENX", "a", "a")).isEqualTo("(integer) 0");
    assertThat(console.run("GET", "a")).isEqualTo("\"1\"");
  }

  @Test
  void renamenx_replacesNothing_butADueKey() {
    console.run("SET", "a", "1");
    console.run("SET", "b", "2");
    assertThat(console.run("RENAMENX", "a", "b")).isEqualTo("(integer) 0");
    console.run("PEXPIRE", "b", "10");
    assertThat(console.advance(11).run("RENAMENX", "a", "b")).isEqualTo("(integer) 1");
    assertThat(console.run("GET", "b")).isEqualTo("\"1\"");
    assertThat(console.run("RENAMENX", "a", "c")).isEqualTo("(error) ERR no such key");
  }

  @Test
  void copy_copiesValueAndExpiry() {
    console.run("SET", "a", "1");
    console.run("PEXPIRE", "a", "1000");
    assertThat(console.run("COPY", "a", "b")).isEqualTo("(integer) 1");
    assertThat(console.run("GET", "b")).isEqualTo("\"1\"");
    assertThat(console.run("PTTL", "b")).isEqualTo("(integer) 1000");
    console.run("SET", "a", "2");
    assertThat(console.run("COPY", "a", "b")).isEqualTo("(integer) 0");
    assertThat(console.run("COPY", "a", "b", "replace")).isEqualTo("(integer) 1");
    assertThat(console.run("GET", "b")).isEqualTo("\"2\"");
    assertThat(console.run("PTTL", "b")).isEqualTo("(integer) -1");
    assertThat(console.run("COPY", "none", "b", "REPLACE")).isEqualTo("(integer) 0");
    assertThat(console.run("GET", "b")).isEqualTo("\"2\"");
  }

  @Test
  void copy_ofAStringThatIsChangedInPlace_isACopy() {
    console.run("SETRANGE", "a", "2000", "x");
    console.run("COPY", "a", "b");
    console.run("SETRANGE", "a", "2000", "y");
    console.run("APPEND", "b", "z");
    assertThat(console.run("GETRANGE", "a", "1999", "-1")).isEqualTo("\"\\x00y\"");
    assertThat(console.run("GETRANGE", "b", "1999", "-1")).isEqualTo("\"\\x00xz\"");
  }

  @Test
  void theEncodingGoesWhereTheValueGoes() {
    console.run("SET", "a", "1");
    console.run("APPEND", "a", "2");
    console.run("COPY", "a", "b");
    assertThat(console.run("OBJECT", "ENCODING", "b")).isEqualTo("\"raw\"");
    console.run("RENAME", "a", "c");
    assertThat(console.run("OBJECT", "ENCODING", "c")).isEqualTo("\"raw\"");
    console.run("MOVE", "c", "1");
    console.session().select(1);
    assertThat(console.run("OBJECT", "ENCODING", "c")).isEqualTo("\"raw\"");
  }

  @Test
  void whatGoesElsewhere_leavesNothingBehind() {
    long empty = console.services().keyspace().footprint();
    console.run("SETRANGE", "a", "2000", "x");
    console.run("EXPIRE", "a", "100");
    console.run("COPY", "a", "b");
    console.run("RENAME", "a", "c");
    console.run("RENAME", "b", "c");
    console.run("APPEND", "c", "x".repeat(3000));
    console.run("MOVE", "c", "0");
    console.run("DEL", "c");
    assertThat(console.services().keyspace().footprint()).isEqualTo(empty);
  }

  @Test
  void copy_goesToAnotherDatabase() {
    console.run("SET", "a", "1");
    assertThat(console.run("COPY", "a", "a", "DB", "3")).isEqualTo("(integer) 1");
    assertThat(console.run("COPY", "a", "a", "DB", "3")).isEqualTo("(integer) 0");
    assertThat(console.run("COPY", "a", "a", "DB", "3", "REPLACE")).isEqualTo("(integer) 1");
    console.session().select(3);
    assertThat(console.run("GET", "a")).isEqualTo("\"1\"");
  }

  @Test
  void copy_saysWhatIsWrong_beforeItLooksForTheKey() {
    assertThat(console.run("COPY", "a", "a"))
        .isEqualTo("(error) ERR source and destination objects are the same");
    assertThat(console.run("COPY", "a", "a", "DB", "0"))
        .isEqualTo("(error) ERR source and destination objects are the same");
    assertThat(console.run("COPY", "a", "b", "DB", "16"))
        .isEqualTo("(error) ERR DB index is out of range");
    assertThat(console.run("COPY", "a", "b", "DB", "x"))
        .isEqualTo("(error) ERR value is not an integer or out of range");
    assertThat(console.run("COPY", "a", "b", "DB", "2147483648"))
        .isEqualTo(
            "(error) ERR value is out of range, value must between -2147483648 and 2147483647");
    assertThat(console.run("COPY", "a", "b", "DB")).isEqualTo("(error) ERR syntax error");
    assertThat(console.run("COPY", "a", "b", "foo")).isEqualTo("(error) ERR syntax error");
  }

  @Test
  void move_needsTheKeyHereAndNotThere() {
    console.run("SET", "a", "1");
    console.run("PEXPIRE", "a", "1000");
    assertThat(console.run("MOVE", "a", "1")).isEqualTo("(integer) 1");
    assertThat(console.run("MOVE", "a", "1")).isEqualTo("(integer) 0");
    console.run("SET", "a", "2");
    assertThat(console.run("MOVE", "a", "1")).isEqualTo("(integer) 0");
    assertThat(console.run("GET", "a")).isEqualTo("\"2\"");
    console.session().select(1);
    assertThat(console.run("GET", "a")).isEqualTo("\"1\"");
    assertThat(console.run("PTTL", "a")).isEqualTo("(integer) 1000");
  }

  @Test
  void move_saysWhatIsWrong() {
    assertThat(console.run("MOVE", "a", "0"))
        .isEqualTo("(error) ERR source and destination objects are the same");
    assertThat(console.run("MOVE", "a", "-1")).isEqualTo("(error) ERR DB index is out of range");
    assertThat(console.run("MOVE", "a", "1.5"))
        .isEqualTo("(error) ERR value is not an integer or out of range");
  }

  @Test
  void randomkey_isNilInAnEmptyDatabase() {
    assertThat(console.run("RANDOMKEY")).isEqualTo("(nil)");
    console.run("SET", "a", "1");
    assertThat(console.run("RANDOMKEY")).isEqualTo("\"a\"");
  }
}
