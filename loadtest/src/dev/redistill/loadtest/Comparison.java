package dev.redistill.loadtest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The measurements of several servers under several scenarios, round by round, and what follows
 * from them: medians and their ratios to a baseline. Confined to one thread.
 */
final class Comparison {
  private final String baseline;
  private final Map<Scenario, Map<String, List<Measurement>>> results = new LinkedHashMap<>();

  /** A comparison without measurements; ratios are to the target named {@code baseline}. */
  Comparison(String baseline) {
    this.baseline = baseline;
  }

  void add(Scenario scenario, String target, Measurement measurement) {
    results
        .computeIfAbsent(scenario, key -> new LinkedHashMap<>())
        .computeIfAbsent(target, key -> new ArrayList<>())
        .add(measurement);
  }

  boolean anyFaults() {
    return results.values().stream()
        .flatMap(targets -> targets.values().stream())
        .flatMap(List::stream)
        .anyMatch(measurement -> measurement.faults().any());
  }

  /**
   * One row for each scenario and target, and one for each ratio to the baseline. A target with
   * wrong replies is marked and has no ratio.
   */
  Table table() {
    List<String> columns = columns();
    Table table = new Table(cells("", columns));
    boolean first = true;
    for (Map.Entry<Scenario, Map<String, List<Measurement>>> result : results.entrySet()) {
      if (!first) {
        table.gap();
      }
      first = false;
      String scenario = result.getKey().name();
      Map<String, Map<String, Double>> medians = medians(result.getValue());
      medians.forEach((target, values) -> {
        String mark = faulty(result.getValue(), target) ? " (wrong replies)" : "";
        table.row(cells(scenario + " " + target + mark, numbers(columns, values)));
      });
      ratios(result.getValue())
          .forEach(
              (name, values) -> table.row(cells(scenario + " " + name, numbers(columns, values))));
    }
    return table;
  }

  /** All rounds, medians and ratios, as maps and lists to be written as JSON. */
  List<Map<String, Object>> report() {
    List<Map<String, Object>> report = new ArrayList<>();
    results.forEach((scenario, targets) -> {
      Map<String, Map<String, Double>> medians = medians(targets);
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("scenario", scenario.name());
      entry.put("workload", scenario.workload());
      entry.put("medians", medians);
      entry.put("ratios", ratios(targets));
      entry.put("rounds", targets);
      report.add(entry);
    });
    return report;
  }

  private List<String> columns() {
    Set<String> columns = new LinkedHashSet<>();
    results
        .values()
        .forEach(targets -> medians(targets).values().forEach(m -> columns.addAll(m.keySet())));
    return List.copyOf(columns);
  }

  private static Map<String, Map<String, Double>> medians(Map<String, List<Measurement>> targets) {
    Map<String, Map<String, Double>> medians = new LinkedHashMap<>();
    targets.forEach((target, rounds) -> medians.put(target, Measurement.medians(rounds)));
    return medians;
  }

  private Map<String, Map<String, Double>> ratios(Map<String, List<Measurement>> targets) {
    Map<String, Map<String, Double>> ratios = new LinkedHashMap<>();
    Map<String, Map<String, Double>> medians = medians(targets);
    Map<String, Double> base = medians.get(baseline);
    if (base == null || faulty(targets, baseline)) {
      return ratios;
    }
    medians.forEach((target, values) -> {
      if (!target.equals(baseline) && !faulty(targets, target)) {
        ratios.put(target + "/" + baseline, Measurement.ratios(values, base));
      }
    });
    return ratios;
  }

  private static boolean faulty(Map<String, List<Measurement>> targets, String target) {
    return targets.getOrDefault(target, List.of()).stream().anyMatch(m -> m.faults().any());
  }

  private static List<String> cells(String first, List<String> others) {
    List<String> cells = new ArrayList<>();
    cells.add(first);
    cells.addAll(others);
    return cells;
  }

  private static List<String> numbers(List<String> columns, Map<String, Double> values) {
    return columns.stream().map(column -> Table.number(values.get(column))).toList();
  }
}
