package dev.redistill.loadtest;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Starts our server and Redis in turn, puts the same loads on both, and prints the ratios. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description = "Measures our server and Redis in turn and prints medians and ratios.")
final class CompareCommand implements Callable<Integer> {
  private static final double MILLIS_PER_SECOND = 1e3;

  @Parameters(
      arity = "0..*",
      paramLabel = "SCENARIO",
      description = "Scenarios by name (default: all).")
  private List<String> names = new ArrayList<>();

  @Option(
      names = "--scenarios",
      paramLabel = "FILE",
      description = "The table of scenarios (default: ${DEFAULT-VALUE}).")
  private Path file = Path.of("loadtest", "scenarios.txt");

  @Option(names = "--list", description = "Print the names of the scenarios, and measure nothing.")
  private boolean list;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "How often each server is started and measured (default: ${DEFAULT-VALUE}).")
  private int rounds = 3;

  @Option(
      names = "--tls",
      description =
          "Put the load over TLS 1.3, with AES-128-GCM, on port PORT + 1 (needs openssl).")
  private boolean tls;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write all rounds, medians and ratios into a file.")
  private @Nullable Path json;

  @Mixin private final TargetOptions targets = new TargetOptions();
  @Mixin private final LoadOptions load = new LoadOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<Scenario> scenarios = chosen(Scenario.read(file));
    if (list) {
      scenarios.forEach(scenario -> System.out.println(scenario.name()));
      return 0;
    }
    Comparison comparison = new Comparison(Target.REDIS);
    if (rounds < 1) {
      throw new IllegalArgumentException("--rounds must be positive");
    }
    if (tls) {
      Certificate.make();
    }
    try {
      for (Scenario scenario : scenarios) {
        compare(scenario, comparison);
      }
    } finally {
      System.out.println(comparison.table());
    }
    if (json != null) {
      write(comparison, json);
    }
    if (comparison.anyFaults()) {
      System.err.println("there were wrong replies: the figures are worth nothing");
      return 1;
    }
    return 0;
  }

  private void write(Comparison comparison, Path path) throws IOException {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    report.put("processors", Runtime.getRuntime().availableProcessors());
    report.put("servers", targets.targets());
    report.put("rounds", rounds);
    report.put("seconds", load.time().toMillis() / MILLIS_PER_SECOND);
    report.put("warmUp", load.warmUp().toMillis() / MILLIS_PER_SECOND);
    report.put("drive", measurer().drive());
    report.put("scenarios", comparison.report());
    new ObjectMapper()
        .enable(SerializationFeature.WRITE_ENUMS_USING_TO_STRING)
        .writerWithDefaultPrettyPrinter()
        .writeValue(path.toFile(), report);
  }

  private List<Scenario> chosen(List<Scenario> all) {
    if (names.isEmpty()) {
      return all;
    }
    return names.stream().map(name -> find(all, name)).toList();
  }

  private static Scenario find(List<Scenario> all, String name) {
    return all.stream()
        .filter(scenario -> scenario.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no scenario " + name));
  }

  private Measurer measurer() {
    return tls ? load.measurer().overTls() : load.measurer();
  }

  private void compare(Scenario scenario, Comparison comparison)
      throws IOException, InterruptedException {
    Measurer measurer = measurer();
    for (int round = 1; round <= rounds; round++) {
      for (Target target : targets.targets()) {
        Measurement measurement = measurer.measure(target, targets.port(), scenario.workload());
        comparison.add(scenario, target.name(), measurement);
        report(scenario, round, target, measurement);
      }
    }
  }

  private static void report(Scenario scenario, int round, Target target, Measurement measurement) {
    Map<String, Double> values = measurement.values();
    String faults = measurement.faults().any() ? ", " + measurement.faults() : "";
    System.err.printf(
        "%s, round %d, %s: %s ops/s, CPU %s us/op%s%n",
        scenario.name(),
        round,
        target.name(),
        Table.number(values.get(Measurement.THROUGHPUT)),
        Table.number(values.get(Measurement.CPU)),
        faults);
  }
}
