package dev.redistill.loadtest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Compares which part of the requests finds its key in a cache of limited memory. */
@Command(
    name = "hitratio",
    mixinStandardHelpOptions = true,
    description = {
      "Prints the hit ratio of eviction policies at equal maxmemory, for 8 patterns,",
      "and draws it in target/loadtest/hitratio.svg."
    })
final class HitRatioCommand implements Callable<Integer> {
  /** Shares of the memory that all keys would take, in percent. */
  private static final int[] SHARES = {3, 10, 30};

  private static final int BYTES_PER_KEY = 400;
  private static final int BATCH = 32;
  private static final Path PICTURE = Path.of("target", "loadtest", "hitratio.svg");

  @Option(
      names = "--requests",
      paramLabel = "N",
      description = "Requests counted in each run, after as many not counted (${DEFAULT-VALUE}).")
  private long requests = 320_000;

  @Option(names = "--quick", description = "A fifth of the requests.")
  private boolean quick;

  @Option(
      names = "--policies",
      split = ",",
      paramLabel = "POLICY",
      description = "Policies of our server to compare (${DEFAULT-VALUE}).")
  private List<String> policies = List.of("allkeys-lru", "allkeys-s3fifo", "allkeys-tinylfu");

  @Mixin private final TargetOptions targets = new TargetOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Map<String, Map<String, Double>> ratios = new TreeMap<>();
    List<String> columns = new ArrayList<>();
    for (Target target : targets.targets()) {
      boolean redis = target.name().equals(Target.REDIS);
      for (String policy : redis ? List.of("allkeys-lru", "allkeys-lfu") : policies) {
        String column = target.name() + " " + policy.substring(policy.indexOf('-') + 1);
        columns.add(column);
        runAll(target, policy, column, ratios);
      }
    }
    print(ratios, columns);
    return 0;
  }

  private void runAll(
      Target target, String policy, String column, Map<String, Map<String, Double>> ratios)
      throws IOException, InterruptedException {
    for (KeyStream stream : KeyStream.values()) {
      for (int share : SHARES) {
        String row = String.format(Locale.ROOT, "%s %2d%%", stream.title(), share);
        ratios
            .computeIfAbsent(row, unused -> new TreeMap<>())
            .put(column, ratio(target, policy, stream, share));
      }
    }
  }

  /** Runs a stream on a server of its own, which knows nothing of another stream. */
  private double ratio(Target target, String policy, KeyStream stream, int share)
      throws IOException, InterruptedException {
    long counted = (quick ? requests / 5 : requests) / BATCH * BATCH;
    int fitting = KeyStream.KEYS / 100 * share;
    try (ServerProcess server = ServerProcess.start(target, targets.port(), System::nanoTime);
        Client control = new Client(server.address());
        CacheClient cache = new CacheClient(server.address())) {
      control.limit(policy, (long) fitting * BYTES_PER_KEY);
      KeyStream.Run run = stream.run(2 * counted, fitting);
      double unused = cache.run(stream, run, counted);
      return cache.run(stream, run, counted);
    }
  }

  private static void print(Map<String, Map<String, Double>> ratios, List<String> columns)
      throws IOException {
    BarPlot plot = new BarPlot("hits in %, at memory for a share of the keys", columns);
    List<String> headers = new ArrayList<>(columns);
    headers.addFirst("hits in %");
    Table table = new Table(headers);
    double[] sums = new double[columns.size()];
    ratios.forEach((row, byColumn) -> {
      List<Double> percents =
          columns.stream().map(column -> byColumn.getOrDefault(column, 0.0) * 100).toList();
      List<String> cells = new ArrayList<>();
      cells.add(row);
      for (int i = 0; i < columns.size(); i++) {
        sums[i] += percents.get(i);
        cells.add(String.format(Locale.ROOT, "%.1f", percents.get(i)));
      }
      table.row(cells);
      plot.row(row, percents);
    });
    List<String> mean = new ArrayList<>();
    mean.add("mean");
    for (double sum : sums) {
      mean.add(String.format(Locale.ROOT, "%.1f", sum / ratios.size()));
    }
    table.gap();
    table.row(mean);
    System.out.println(table);
    plot.write(PICTURE);
  }
}
