package dev.redistill.commands;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redistill.command.Command;
import dev.redistill.metrics.LatencyHistogram;
import dev.redistill.metrics.LatencyMonitor.Sample;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class LatencyCommandsTest {

  private final Console console = new Console();

  @Test
  void histogram_showsTheCommandsThatRan() {
    console.run("GET", "a");
    console.run("GET", "a");
    console.run("CLIENT", "ID");
    String client =
        "\"client|id\": {\"calls\": (integer) 1, \"histogram_usec\": {(integer) 1: (integer) 1}}}";
    assertThat(console.resp3().run("LATENCY", "HISTOGRAM", "get", "nothing", "client"))
        .isEqualTo(
            "{\"get\": {\"calls\": (integer) 2, \"histogram_usec\": {(integer) 1: (integer) 2}}, "
                + client);
    assertThat(console.run("LATENCY", "HISTOGRAM")).startsWith("{" + client.replace("}}}", "}}"));
    console.run("CONFIG", "SET", "latency-tracking", "no");
    assertThat(console.run("LATENCY", "HISTOGRAM")).isEqualTo("{}");
  }

  @Test
  void histogram_countsUpByPowersOfTwo() {
    Command get = Objects.requireNonNull(console.services().commands().find("get"));
    for (int i = 0; i < 14; i++) {
      console.run("GET", "a");
    }
    LatencyHistogram latencies = get.statistics().latencies();
    latencies.reset();
    latencies.add(900, 1);
    latencies.add(30_000, 2);
    latencies.add(40_000, 3);
    latencies.add(5_000_000_000L, 1);
    assertThat(console.resp3().run("LATENCY", "HISTOGRAM", "get"))
        .isEqualTo(
            "{\"get\": {\"calls\": (integer) 14, \"histogram_usec\": {(integer) 1: (integer) 2,"
                + " (integer) 33: (integer) 6, (integer) 66: (integer) 12, (integer) 1082130:"
                + " (integer) 14}}}");
  }

  @Test
  void events_areKeptUntilTheyAreReset() {
    var monitor = console.services().statistics().latencyMonitor();
    monitor.add("command", new Sample(100, 7));
    monitor.add("command", new Sample(100, 9));
    monitor.add("command", new Sample(101, 8));
    assertThat(console.run("LATENCY", "LATEST"))
        .isEqualTo("[[\"command\", (integer) 101, (integer) 8, (integer) 9]]");
    assertThat(console.run("LATENCY", "HISTORY", "command"))
        .isEqualTo("[[(integer) 100, (integer) 9], [(integer) 101, (integer) 8]]");
    assertThat(console.run("LATENCY", "HISTORY", "nothing")).isEqualTo("[]");
    assertThat(console.run("LATENCY", "RESET", "nothing", "command")).isEqualTo("(integer) 1");
    assertThat(console.run("LATENCY", "LATEST")).isEqualTo("[]");
    monitor.add("fork", new Sample(101, 8));
    assertThat(console.run("LATENCY", "RESET")).isEqualTo("(integer) 1");
  }
}
