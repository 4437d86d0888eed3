package dev.redistill.loadtest;

import dev.redistill.loadtest.Workload.Mode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What it costs to make room: a load of which nearly every write evicts a key. */
@Command(
    name = "evicting",
    mixinStandardHelpOptions = true,
    description = {
      "Puts 90 %% GET and 10 %% SET on caches that hold a fiftieth of the keys, and prints",
      "throughput, latency and CPU per command beside Redis with allkeys-lru."
    })
final class EvictingCommand implements Callable<Integer> {
  private static final String BASELINE = "redis lru";
  private static final int GET_PERCENT = 90;
  private static final int KEYS_PER_ROOM = 50;
  private static final int BYTES_PER_KEY = 300;
  private static final int VALUE_SIZE = 200;
  private static final String EVICTIONS = "evicted/SET";
  private static final String HITS = "hits %";

  @Option(
      names = "--policies",
      split = ",",
      paramLabel = "POLICY",
      description = "Policies of our server to compare (${DEFAULT-VALUE}).")
  private List<String> policies =
      List.of("allkeys-lru", "allkeys-lfu", "allkeys-s3fifo", "allkeys-tinylfu");

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "How often each server is started and measured (default: ${DEFAULT-VALUE}).")
  private int rounds = 3;

  @Option(
      names = "--room",
      split = ",",
      paramLabel = "N",
      description = "Keys that there is memory for, a fiftieth of all (${DEFAULT-VALUE}).")
  private List<Integer> rooms = List.of(20_000, 350_000);

  @Option(
      names = "--theta",
      split = ",",
      paramLabel = "X",
      description = "Exponents of Zipf's law for the keys; 0 is uniform (${DEFAULT-VALUE}).")
  private List<Double> thetas = List.of(0.0, 0.99);

  @Option(
      names = "--pipeline",
      paramLabel = "N",
      description = "Commands that a connection sends at once (default: ${DEFAULT-VALUE}).")
  private int pipeline = 64;

  @Mixin private final TargetOptions targets = new TargetOptions();
  @Mixin private final LoadOptions load = new LoadOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Comparison comparison = new Comparison(BASELINE);
    for (int round = 0; round < rounds; round++) {
      for (Target target : targets.targets()) {
        measure(target, comparison);
      }
    }
    System.out.println(comparison.table());
    return comparison.anyFaults() ? 1 : 0;
  }

  /** A server for each policy: code that was compiled for another would be slower. */
  private void measure(Target target, Comparison comparison)
      throws IOException, InterruptedException {
    boolean redis = target.name().equals(Target.REDIS);
    for (String policy : redis ? List.of("allkeys-lru", "allkeys-lfu") : policies) {
      for (int room : rooms) {
        try (ServerProcess server = ServerProcess.start(target, targets.port(), System::nanoTime)) {
          measure(server, target.name(), policy, room, comparison);
        }
      }
    }
  }

  private void measure(
      ServerProcess server, String target, String policy, int room, Comparison comparison)
      throws IOException, InterruptedException {
    String name = target + " " + policy.substring(policy.indexOf('-') + 1);
    for (double theta : thetas) {
      Workload workload =
          new Workload(
              Mode.CACHE, GET_PERCENT, room * KEYS_PER_ROOM, theta, VALUE_SIZE, pipeline, 50);
      String title = room + (theta == 0 ? "-uniform" : "-zipf-" + theta);
      comparison.add(new Scenario(title, workload), name, measure(server, policy, workload));
    }
  }

  /** Measures one load; the server begins with what the one before it has left. */
  private Measurement measure(ServerProcess server, String policy, Workload workload)
      throws IOException, InterruptedException {
    try (Client control = new Client(server.address())) {
      control.limit(policy, (long) workload.keys() / KEYS_PER_ROOM * BYTES_PER_KEY);
      control.ask("CONFIG", "RESETSTAT");
      Measurement measured =
          load.measurer().measure(server.address(), OptionalLong.of(server.pid()), workload);
      double evicted = Double.parseDouble(control.info("stats", "evicted_keys"));
      double hits = Double.parseDouble(control.info("stats", "keyspace_hits"));
      double gets = hits + Double.parseDouble(control.info("stats", "keyspace_misses"));
      Map<String, Double> values = new LinkedHashMap<>(measured.values());
      values.put(EVICTIONS, evicted / gets * GET_PERCENT / (100 - GET_PERCENT));
      values.put(HITS, 100 * hits / gets);
      return new Measurement(values, measured.faults());
    }
  }
}
