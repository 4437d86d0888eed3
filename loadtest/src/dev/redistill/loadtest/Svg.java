package dev.redistill.loadtest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** A picture in SVG that is drawn shape by shape. Confined to one thread. */
final class Svg {
  private static final String FONT = "font-family=\"sans-serif\" font-size=\"12\"";

  private final StringBuilder shapes = new StringBuilder();
  private final int width;
  private final int height;

  Svg(int width, int height) {
    this.width = width;
    this.height = height;
  }

  void rectangle(double x, double y, double wide, double high, String colour) {
    String place = attributes("x", x, "y", y) + attributes("width", wide, "height", high);
    shapes.append("<rect%s fill=\"%s\"/>\n".formatted(place, colour));
  }

  void line(double x1, double y1, double x2, double y2, String colour) {
    String place = attributes("x1", x1, "y1", y1) + attributes("x2", x2, "y2", y2);
    shapes.append("<line%s stroke=\"%s\"/>\n".formatted(place, colour));
  }

  /** A line through points, which are given as pairs of x and y. */
  void path(String points, String colour) {
    shapes.append(
        "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\"/>\n".formatted(points, colour));
  }

  /**
   * A line of text.
   *
   * @param anchor where x is: start, middle or end of the text
   */
  void text(double x, double y, String anchor, String text) {
    String safe = text.replace("&", "&amp;").replace("<", "&lt;");
    String place = attributes("x", x, "y", y);
    shapes.append("<text%s text-anchor=\"%s\">%s</text>\n".formatted(place, anchor, safe));
  }

  private static String attributes(String first, double one, String second, double other) {
    return String.format(Locale.ROOT, " %s=\"%.1f\" %s=\"%.1f\"", first, one, second, other);
  }

  void write(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, this + "\n");
  }

  @Override
  public String toString() {
    return """
    <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" %s>
    <rect width="100%%" height="100%%" fill="white"/>
    %s</svg>\
    """
        .formatted(width, height, FONT, shapes);
  }
}
