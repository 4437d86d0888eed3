package dev.redistill.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The dashboard for Grafana asks for metrics that there are. */
@Timeout(60)
final class DashboardTest {

  private static final Path DASHBOARD = Path.of("src/packaging/compose/grafana/redistill.json");
  private static final Pattern METRIC = Pattern.compile("\\b(redis|redistill|jvm)_\\w+");
  private static final Pattern NAME = Pattern.compile("(?m)^(?:# TYPE )?([a-z]\\w*)");

  private static Set<String> asked() throws IOException {
    Set<String> names = new TreeSet<>();
    JsonNode dashboard = new ObjectMapper().readTree(DASHBOARD.toFile());
    for (JsonNode panel : dashboard.path("panels")) {
      assertThat(panel.path("targets")).as(panel.path("title").asText()).isNotEmpty();
      for (JsonNode target : panel.path("targets")) {
        Matcher metric = METRIC.matcher(target.path("expr").asText());
        assertThat(metric.find()).as(target.toString()).isTrue();
        do {
          names.add(metric.group());
        } while (metric.find());
      }
    }
    return names;
  }

  @Test
  void itsPanels_askForMetricsThatAreThere() throws Exception {
    HttpFixture http = new HttpFixture();
    try {
      http.console.run("SET", "a", "1");
      http.console.run("CONFIG", "SET", "maxmemory", "100mb");
      Set<String> there = new TreeSet<>();
      Matcher name = NAME.matcher(http.metrics());
      while (name.find()) {
        there.add(name.group(1));
      }
      assertThat(asked()).hasSizeGreaterThan(20);
      assertThat(there).containsAll(asked());
    } finally {
      http.close();
    }
  }
}
