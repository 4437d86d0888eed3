package dev.redistill.loadtest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A picture of what was sampled over time: one panel below the other, with one time axis. */
final class TimePlot {
  private static final int WIDTH = 960;
  private static final int LEFT = 60;
  private static final int TOP = 40;
  private static final int PANEL = 150;
  private static final int GAP = 45;
  private static final int STEPS = 4;
  private static final double HEADROOM = 1.1;
  private static final String GRID = "#dddddd";
  private static final String LIMIT = "#cc2222";
  private static final String CURVE = "#1f5fa8";

  /**
   * A figure over time.
   *
   * @param limit what it is not to be over, or 0
   * @param values one for each time
   */
  private record Panel(String title, double limit, List<Double> values) {}

  private final String title;
  private final List<Double> seconds;
  private final List<Panel> panels = new ArrayList<>();

  TimePlot(String title, List<Double> seconds) {
    this.title = title;
    this.seconds = seconds;
  }

  void panel(String name, double limit, List<Double> values) {
    panels.add(new Panel(name, limit, values));
  }

  void write(Path file) throws IOException {
    Svg picture = new Svg(WIDTH, TOP + panels.size() * (PANEL + GAP));
    picture.text(WIDTH / 2.0, TOP / 2.0, "middle", title);
    for (int i = 0; i < panels.size(); i++) {
      draw(picture, panels.get(i), TOP + i * (PANEL + GAP));
    }
    picture.write(file);
  }

  private void draw(Svg picture, Panel panel, int top) {
    double most = panel.values().stream().mapToDouble(v -> v).max().orElse(0);
    double scale = Math.max(1e-9, Math.max(most, panel.limit()) * HEADROOM);
    double end = Math.max(1e-9, seconds.isEmpty() ? 0 : seconds.getLast());
    int wide = WIDTH - 2 * LEFT;
    int bottom = top + PANEL;
    picture.text(LEFT, top - 6.0, "start", panel.title());
    for (int i = 0; i <= STEPS; i++) {
      double y = bottom - (double) PANEL * i / STEPS;
      double x = LEFT + (double) wide * i / STEPS;
      picture.line(LEFT, y, LEFT + wide, y, GRID);
      picture.text(LEFT - 6.0, y + 4, "end", Table.number(scale * i / STEPS));
      picture.text(x, bottom + 16.0, "middle", Table.number(end * i / STEPS) + " s");
    }
    if (panel.limit() > 0) {
      double y = bottom - PANEL * panel.limit() / scale;
      picture.line(LEFT, y, LEFT + wide, y, LIMIT);
    }
    StringBuilder points = new StringBuilder();
    for (int i = 0; i < seconds.size(); i++) {
      double x = LEFT + wide * seconds.get(i) / end;
      double y = bottom - PANEL * panel.values().get(i) / scale;
      points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
    }
    picture.path(points.toString().strip(), CURVE);
  }
}
