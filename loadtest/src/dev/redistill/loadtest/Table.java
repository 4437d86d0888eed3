package dev.redistill.loadtest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A table of text: the first column is aligned left, the others right. */
final class Table {
  private final List<List<String>> rows = new ArrayList<>();

  Table(String... headers) {
    this(Arrays.asList(headers));
  }

  Table(List<String> headers) {
    rows.add(headers);
  }

  void row(String... cells) {
    row(Arrays.asList(cells));
  }

  void row(List<String> cells) {
    if (cells.size() != rows.getFirst().size()) {
      throw new IllegalArgumentException("a row of " + cells.size() + " cells");
    }
    rows.add(cells);
  }

  /** An empty line. */
  void gap() {
    rows.add(rows.getFirst().stream().map(header -> "").toList());
  }

  /** A number to three digits or more; nothing for a value that is not there. */
  static String number(@Nullable Double value) {
    if (value == null || value.isNaN()) {
      return "";
    }
    double size = Math.abs(value);
    if (size >= 100) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    if (size == 0) {
      return "0";
    }
    int decimals = size >= 10 ? 1 : size >= 1 ? 2 : size >= 0.1 ? 3 : 4;
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  @Override
  public String toString() {
    int[] width = new int[rows.getFirst().size()];
    for (List<String> row : rows) {
      for (int i = 0; i < width.length; i++) {
        width[i] = Math.max(width[i], row.get(i).length());
      }
    }
    return rows.stream().map(row -> line(row, width)).collect(Collectors.joining("\n"));
  }

  private static String line(List<String> row, int[] width) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < width.length; i++) {
      String cell = row.get(i);
      String padding = " ".repeat(width[i] - cell.length());
      line.append(i == 0 ? cell + padding : "  " + padding + cell);
    }
    return line.toString().stripTrailing();
  }
}
