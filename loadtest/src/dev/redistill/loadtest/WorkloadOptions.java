package dev.redistill.loadtest;

import dev.redistill.loadtest.Workload.Mode;
import picocli.CommandLine.Option;

/** The options that make up a workload. */
final class WorkloadOptions {
  @Option(
      names = "--mode",
      paramLabel = "MODE",
      description =
          "get-set, incr, mset, ping, hash, field, field-incr or field-del"
              + " (default: ${DEFAULT-VALUE}).")
  private String mode = "get-set";

  @Option(
      names = "--get-percent",
      paramLabel = "N",
      description = "Share of GET or HGET, the rest is SET or HSET (default: ${DEFAULT-VALUE}).")
  private int getPercent = 100;

  @Option(
      names = "--keys",
      paramLabel = "N",
      description = "Keys of 16 bytes, all preloaded (default: ${DEFAULT-VALUE}).")
  private int keys = 100_000;

  @Option(
      names = "--theta",
      paramLabel = "X",
      description =
          "Exponent of Zipf's law for the keys; 0 is uniform (default: ${DEFAULT-VALUE}).")
  private double theta;

  @Option(
      names = "--value-size",
      paramLabel = "BYTES",
      description = "Length of values (default: ${DEFAULT-VALUE}).")
  private int valueSize = 64;

  @Option(
      names = "--pipeline",
      paramLabel = "N",
      description = "Commands that a connection sends at once (default: ${DEFAULT-VALUE}).")
  private int pipeline = 1;

  @Option(
      names = "--connections",
      paramLabel = "N",
      description = "Connections (default: ${DEFAULT-VALUE}).")
  private int connections = 50;

  Workload workload() {
    return new Workload(Mode.of(mode), getPercent, keys, theta, valueSize, pipeline, connections);
  }
}
