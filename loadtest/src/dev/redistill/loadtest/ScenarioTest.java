package dev.redistill.loadtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redistill.loadtest.Workload.Mode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ScenarioTest {
  @Test
  void line_isAScenario() {
    assertThat(
            Scenario.parse(List.of("# a comment", "", "hot  get-set 90  2_000_000 0.99 64  16 50")))
        .containsExactly(
            new Scenario("hot", new Workload(Mode.GET_SET, 90, 2_000_000, 0.99, 64, 16, 50)));
  }

  @Test
  void badLine_isNamed() {
    assertThatThrownBy(() -> Scenario.parse(List.of("#", "short get-set 90")))
        .hasMessage("line 2: 3 columns instead of 8");
    assertThatThrownBy(() -> Scenario.parse(List.of("a get-set 101 1 0 1 1 1")))
        .hasMessage("line 1: get percent must be 0 to 100");
    assertThatThrownBy(() -> Scenario.parse(List.of("a drop 1 1 0 1 1 1")))
        .hasMessageStartingWith("line 1: ");
    assertThatThrownBy(() -> Scenario.parse(List.of("a incr 1 x 0 1 1 1")))
        .hasMessageStartingWith("line 1: ");
  }

  @Test
  void ourScenarios_areRead() throws IOException {
    List<Scenario> scenarios = Scenario.read(Path.of("loadtest", "scenarios.txt"));
    assertThat(scenarios).extracting(Scenario::name).doesNotHaveDuplicates();
    assertThat(scenarios)
        .extracting(Scenario::name)
        .contains("get-1", "get-16", "get-64", "set-64", "mixed-90-10", "large-get-64");
  }
}
