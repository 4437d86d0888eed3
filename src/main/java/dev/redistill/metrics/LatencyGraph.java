package dev.redistill.metrics;

import java.util.Arrays;
import java.util.List;

/**
 * The samples of one event of the latency monitor as a picture made of characters, as LATENCY GRAPH
 * shows it: a column for each, under which stands how long ago it was.
 */
public final class LatencyGraph {

  private static final int COLUMNS = 80;
  private static final int ROWS = 4;

  /** What the top of a column looks like, by how much of its last row it fills. */
  private static final String TOPS = "_o#";

  private static final int STEPS = ROWS * TOPS.length();

  private final List<LatencyMonitor.Sample> samples;
  private final long low;
  private final long high;
  private final StringBuilder picture = new StringBuilder();

  private LatencyGraph(List<LatencyMonitor.Sample> samples) {
    this.samples = samples;
    low = samples.stream().mapToLong(LatencyMonitor.Sample::millis).min().orElse(0);
    high = samples.stream().mapToLong(LatencyMonitor.Sample::millis).max().orElse(0);
  }

  /**
   * Draws an event.
   *
   * @param samples its samples, the oldest first; at least one
   * @param worst the most milliseconds that it has ever taken
   * @param second the time now, in Unix seconds
   */
  public static String draw(
      String event, List<LatencyMonitor.Sample> samples, long worst, long second) {
    LatencyGraph graph = new LatencyGraph(samples);
    String header =
        "%s - high %d ms, low %d ms (all time high %d ms)%n%s%n"
            .formatted(event, graph.high, graph.low, worst, "-".repeat(COLUMNS));
    graph.picture.append(header.replace("\r", ""));
    for (int from = 0; from < samples.size(); from += COLUMNS) {
      graph.picture.append(from == 0 ? "" : "\n");
      graph.draw(from, Math.min(from + COLUMNS, samples.size()), second);
    }
    return graph.picture.toString();
  }

  private void draw(int from, int to, long second) {
    for (int row = ROWS - 1; row >= 0; row--) {
      char[] line = new char[to - from];
      for (int i = from; i < to; i++) {
        line[i - from] = character(step(samples.get(i).millis()) - row * TOPS.length());
      }
      picture.append(line).append('\n');
    }
    picture.append(" ".repeat(to - from)).append('\n');
    List<String> ages =
        samples.subList(from, to).stream().map(sample -> age(second - sample.second())).toList();
    int longest = ages.stream().mapToInt(String::length).max().orElse(0);
    for (int place = 0; place < longest; place++) {
      char[] line = new char[to - from];
      Arrays.fill(line, ' ');
      for (int i = 0; i < line.length; i++) {
        line[i] = place < ages.get(i).length() ? ages.get(i).charAt(place) : ' ';
      }
      picture.append(line).append('\n');
    }
  }

  private int step(long millis) {
    long range = Math.max(high - low, 1);
    return (int) Math.min((millis - low) * STEPS / range, STEPS - 1);
  }

  private static char character(int height) {
    if (height < 0) {
      return ' ';
    }
    return height < TOPS.length() ? TOPS.charAt(height) : '|';
  }

  private static String age(long seconds) {
    if (seconds < 60) {
      return seconds + "s";
    }
    if (seconds < 3600) {
      return seconds / 60 + "m";
    }
    return seconds < 86_400 ? seconds / 3600 + "h" : seconds / 86_400 + "d";
  }
}
