package dev.redistill.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class MainTest {
  private final StringWriter output = new StringWriter();
  private final CommandLine line =
      Main.commandLine().setOut(new PrintWriter(output)).setErr(new PrintWriter(output));

  @Test
  void everyCommand_hasHelp() {
    assertThat(line.getSubcommands())
        .containsOnlyKeys(
            "compare",
            "measure",
            "memory",
            "startup",
            "idle",
            "allocation",
            "storm",
            "hitratio",
            "logins",
            "snapshot",
            "flood",
            "evicting",
            "expiry",
            "accuracy",
            "collisions");
    for (String command : line.getSubcommands().keySet()) {
      assertThat(line.execute(command, "--help")).as(command).isZero();
      assertThat(output.toString()).contains("loadtest/run " + command);
    }
  }

  @Test
  void unknownScenario_isOneLine() {
    assertThat(line.execute("compare", "no-such")).isEqualTo(1);
    assertThat(output.toString().strip()).isEqualTo("there is no scenario no-such");
  }

  @Test
  void unknownServer_isOneLine() {
    assertThat(line.execute("startup", "--only", "nobody")).isEqualTo(1);
    assertThat(output.toString().strip()).isEqualTo("there is no server named nobody");
  }
}
