package dev.redistill.loadtest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures how long a server takes from its start to its first PONG, and its memory then. */
@Command(
    name = "startup",
    mixinStandardHelpOptions = true,
    description = "Prints the time from the start to the first PONG, and the RSS 1 second later.")
final class StartupCommand implements Callable<Integer> {
  private static final double MEBIBYTE = 1 << 20;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final int IDLE_MILLIS = 1_000;

  @Option(
      names = "--starts",
      paramLabel = "N",
      description = "How often each server is started (default: ${DEFAULT-VALUE}).")
  private int starts = 10;

  @Mixin private final TargetOptions targets = new TargetOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Table table = new Table("", "median ms", "least ms", "most ms", "RSS MiB");
    for (Target target : targets.targets()) {
      List<Double> millis = new ArrayList<>();
      List<Double> resident = new ArrayList<>();
      for (int i = 0; i < starts; i++) {
        try (ServerProcess server = ServerProcess.start(target, targets.port(), System::nanoTime)) {
          millis.add(server.startNanos() / NANOS_PER_MILLI);
          Thread.sleep(IDLE_MILLIS);
          resident.add(Rss.of(server.pid()) / MEBIBYTE);
        }
      }
      Collections.sort(millis);
      Collections.sort(resident);
      table.row(
          target.name(),
          Table.number(millis.get(starts / 2)),
          Table.number(millis.getFirst()),
          Table.number(millis.getLast()),
          Table.number(resident.get(starts / 2)));
    }
    System.out.println(table);
    return 0;
  }
}
