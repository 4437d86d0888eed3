package dev.redistill.loadtest;

import java.time.Duration;
import picocli.CommandLine.Option;

/** The options that say how, and how long, a load is generated. */
final class LoadOptions {
  private static final double MILLIS_PER_SECOND = 1e3;

  @Option(
      names = "--seconds",
      paramLabel = "SECONDS",
      description = "How long to measure (default: ${DEFAULT-VALUE}).")
  private double seconds = 10;

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      description = "How long the load runs before (default: ${DEFAULT-VALUE}).")
  private double warmUp = 5;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads of the generator (default: ${DEFAULT-VALUE}).")
  private int threads = 1;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = {
        "Commands per second to offer, whether or not the server keeps up; latency counts from",
        "when a batch was due. Without it each connection sends when it has its answer."
      })
  private double rate;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of the keys and their order (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(
      names = "--syscalls",
      description = "Count system calls per command, by perf, for 2 further seconds.")
  private boolean syscalls;

  Load.Drive drive() {
    if (threads < 1 || rate < 0) {
      throw new IllegalArgumentException("--threads must be positive, and --rate not negative");
    }
    return new Load.Drive(threads, rate, seed, false);
  }

  Duration warmUp() {
    return duration(warmUp);
  }

  Duration time() {
    return duration(seconds);
  }

  Measurer measurer() {
    Duration counting = syscalls ? Duration.ofSeconds(2) : Duration.ZERO;
    return new Measurer(drive(), warmUp(), time(), counting, System::nanoTime);
  }

  private static Duration duration(double seconds) {
    return Duration.ofMillis((long) (seconds * MILLIS_PER_SECOND));
  }
}
