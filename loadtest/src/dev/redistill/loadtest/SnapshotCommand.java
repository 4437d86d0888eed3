package dev.redistill.loadtest;

import dev.redistill.loadtest.Workload.Mode;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What it takes to save all keys while clients are served, and to load them again. */
@Command(
    name = "snapshot",
    mixinStandardHelpOptions = true,
    description = {
      "Preloads keys, has the server save them with BGSAVE, first alone and then under a load of",
      "GET and SET, and starts it again with the file. The load is offered at a rate; without",
      "--rate that is 10,000 commands per second."
    })
final class SnapshotCommand implements Callable<Integer> {
  private static final double DEFAULT_RATE = 10_000;
  private static final double MEBIBYTE = 1 << 20;
  private static final double NANOS_PER_MICRO = 1e3;
  private static final double NANOS_PER_SECOND = 1e9;

  @Option(
      names = "--keys",
      paramLabel = "N",
      description = "Keys of 16 bytes (default: ${DEFAULT-VALUE}).")
  private int keys = 10_000_000;

  @Option(
      names = "--value-size",
      paramLabel = "BYTES",
      description = "Length of values (default: ${DEFAULT-VALUE}).")
  private int valueSize = 64;

  @Option(
      names = "--get-percent",
      paramLabel = "N",
      description = "Share of GET, the rest is SET (default: ${DEFAULT-VALUE}).")
  private int getPercent = 50;

  @Option(
      names = "--connections",
      paramLabel = "N",
      description = "Connections (default: ${DEFAULT-VALUE}).")
  private int connections = 20;

  @Option(
      names = "--compression",
      paramLabel = "yes|no",
      description = "Whether strings are compressed in the file (default: ${DEFAULT-VALUE}).")
  private String compression = "yes";

  @Mixin private final LoadOptions load = new LoadOptions();
  @Mixin private final TargetOptions targets = new TargetOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Workload workload = new Workload(Mode.GET_SET, getPercent, keys, 0, valueSize, 1, connections);
    Load.Drive asked = load.drive();
    Load.Drive drive = asked.rate() > 0 ? asked : asked.withRate(DEFAULT_RATE);
    Table latencies =
        new Table(
            "us", "p99.9 without", "max without", "max at start", "p99.9 saving", "max saving");
    Table sizes =
        new Table(
            "",
            "file MB",
            "save s",
            "MB/s",
            "under load s",
            "load s",
            "MB/s",
            "RSS MiB",
            "peak",
            "copied MiB",
            "heap MiB",
            "peak");
    boolean right = true;
    for (Target target : targets.targets().reversed()) {
      SnapshotRun run = new SnapshotRun(target, targets.port(), compression, System::nanoTime);
      SnapshotRun.Result result = run.run(workload, drive, load.warmUp(), load.time());
      SnapshotRun.Saved saved = result.saved();
      addLatencies(latencies, target, saved);
      addSizes(sizes, target, result);
      if (saved.faults().any() || result.keysLoaded() != keys) {
        System.out.printf(
            "%s: %s; %d keys after loading%n", target.name(), saved.faults(), result.keysLoaded());
        right = false;
      }
    }
    System.out.println(latencies);
    System.out.println();
    System.out.println(sizes);
    return right ? 0 : 1;
  }

  private static void addLatencies(Table table, Target target, SnapshotRun.Saved saved) {
    table.row(
        target.name(),
        micros(saved.quiet().getValueAtPercentile(99.9)),
        micros(saved.quiet().getMaxValue()),
        micros(saved.begin().getMaxValue()),
        micros(saved.saving().getValueAtPercentile(99.9)),
        micros(saved.saving().getMaxValue()));
  }

  private static void addSizes(Table table, Target target, SnapshotRun.Result result) {
    SnapshotRun.Saved saved = result.saved();
    table.row(
        target.name(),
        Table.number(result.fileBytes() / 1e6),
        seconds(saved.aloneNanos()),
        rate(result.fileBytes(), saved.aloneNanos()),
        seconds(saved.nanos()),
        seconds(result.nanos()),
        rate(result.fileBytes(), result.nanos()),
        Table.number(saved.before().resident() / MEBIBYTE),
        Table.number(saved.peak().resident() / MEBIBYTE),
        Table.number(saved.copied() / MEBIBYTE),
        Table.number(saved.before().heap() / MEBIBYTE),
        Table.number(saved.peak().heap() / MEBIBYTE));
  }

  private static String micros(long nanos) {
    return Table.number(nanos / NANOS_PER_MICRO);
  }

  private static String seconds(long nanos) {
    return Table.number(nanos / NANOS_PER_SECOND);
  }

  private static String rate(long bytes, long nanos) {
    return Table.number(bytes / 1e6 / (nanos / NANOS_PER_SECOND));
  }
}
