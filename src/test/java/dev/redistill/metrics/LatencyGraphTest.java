package dev.redistill.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redistill.metrics.LatencyMonitor.Sample;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LatencyGraphTest {

  private static final String LINE = "-".repeat(80) + "\n";

  @Test
  void isDrawnAsRedisDrawsTheSameSamples() {
    List<Sample> samples = new ArrayList<>();
    long[] millis = {3, 50, 5, 26, 32, 100, 2};
    long[] seconds = {81, 82, 83, 84, 85, 87, 88};
    for (int i = 0; i < millis.length; i++) {
      samples.add(new Sample(seconds[i], millis[i]));
    }
    assertThat(LatencyGraph.draw("command", samples, 100, 89))
        .isEqualTo(
            "command - high 100 ms, low 2 ms (all time high 100 ms)\n"
                + LINE
                + "     # \n"
                + "     | \n"
                + " #  _| \n"
                + "_|_#||_\n"
                + "       \n"
                + "8765421\n"
                + "sssssss\n");
  }

  @Test
  void olderSamples_haveLargerUnits() {
    List<Sample> samples =
        List.of(
            new Sample(0, 5),
            new Sample(100_000, 5),
            new Sample(195_000, 5),
            new Sample(199_400, 5));
    assertThat(LatencyGraph.draw("e", samples, 9, 200_000))
        .isEqualTo(
            "e - high 5 ms, low 5 ms (all time high 9 ms)\n"
                + LINE
                + "    \n    \n    \n____\n    \n"
                + "2111\n"
                + "ddh0\n"
                + "   m\n");
  }

  @Test
  void moreThanEightySamples_takeMorePictures() {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      samples.add(new Sample(i, i));
    }
    String graph = LatencyGraph.draw("e", samples, 99, 100);
    assertThat(graph.lines().filter(line -> line.length() == 80)).hasSizeGreaterThanOrEqualTo(5);
    assertThat(graph.lines().filter(line -> line.length() == 20)).hasSizeGreaterThanOrEqualTo(5);
    assertThat(graph).contains("\n\n");
  }
}
