package dev.redistill.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redistill.commands.Console;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class LoggedRunsTest {

  private static final long MILLI = 1_000_000;

  private final Console console = new Console();
  private final LoggedRuns runs = new LoggedRuns(console.services());

  private Command command(String name) {
    return Objects.requireNonNull(console.services().commands().find(name));
  }

  private void note(String name, long nanos) {
    runs.note(command(name), console.session().call(), nanos, 0);
  }

  @Test
  void aSlowCommand_isLoggedFromTheThresholdOn() {
    console.run("KEYS", "*");
    note("keys", 10 * MILLI - 1);
    assertThat(console.run("SLOWLOG", "LEN")).isEqualTo("(integer) 0");
    console.run("KEYS", "*");
    note("keys", 10 * MILLI);
    assertThat(console.run("SLOWLOG", "GET"))
        .isEqualTo(
            "[[(integer) 0, (integer) 1700000000, (integer) 10000, [\"KEYS\", \"*\"],"
                + " \"127.0.0.1:50000\", \"\"]]");
  }

  @Test
  void exec_isNotLoggedBesideWhatRanInIt() {
    note("exec", 20 * MILLI);
    assertThat(console.run("SLOWLOG", "LEN")).isEqualTo("(integer) 0");
  }

  @Test
  void theLatencyMonitor_tellsFastCommandsFromOthers() {
    console.run("CONFIG", "SET", "latency-monitor-threshold", "5");
    note("keys", 5 * MILLI - 1);
    note("keys", 7 * MILLI);
    note("get", 6 * MILLI);
    assertThat(console.run("LATENCY", "LATEST"))
        .isEqualTo(
            "[[\"command\", (integer) 1700000000, (integer) 7, (integer) 7], [\"fast-command\","
                + " (integer) 1700000000, (integer) 6, (integer) 6]]");
  }
}
