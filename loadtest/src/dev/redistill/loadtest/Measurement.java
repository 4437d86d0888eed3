package dev.redistill.loadtest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What one run of a load has shown, by the names of the table's columns. */
record Measurement(Map<String, Double> values, Faults faults) {
  static final String THROUGHPUT = "ops/s";
  static final String P50 = "p50 us";
  static final String P99 = "p99 us";
  static final String P999 = "p99.9 us";
  static final String CPU = "CPU us/op";

  /** Cores that the server kept busy. */
  static final String CORES = "cores";

  /** How busy the threads of the generator were; near 100 it may be what limits the throughput. */
  static final String GENERATOR = "generator %";

  /**
   * Batches under way by Little's law, throughput times mean latency. In a closed loop it is the
   * number of connections, or the figures are wrong.
   */
  static final String IN_FLIGHT = "in flight";

  /** At an offered rate, batches that were due and had not been sent at the end. */
  static final String OVERDUE = "overdue";

  private static final Set<String> WITHOUT_RATIO = Set.of(CORES, GENERATOR, IN_FLIGHT, OVERDUE);

  /** The median of each column. Of an even number of values it is the mean of the middle two. */
  static Map<String, Double> medians(List<Measurement> rounds) {
    Map<String, Double> medians = new LinkedHashMap<>();
    for (String column : rounds.getFirst().values.keySet()) {
      List<Double> sorted = new ArrayList<>();
      rounds.forEach(round -> sorted.add(round.values.getOrDefault(column, Double.NaN)));
      sorted.sort(null);
      int count = sorted.size();
      medians.put(column, (sorted.get((count - 1) / 2) + sorted.get(count / 2)) / 2);
    }
    return medians;
  }

  /** Each column divided by the baseline's, where that says something. */
  static Map<String, Double> ratios(Map<String, Double> values, Map<String, Double> baseline) {
    Map<String, Double> ratios = new LinkedHashMap<>();
    values.forEach((column, value) -> {
      double base = baseline.getOrDefault(column, Double.NaN);
      if (!WITHOUT_RATIO.contains(column) && base > 0) {
        ratios.put(column, value / base);
      }
    });
    return ratios;
  }
}
