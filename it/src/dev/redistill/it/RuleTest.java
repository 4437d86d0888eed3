package dev.redistill.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RuleTest {
  @Test
  void exact_seesEveryByte() {
    assertThat(Rule.EXACT.same("+OK\r\n", "+OK\r\n")).isTrue();
    assertThat(Rule.EXACT.same("+OK\r\n", "+ok\r\n")).isFalse();
  }

  @Test
  void sorted_ignoresOrderAndNothingElse() {
    assertThat(Rule.SORTED.same("*2\r\n:1\r\n:2\r\n", "*2\r\n:2\r\n:1\r\n")).isTrue();
    assertThat(Rule.SORTED.same("*2\r\n:1\r\n:2\r\n", "*2\r\n:2\r\n:2\r\n")).isFalse();
    assertThat(Rule.SORTED.same("*1\r\n:1\r\n", "~1\r\n:1\r\n")).isFalse();
    assertThat(Rule.SORTED.same("%2\r\n+a\r\n:1\r\n+b\r\n:2\r\n", "%2\r\n+b\r\n:2\r\n+a\r\n:1\r\n"))
        .isTrue();
    assertThat(Rule.SORTED.same("%2\r\n+a\r\n:1\r\n+b\r\n:2\r\n", "%2\r\n+b\r\n:1\r\n+a\r\n:2\r\n"))
        .isFalse();
  }

  @Test
  void numbers_ignoresDigitsOnly() {
    assertThat(Rule.NUMBERS.same(":12\r\n", ":345\r\n")).isTrue();
    assertThat(Rule.NUMBERS.same(":12\r\n", "$2\r\n12\r\n")).isFalse();
    assertThat(Rule.NUMBERS.same("*1\r\n$2\r\n12\r\n", "*2\r\n$1\r\n1\r\n$1\r\n2\r\n")).isFalse();
  }

  @Test
  void close_allowsASecond() {
    assertThat(Rule.CLOSE.same(":100000\r\n", ":99100\r\n")).isTrue();
    assertThat(Rule.CLOSE.same(":100000\r\n", ":98000\r\n")).isFalse();
    assertThat(Rule.CLOSE.same(":-1\r\n", ":-2\r\n")).isFalse();
  }

  @Test
  void client_allowsMoreFieldsButNotOtherValues() {
    String redis = Wire.bulk("id=1 addr=1:2 db=0 cmd=get\n");
    assertThat(Rule.CLIENT.same(redis, Wire.bulk("id=9 addr=3:4 db=0 lib=x cmd=get\n"))).isTrue();
    assertThat(Rule.CLIENT.same(redis, Wire.bulk("id=9 addr=3:4 db=1 cmd=get\n"))).isFalse();
    assertThat(Rule.CLIENT.same(redis, Wire.bulk("id=9 db=0 cmd=get\n"))).isFalse();
    assertThat(Rule.CLIENT.same(redis, redis.replace("$", "="))).isFalse();
  }

  @Test
  void hello_ignoresVersionAndId() {
    String redis = "*4\r\n$7\r\nversion\r\n$6\r\n7.0.15\r\n$5\r\nproto\r\n:2\r\n";
    assertThat(Rule.HELLO.same(redis, redis.replace("$6\r\n7.0.15", "$5\r\n7.4.0"))).isTrue();
    assertThat(Rule.HELLO.same(redis, redis.replace(":2", ":3"))).isFalse();
  }
}
