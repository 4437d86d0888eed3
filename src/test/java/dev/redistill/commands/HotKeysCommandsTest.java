package dev.redistill.commands;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class HotKeysCommandsTest {

  private static final String RUNNING = "ERR hot keys are being tracked";

  private final Console console = new Console();

  @Test
  void beforeAnythingWasMeasured_thereIsNothing() {
    assertThat(console.run("HOTKEYS", "GET")).isEqualTo("(nil)");
    assertThat(console.run("HOTKEYS", "STOP")).isEqualTo("(nil)");
    assertThat(console.run("HOTKEYS", "RESET")).isEqualTo("OK");
  }

  @Test
  void bytes_areThoseOfTheRequestAndOfTheReply_sharedByTheKeysOfACommand() {
    console.run("SET", "big", "x".repeat(1000));
    assertThat(console.run("HOTKEYS", "START", "METRICS", "1", "NET")).isEqualTo("OK");
    console.run("GET", "big");
    console.run("SET", "small", "1");
    console.run("MSET", "a", "12", "b", "12");
    console.run("PING");
    console.run("HOTKEYS", "STOP");
    console.run("GET", "big");
    assertThat(console.run("HOTKEYS", "GET"))
        .contains(
            "\"tracking-active\", (integer) 0",
            "\"total-net-bytes\", (integer) 1044",
            "\"by-net-bytes\", [\"big\", (integer) 1015, \"small\", (integer) 14")
        .doesNotContain("by-cpu-time-us");
  }

  @Test
  void theTimeOfCommands_isCountedForTheirKeys() {
    console.run("HOTKEYS", "START", "METRICS", "2", "CPU", "NET", "COUNT", "1");
    console.run("SET", "a", "1");
    assertThat(console.run("HOTKEYS", "GET"))
        .contains(
            "\"tracking-active\", (integer) 1",
            "\"by-cpu-time-us\", [\"a\", (integer) 0]",
            "\"by-net-bytes\", [\"a\", (integer) 10]");
  }

  @Test
  void oneInSoMany_isLookedAt() {
    console.run("HOTKEYS", "START", "METRICS", "1", "NET", "SAMPLE", "5");
    for (int i = 0; i < 10; i++) {
      console.run("SET", "a", "1");
    }
    assertThat(console.run("HOTKEYS", "GET"))
        .contains("\"sample-ratio\", (integer) 5", "\"total-net-bytes\", (integer) 20");
  }

  @Test
  void itEnds_whenItsTimeIsOver() {
    console.run("HOTKEYS", "START", "METRICS", "1", "CPU", "DURATION", "5");
    assertThat(console.run("HOTKEYS", "RESET")).startsWith("(error) " + RUNNING);
    console.clock().advance(6000);
    assertThat(console.run("HOTKEYS", "GET"))
        .contains("\"tracking-active\", (integer) 0", "\"collection-duration-ms\", (integer) 5000");
    assertThat(console.run("HOTKEYS", "RESET")).isEqualTo("OK");
    assertThat(console.run("HOTKEYS", "GET")).isEqualTo("(nil)");
  }

  @Test
  void aSecondWatch_isRefused() {
    console.run("HOTKEYS", "START", "METRICS", "1", "CPU");
    assertThat(console.run("HOTKEYS", "START", "METRICS", "1", "CPU"))
        .startsWith("(error) " + RUNNING);
  }

  @Test
  void badOptions_areRefused() {
    assertThat(console.run("HOTKEYS", "START", "COUNT", "1")).startsWith("(error) ERR METRICS");
    assertThat(console.run("HOTKEYS", "START", "METRICS", "3", "CPU"))
        .isEqualTo("(error) ERR METRICS has to be a number from 1 to 2");
    assertThat(console.run("HOTKEYS", "START", "METRICS", "2", "CPU", "CPU"))
        .startsWith("(error) ERR METRICS has to be followed");
    assertThat(console.run("HOTKEYS", "START", "METRICS", "1", "CPU", "COUNT", "65"))
        .isEqualTo("(error) ERR COUNT has to be a number from 1 to 64");
    assertThat(console.run("HOTKEYS", "START", "METRICS", "1", "CPU", "NET"))
        .isEqualTo("(error) ERR syntax error");
  }
}
