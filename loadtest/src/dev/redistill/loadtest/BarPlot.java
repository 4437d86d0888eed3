package dev.redistill.loadtest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A picture of percentages: a row of bars for each thing that was measured. */
final class BarPlot {
  private static final int WIDTH = 960;
  private static final int LEFT = 140;
  private static final int TOP = 60;
  private static final int BAR = 9;
  private static final int GAP = 12;
  private static final int STEPS = 5;
  private static final int ALL = 100;
  private static final int LEGEND = 150;
  private static final String GRID = "#dddddd";
  private static final String[] COLOURS = {
    "#9ecae1", "#6baed6", "#1f5fa8", "#fdae6b", "#e6550d", "#74c476", "#238b45", "#807dba"
  };

  private record Row(String name, List<Double> percents) {}

  private final String title;
  private final List<String> columns;
  private final List<Row> rows = new ArrayList<>();

  BarPlot(String title, List<String> columns) {
    this.title = title;
    this.columns = columns;
  }

  void row(String name, List<Double> percents) {
    rows.add(new Row(name, percents));
  }

  void write(Path file) throws IOException {
    int high = columns.size() * BAR + GAP;
    int bottom = TOP + rows.size() * high;
    Svg picture = new Svg(WIDTH, bottom + GAP + GAP);
    picture.text(WIDTH / 2.0, TOP / 3.0, "middle", title);
    double unit = (double) (WIDTH - LEFT - GAP - GAP) / ALL;
    for (int i = 0; i <= STEPS; i++) {
      int percent = ALL * i / STEPS;
      picture.line(LEFT + unit * percent, TOP, LEFT + unit * percent, bottom, GRID);
      picture.text(LEFT + unit * percent, bottom + 16.0, "middle", percent + " %");
    }
    for (int i = 0; i < columns.size(); i++) {
      picture.rectangle(LEFT + i * LEGEND, TOP / 2.0, BAR, BAR, colour(i));
      picture.text(LEFT + i * LEGEND + BAR + 4.0, TOP / 2.0 + BAR, "start", columns.get(i));
    }
    for (int i = 0; i < rows.size(); i++) {
      draw(picture, rows.get(i), TOP + i * high + GAP / 2, unit);
    }
    picture.write(file);
  }

  private void draw(Svg picture, Row row, int top, double unit) {
    picture.text(LEFT - 8.0, top + columns.size() * BAR / 2.0 + 4, "end", row.name());
    for (int i = 0; i < columns.size(); i++) {
      picture.rectangle(LEFT, top + i * BAR, unit * row.percents().get(i), BAR, colour(i));
    }
  }

  private static String colour(int column) {
    return COLOURS[column % COLOURS.length];
  }
}
