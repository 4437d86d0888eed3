package dev.redistill.loadtest;

import dev.redistill.loadtest.Workload.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A workload with a name, one line of the table of scenarios. */
record Scenario(String name, Workload workload) {
  private static final int COLUMNS = 8;

  /** The scenarios of a file; see {@link #parse}. */
  static List<Scenario> read(Path file) throws IOException {
    return parse(Files.readAllLines(file));
  }

  /**
   * The scenarios of a table with the columns name, mode, get%, keys, theta, value, pipeline and
   * connections. Empty lines and lines that begin with # are skipped.
   *
   * @throws IllegalArgumentException naming the line, when one cannot be read
   */
  static List<Scenario> parse(List<String> lines) {
    List<Scenario> scenarios = new ArrayList<>();
    for (int number = 1; number <= lines.size(); number++) {
      String line = lines.get(number - 1).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      try {
        scenarios.add(parseLine(line));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("line " + number + ": " + e.getMessage(), e);
      }
    }
    return scenarios;
  }

  private static Scenario parseLine(String line) {
    String[] column = line.split("\\s+", -1);
    if (column.length != COLUMNS) {
      throw new IllegalArgumentException(column.length + " columns instead of " + COLUMNS);
    }
    return new Scenario(
        column[0],
        new Workload(
            Mode.of(column[1]),
            Integer.parseInt(column[2]),
            Integer.parseInt(column[3].replace("_", "")),
            Double.parseDouble(column[4]),
            Integer.parseInt(column[5]),
            Integer.parseInt(column[6]),
            Integer.parseInt(column[7])));
  }
}
