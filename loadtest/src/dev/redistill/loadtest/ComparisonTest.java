package dev.redistill.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redistill.loadtest.Workload.Mode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ComparisonTest {
  private static final Scenario SCENARIO =
      new Scenario("get-64", new Workload(Mode.GET_SET, 100, 10, 0, 64, 64, 50));

  @Test
  void medians_areTheMiddleOfEachColumn() {
    assertThat(
            Measurement.medians(
                List.of(measurement(1, 30), measurement(9, 10), measurement(2, 20))))
        .isEqualTo(Map.of(Measurement.THROUGHPUT, 2.0, Measurement.CPU, 20.0));
    assertThat(Measurement.medians(List.of(measurement(1, 30), measurement(3, 10))))
        .isEqualTo(Map.of(Measurement.THROUGHPUT, 2.0, Measurement.CPU, 20.0));
  }

  @Test
  void ratios_areToTheBaseline_whereThatSaysSomething() {
    Map<String, Double> ours =
        Map.of(Measurement.CPU, 1.0, Measurement.GENERATOR, 90.0, "x/op", 0.5);
    Map<String, Double> redis =
        Map.of(Measurement.CPU, 4.0, Measurement.GENERATOR, 30.0, "x/op", 0.0);
    assertThat(Measurement.ratios(ours, redis)).isEqualTo(Map.of(Measurement.CPU, 0.25));
  }

  @Test
  void table_showsMediansAndRatios() {
    Comparison comparison = new Comparison(Target.REDIS);
    comparison.add(SCENARIO, Target.OURS, measurement(3_000_000, 0.25));
    comparison.add(SCENARIO, Target.REDIS, measurement(1_500_000, 0.5));
    assertThat(comparison.table())
        .hasToString(
            """
                                   ops/s  CPU us/op
            get-64 ours        3,000,000      0.250
            get-64 redis       1,500,000      0.500
            get-64 ours/redis       2.00      0.500\
            """);
  }

  @Test
  void columnsOfOneTargetOnly_areEmptyForTheOther() {
    Comparison comparison = new Comparison(Target.REDIS);
    comparison.add(SCENARIO, Target.OURS, new Measurement(Map.of("a", 1.0), Faults.NONE));
    comparison.add(SCENARIO, "other", new Measurement(Map.of("b", 20.0), Faults.NONE));
    assertThat(comparison.table())
        .hasToString(
            """
                             a     b
            get-64 ours   1.00
            get-64 other        20.0\
            """);
  }

  @Test
  void faultsOfAnyRound_count() {
    Comparison comparison = new Comparison(Target.REDIS);
    comparison.add(SCENARIO, Target.OURS, measurement(1, 1));
    assertThat(comparison.anyFaults()).isFalse();
    comparison.add(
        SCENARIO, Target.OURS, new Measurement(Map.of("a", 1.0), new Faults(1, 0, 0, "")));
    assertThat(comparison.anyFaults()).isTrue();
  }

  @Test
  void targetWithWrongReplies_isMarkedAndHasNoRatio() {
    Comparison comparison = new Comparison(Target.REDIS);
    comparison.add(SCENARIO, Target.REDIS, new Measurement(Map.of("a", 1.0), Faults.NONE));
    comparison.add(
        SCENARIO, Target.OURS, new Measurement(Map.of("a", 2.0), new Faults(0, 1, 0, "ERR")));
    assertThat(comparison.table())
        .hasToString(
            """
                                            a
            get-64 redis                 1.00
            get-64 ours (wrong replies)  2.00\
            """);
  }

  @Test
  void report_hasAllRounds() {
    Comparison comparison = new Comparison(Target.REDIS);
    comparison.add(SCENARIO, Target.OURS, measurement(3, 1));
    comparison.add(SCENARIO, Target.OURS, measurement(5, 1));
    Map<String, Object> entry = comparison.report().getFirst();
    assertThat(entry)
        .containsEntry("scenario", "get-64")
        .containsEntry(
            "rounds", Map.of(Target.OURS, List.of(measurement(3, 1), measurement(5, 1))));
  }

  private static Measurement measurement(double throughput, double cpu) {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put(Measurement.THROUGHPUT, throughput);
    values.put(Measurement.CPU, cpu);
    return new Measurement(values, Faults.NONE);
  }
}
