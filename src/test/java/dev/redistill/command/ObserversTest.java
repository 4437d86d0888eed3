package dev.redistill.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redistill.commands.Console;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class ObserversTest {

  private final Console console = new Console();
  private final Observers observers = new Observers(console.services());

  private Command command(String name) {
    return Objects.requireNonNull(console.services().commands().find(name));
  }

  @Test
  void briefCommands_areMeasuredTogetherUntilShortTimesMatter() {
    assertThat(observers.want(command("get"))).isFalse();
    assertThat(observers.want(command("set"))).isFalse();
    assertThat(observers.want(command("keys"))).isTrue();
    assertThat(observers.want(command("mget"))).isTrue();
    console.run("CONFIG", "SET", "slowlog-log-slower-than", "999");
    assertThat(observers.want(command("get"))).isTrue();
    console.run("CONFIG", "SET", "slowlog-log-slower-than", "-1");
    assertThat(observers.want(command("get"))).isFalse();
    console.run("CONFIG", "SET", "latency-monitor-threshold", "1");
    assertThat(observers.want(command("get"))).isFalse();
  }

  @Test
  void monitorAndHotKeys_wantBriefCommandsUntilTheyEnd() {
    Console other = console.other();
    other.run("MONITOR");
    assertThat(observers.want(command("get"))).isTrue();
    other.run("RESET");
    assertThat(observers.want(command("get"))).isFalse();
    other.run("MONITOR");
    other.session().end();
    assertThat(observers.want(command("get"))).isFalse();
    console.run("HOTKEYS", "START", "METRICS", "1", "CPU");
    assertThat(observers.want(command("get"))).isTrue();
    console.run("HOTKEYS", "STOP");
    assertThat(observers.want(command("get"))).isFalse();
  }

  @Test
  void theLatencyMonitor_isToldOfATurnOfBriefCommandsThatTookLong() {
    console.run("CONFIG", "SET", "latency-monitor-threshold", "5");
    console.run("GET", "a");
    assertThat(console.session().isTimed()).isTrue();
    console.session().endTurn(4_999_999);
    assertThat(console.run("LATENCY", "LATEST")).isEqualTo("[]");
    console.run("GET", "a");
    console.session().endTurn(7_000_000);
    assertThat(console.run("LATENCY", "LATEST"))
        .isEqualTo("[[\"fast-command\", (integer) 1700000000, (integer) 7, (integer) 7]]");
  }
}
