package dev.redistill.loadtest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Measures what our server allocates per command while a load runs. */
@Command(
    name = "allocation",
    mixinStandardHelpOptions = true,
    description = "Prints the bytes that our server, a JVM, allocates per command, by thread.")
final class AllocationCommand implements Callable<Integer> {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final int LEAST_SECONDS = 3;

  @Mixin private final TargetOptions targets = new TargetOptions();
  @Mixin private final LoadOptions load = new LoadOptions();
  @Mixin private final WorkloadOptions options = new WorkloadOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (load.time().toSeconds() < LEAST_SECONDS) {
      throw new IllegalArgumentException("--seconds must be at least " + LEAST_SECONDS);
    }
    Target target = targets.targets().getFirst();
    Workload workload = options.workload();
    try (ServerProcess server = ServerProcess.start(target, targets.port(), System::nanoTime)) {
      if (!Jvm.is(server.pid())) {
        throw new IOException(target.name() + " is no JVM");
      }
      Measurer.preload(server.address(), workload);
      return measure(server, workload);
    }
  }

  private int measure(ServerProcess server, Workload workload)
      throws IOException, InterruptedException {
    Path recording = Files.createTempFile("allocation", ".jfr");
    Jvm jvm = new Jvm(server.pid());
    try (Load running = Load.start(server.address(), workload, load.drive(), System::nanoTime)) {
      running.go(load.warmUp());
      jvm.startRecording();
      Load.Sample before = running.sample();
      running.go(load.time());
      Load.Sample after = running.sample();
      jvm.stopRecording(recording);
      Allocations allocations = Allocations.read(recording);
      double seconds = (after.nanos() - before.nanos()) / NANOS_PER_SECOND;
      double perSecond = (after.operations() - before.operations()) / seconds;
      print(allocations, perSecond * allocations.time().toNanos() / NANOS_PER_SECOND);
      System.out.println(running.faults());
      return running.faults().any() ? 1 : 0;
    } finally {
      Files.delete(recording);
    }
  }

  private static void print(Allocations allocations, double operations) {
    Table table = new Table("thread", "bytes", "bytes/op");
    allocations
        .byThread()
        .forEach((thread, bytes) -> {
          if (bytes > 0) {
            row(table, thread, bytes, operations);
          }
        });
    row(table, "all threads", allocations.total(), operations);
    System.out.println(table);
    System.out.printf("%,.0f commands%n", operations);
  }

  private static void row(Table table, String name, long bytes, double operations) {
    table.row(name, Table.number((double) bytes), Table.number(bytes / operations));
  }
}
