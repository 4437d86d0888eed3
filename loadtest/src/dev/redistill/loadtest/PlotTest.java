package dev.redistill.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** Pictures of figures. */
final class PlotTest {
  @TempDir private Path directory;

  private static Document parse(Path file) throws Exception {
    return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
  }

  @Test
  void timePlot_isACurvePerPanelFromLeftToRight() throws Exception {
    TimePlot plot = new TimePlot("a < b & c", List.of(0.0, 5.0, 10.0));
    plot.panel("used", 100, List.of(0.0, 100.0, 50.0));
    plot.panel("nothing", 0, List.of(0.0, 0.0, 0.0));
    Path file = directory.resolve("deep/time.svg");
    plot.write(file);

    NodeList curves = parse(file).getElementsByTagName("polyline");
    assertThat(curves.getLength()).isEqualTo(2);
    assertThat(curves.item(0).getAttributes().getNamedItem("points").getNodeValue())
        .isEqualTo("60.0,190.0 480.0,53.6 900.0,121.8");
    assertThat(Files.readString(file)).contains("a &lt; b &amp; c");
  }

  @Test
  void barPlot_hasABarPerColumnOfEachRow() throws Exception {
    BarPlot plot = new BarPlot("hits", List.of("one", "two"));
    plot.row("zipf", List.of(50.0, 100.0));
    Path file = directory.resolve("bars.svg");
    plot.write(file);

    NodeList shapes = parse(file).getElementsByTagName("rect");
    assertThat(shapes.getLength()).isEqualTo(1 + 2 + 2);
    assertThat(width(shapes, 4)).isEqualTo(2 * width(shapes, 3)).isPositive();
  }

  private static double width(NodeList shapes, int index) {
    return Double.parseDouble(
        shapes.item(index).getAttributes().getNamedItem("width").getNodeValue());
  }
}
