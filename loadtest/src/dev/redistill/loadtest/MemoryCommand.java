package dev.redistill.loadtest;

import dev.redistill.loadtest.Workload.Mode;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Fills our server and Redis with the same keys and compares what they hold in memory. */
@Command(
    name = "memory",
    mixinStandardHelpOptions = true,
    description = {
      "Preloads keys and prints the memory in use: of a JVM the live heap after a full collection,",
      "of another server the used_memory of its INFO."
    })
final class MemoryCommand implements Callable<Integer> {
  private static final double MEBIBYTE = 1 << 20;

  @Option(
      names = "--keys",
      paramLabel = "N",
      description = "Keys of 16 bytes (default: ${DEFAULT-VALUE}).")
  private int keys = 2_000_000;

  @Option(
      names = "--value-size",
      paramLabel = "BYTES",
      description = "Length of values (default: ${DEFAULT-VALUE}).")
  private int valueSize = 64;

  @Option(
      names = "--hashes",
      description = "Hashes of 5 fields with names of 10 bytes instead of strings.")
  private boolean hashes;

  @Mixin private final TargetOptions targets = new TargetOptions();

  /** Bytes in use and resident. */
  private record Memory(long used, long resident) {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    Table table =
        new Table("", "empty MiB", "used MiB", "RSS MiB", "bytes/entry", "used / baseline");
    double baseline = Double.NaN;
    for (Target target : targets.targets().reversed()) {
      try (ServerProcess server = ServerProcess.start(target, targets.port(), System::nanoTime)) {
        Memory empty = read(server);
        Measurer.preload(
            server.address(),
            new Workload(hashes ? Mode.HASH : Mode.GET_SET, 100, keys, 0, valueSize, 1, 1));
        Memory full = read(server);
        baseline = Double.isNaN(baseline) ? full.used() : baseline;
        table.row(
            target.name(),
            Table.number(empty.used() / MEBIBYTE),
            Table.number(full.used() / MEBIBYTE),
            Table.number(full.resident() / MEBIBYTE),
            Table.number((double) (full.used() - empty.used()) / keys),
            Table.number(full.used() / baseline));
      }
    }
    System.out.println(table);
    return 0;
  }

  private static Memory read(ServerProcess server) throws IOException, InterruptedException {
    long pid = server.pid();
    long used;
    if (Jvm.is(pid)) {
      used = new Jvm(pid).liveBytes();
    } else {
      try (Client client = new Client(server.address())) {
        used = Long.parseLong(client.info("used_memory"));
      }
    }
    return new Memory(used, Rss.of(pid));
  }
}
