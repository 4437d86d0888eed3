package dev.redistill.loadtest;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Puts one workload on a server that already runs. */
@Command(
    name = "measure",
    mixinStandardHelpOptions = true,
    description = "Puts a load on a server that runs, and prints what it measured.")
final class MeasureCommand implements Callable<Integer> {
  @Option(
      names = "--host",
      paramLabel = "HOST",
      description = "Where the server is (default: ${DEFAULT-VALUE}).")
  private String host = "127.0.0.1";

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Its port (default: ${DEFAULT-VALUE}).")
  private int port = 6379;

  @Option(
      names = "--pid",
      paramLabel = "PID",
      description = "Its process, for CPU and system calls; without it there are none.")
  private @Nullable Long pid;

  @Option(names = "--no-preload", description = "The keys are there already.")
  private boolean noPreload;

  @Mixin private final LoadOptions load = new LoadOptions();
  @Mixin private final WorkloadOptions options = new WorkloadOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    InetSocketAddress address = new InetSocketAddress(host, port);
    Workload workload = options.workload();
    if (!noPreload) {
      Measurer.preload(address, workload);
    }
    OptionalLong process = pid == null ? OptionalLong.empty() : OptionalLong.of(pid);
    Measurement measurement = load.measurer().measure(address, process, workload);
    Table table = new Table("", "value");
    measurement.values().forEach((column, value) -> table.row(column, Table.number(value)));
    System.out.println(table);
    System.out.println(measurement.faults());
    return measurement.faults().any() ? 1 : 0;
  }
}
