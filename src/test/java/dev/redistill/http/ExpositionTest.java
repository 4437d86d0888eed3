package dev.redistill.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class ExpositionTest {

  /** What the panels of Grafana's dashboard 763 ask for; the last one has no meaning here. */
  private static final List<String> DASHBOARD =
      List.of(
          "redis_uptime_in_seconds",
          "redis_connected_clients",
          "redis_blocked_clients",
          "redis_memory_used_bytes",
          "redis_memory_max_bytes",
          "redis_memory_used_rss_bytes",
          "redis_memory_fragmentation_ratio",
          "redis_commands_total",
          "redis_commands_duration_seconds_total",
          "redis_commands_processed_total",
          "redis_keyspace_hits_total",
          "redis_keyspace_misses_total",
          "redis_net_input_bytes_total",
          "redis_net_output_bytes_total",
          "redis_db_keys",
          "redis_db_keys_expiring",
          "redis_expired_keys_total",
          "redis_evicted_keys_total",
          "redis_connected_slaves",
          "redis_up");

  private static final Pattern SAMPLE =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{(.*)\\})? (\\S+)");
  private static final Pattern LABEL =
      Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\n]|\\\\[\\\\\"n])*)\",?");

  private HttpFixture http;

  @BeforeEach
  void use() throws Exception {
    http = new HttpFixture();
    http.console.run("SET", "a", "1");
    http.console.run("SET", "b", "1", "EX", "100");
    http.console.run("GET", "a");
    http.console.run("GET", "missing");
    http.console.run("HSET", "a", "f", "v");
    http.console.run("CLIENT", "ID");
    http.console.run("SELECT", "3");
    http.console.run("SET", "c", "1");
  }

  @AfterEach
  void close() {
    http.close();
  }

  private Map<String, String> samples() throws Exception {
    Map<String, String> samples = new TreeMap<>();
    http.metrics()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .forEach(line -> samples.put(line.substring(0, line.lastIndexOf(' ')), line));
    return samples;
  }

  @Test
  void theTwentyMetricsOfTheDashboard_areThere() throws Exception {
    Set<String> names = new HashSet<>();
    samples().keySet().forEach(sample -> names.add(sample.replaceFirst("\\{.*", "")));
    assertThat(DASHBOARD).hasSize(20);
    assertThat(names).containsAll(DASHBOARD);
  }

  @Test
  void theirLabelsAndValues_areThoseOfTheExporter() throws Exception {
    long used = http.console.services().memory().survey();
    assertThat(used).isPositive();
    assertThat(samples().values())
        .contains(
            "redis_db_keys{db=\"db0\",} 2.0",
            "redis_db_keys_expiring{db=\"db0\",} 1.0",
            "redis_db_keys{db=\"db3\",} 1.0",
            "redis_commands_total{cmd=\"set\",} 3.0",
            "redis_commands_total{cmd=\"client|id\",} 1.0",
            "redis_commands_failed_calls_total{cmd=\"hset\",} 1.0",
            "redis_keyspace_hits_total 1.0",
            "redis_keyspace_misses_total 1.0",
            "redis_commands_processed_total 8.0",
            "redis_connected_clients 1.0",
            "redis_errors_total{err=\"WRONGTYPE\",} 1.0",
            "redistill_command_duration_seconds_count{cmd=\"set\",} 3.0",
            "redistill_command_duration_seconds_bucket{cmd=\"set\",le=\"+Inf\",} 3.0",
            "redistill_hit_ratio{memory=\"1\",} 0.5",
            "redistill_eviction_policy{policy=\"noeviction\",} 1.0");
    assertThat(samples().keySet())
        .anyMatch(sample -> sample.matches("redis_instance_info\\{role=\"master\",.*\\}"));
  }

  @Test
  void theText_followsTheRulesOfTheFormat() throws Exception {
    Set<String> seen = new HashSet<>();
    String name = "";
    String type = "";
    for (String line : http.metrics().split("\n", -1)) {
      if (line.startsWith("# HELP ")) {
        name = line.split(" ", 4)[2];
        assertThat(seen.add(name)).as("one group for " + name).isTrue();
        assertThat(line.split(" ", 4)[3]).as(name).isNotBlank();
      } else if (line.startsWith("# TYPE ")) {
        assertThat(line.split(" ", -1)[2]).isEqualTo(name);
        type = line.split(" ", -1)[3];
        assertThat(type).isIn("counter", "gauge", "histogram", "summary");
        assertThat(name.endsWith("_total")).as(name).isEqualTo(type.equals("counter"));
      } else if (!line.isEmpty()) {
        check(line, name, type);
      }
    }
    assertThat(seen).hasSizeGreaterThan(80);
  }

  private static void check(String line, String name, String type) {
    Matcher sample = SAMPLE.matcher(line);
    assertThat(sample.matches()).as(line).isTrue();
    String end = sample.group(1).substring(name.length());
    boolean parted = type.equals("histogram") || type.equals("summary");
    assertThat(end).as(line).isIn(parted ? List.of("_bucket", "_count", "_sum", "") : List.of(""));
    assertThat(sample.group(1)).startsWith(name);
    if (sample.group(3) != null) {
      assertThat(LABEL.matcher(sample.group(3)).replaceAll("")).as(line).isEmpty();
    }
    double value = Double.parseDouble(sample.group(4).replace("+Inf", "Infinity"));
    assertThat(type.equals("counter") && value < 0).as(line).isFalse();
  }

  @Test
  void theBucketsOfAHistogram_addUp() throws Exception {
    double before = 0;
    int buckets = 0;
    for (String line : http.metrics().split("\n", -1)) {
      if (line.startsWith("redistill_command_duration_seconds_bucket{cmd=\"set\"")) {
        double count = Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
        assertThat(count).isGreaterThanOrEqualTo(before);
        before = count;
        buckets++;
      }
    }
    assertThat(buckets).isEqualTo(22);
    assertThat(before).isEqualTo(3);
  }

  @Test
  void promtool_findsNothingWrong() throws Exception {
    Path promtool =
        List.of(System.getProperty("promtool", ""), "/usr/bin/promtool").stream()
            .filter(file -> !file.isEmpty())
            .map(Path::of)
            .filter(Files::isExecutable)
            .findFirst()
            .orElse(Path.of(""));
    assumeTrue(Files.isExecutable(promtool) && !Files.isDirectory(promtool), "no promtool here");
    Process process =
        new ProcessBuilder(promtool.toString(), "check", "metrics")
            .redirectErrorStream(true)
            .start();
    try (var input = process.getOutputStream()) {
      input.write(http.metrics().getBytes(StandardCharsets.UTF_8));
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said).isEmpty();
  }
}
