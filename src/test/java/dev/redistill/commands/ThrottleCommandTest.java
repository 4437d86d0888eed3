package dev.redistill.commands;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ThrottleCommandTest {

  private final Console console = new Console();

  private String throttle(String... words) {
    String[] command = new String[words.length + 2];
    command[0] = "CL.THROTTLE";
    command[1] = "user";
    System.arraycopy(words, 0, command, 2, words.length);
    return console.run(command).replace("(integer) ", "");
  }

  /* The example of redis-cell: 30 in 60 seconds with a burst of 15 more than one. */
  @Test
  void throttle_answersWhatRemains() {
    assertThat(throttle("15", "30", "60", "1")).isEqualTo("[0, 16, 15, -1, 2]");
    assertThat(throttle("15", "30", "60")).isEqualTo("[0, 16, 14, -1, 4]");
    assertThat(throttle("15", "30", "60", "0")).isEqualTo("[0, 16, 14, -1, 4]");
  }

  @Test
  void throttle_limitsWhenTheBurstIsUsedUp() {
    assertThat(throttle("2", "1", "10", "3")).isEqualTo("[0, 3, 0, -1, 30]");
    assertThat(throttle("2", "1", "10")).isEqualTo("[1, 3, 0, 10, 30]");
    console.advance(9_999);
    assertThat(throttle("2", "1", "10")).isEqualTo("[1, 3, 0, 1, 21]");
    console.advance(1);
    assertThat(throttle("2", "1", "10")).isEqualTo("[0, 3, 0, -1, 30]");
  }

  @Test
  void throttle_waitingAsLongAsItSaysIsEnough() {
    assertThat(throttle("0", "3", "1")).isEqualTo("[0, 1, 0, -1, 1]");
    assertThat(throttle("0", "3", "1")).isEqualTo("[1, 1, 0, 1, 1]");
    console.advance(1000);
    assertThat(throttle("0", "3", "1")).isEqualTo("[0, 1, 0, -1, 1]");
  }

  @Test
  void throttle_ofMoreThanTheLimitIsNeverAllowed() {
    assertThat(throttle("2", "1", "10", "4")).isEqualTo("[1, 3, 3, -1, 0]");
    assertThat(throttle("2", "1", "10", "9223372036854775807")).isEqualTo("[1, 3, 3, -1, 0]");
    assertThat(console.run("EXISTS", "user")).isEqualTo("(integer) 0");
  }

  @Test
  void throttle_forgetsTheKeyWhenTheLimitIsWholeAgain() {
    throttle("2", "1", "10", "2");
    assertThat(console.run("PTTL", "user")).isEqualTo("(integer) 20000");
    console.advance(20_001);
    assertThat(console.run("EXISTS", "user")).isEqualTo("(integer) 0");
    assertThat(throttle("2", "1", "10")).isEqualTo("[0, 3, 2, -1, 10]");
  }

  @Test
  void throttle_keepsARateFasterThanTheClock() {
    for (int i = 0; i < 5000; i++) {
      assertThat(throttle("4999", "10000", "1")).startsWith("[0, 5000, " + (4999 - i) + ", -1, 1");
    }
    assertThat(throttle("4999", "10000", "1")).isEqualTo("[1, 5000, 0, 1, 1]");
    console.advance(1);
    for (int i = 0; i < 10; i++) {
      assertThat(throttle("4999", "10000", "1")).startsWith("[0, ");
    }
    assertThat(throttle("4999", "10000", "1")).startsWith("[1, ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-1 1 1",
        "1 0 1",
        "1 1 0",
        "1 1 1 -1",
        "9223372036854775807 1 1",
        "1 1 9223372036854775807",
        "1000000000000 1 1000000"
      })
  void throttle_refusesNumbersOutOfRange(String numbers) {
    assertThat(throttle(numbers.split(" ")))
        .isEqualTo("(error) ERR value is out of range, must be positive");
  }

  @Test
  void throttle_refusesWhatIsNoRate() {
    console.run("SET", "user", "x");
    assertThat(throttle("1", "1", "1"))
        .isEqualTo("(error) ERR value is not an integer or out of range");
    assertThat(throttle("1", "1", "1", "1", "1")).isEqualTo("(error) ERR syntax error");
    assertThat(throttle("1", "1")).startsWith("(error) ERR wrong number of arguments");
  }
}
