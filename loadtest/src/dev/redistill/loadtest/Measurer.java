package dev.redistill.loadtest;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;

/**
 * Runs a load and measures it.
 *
 * @param syscalls how long to count system calls after the rest is measured; 0 is not at all
 */
record Measurer(
    Load.Drive drive, Duration warmUp, Duration time, Duration syscalls, LongSupplier ticker) {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double NANOS_PER_MICRO = 1e3;

  Measurer overTls() {
    return new Measurer(drive.overTls(), warmUp, time, syscalls, ticker);
  }

  /**
   * Measures a server that is started for it, with all keys preloaded. For TLS it listens on the
   * next port, too.
   */
  Measurement measure(Target target, int port, Workload workload)
      throws IOException, InterruptedException {
    int loadPort = drive.tls() ? port + 1 : port;
    Target started = drive.tls() ? Certificate.use(target, loadPort) : target;
    try (ServerProcess server = ServerProcess.start(started, port, ticker)) {
      preload(server.address(), workload);
      InetSocketAddress address = new InetSocketAddress(server.address().getAddress(), loadPort);
      return measure(address, OptionalLong.of(server.pid()), workload);
    }
  }

  static void preload(InetSocketAddress address, Workload workload) throws IOException {
    try (Client client = new Client(address)) {
      client.preload(workload);
    }
  }

  /** Measures a server that runs; what its process uses is left out where that is not known. */
  Measurement measure(InetSocketAddress address, OptionalLong pid, Workload workload)
      throws IOException, InterruptedException {
    try (Load load = Load.start(address, workload, drive, ticker)) {
      load.go(warmUp);
      load.takeLatencies();
      CpuTime cpuBefore = cpu(pid);
      Load.Sample before = load.sample();
      load.go(time);
      CpuTime cpuAfter = cpu(pid);
      Load.Sample after = load.sample();
      Histogram latencies = load.takeLatencies();
      if (after.operations() == before.operations()) {
        throw new IOException("no reply came in the time measured");
      }
      Map<String, Double> values = new LinkedHashMap<>();
      addLoad(values, before, after, latencies);
      if (pid.isPresent()) {
        double cpu = cpuAfter.since(cpuBefore);
        addCpu(values, before, after, cpu);
        addSyscalls(values, load, pid.getAsLong());
      }
      long overdue = load.stop();
      if (drive.rate() > 0) {
        values.put(Measurement.OVERDUE, (double) overdue);
      }
      return new Measurement(values, load.faults());
    }
  }

  private static CpuTime cpu(OptionalLong pid) throws IOException {
    return pid.isPresent() ? CpuTime.of(pid.getAsLong()) : new CpuTime(Map.of(), 0);
  }

  private void addLoad(
      Map<String, Double> values, Load.Sample before, Load.Sample after, Histogram latencies) {
    double seconds = (after.nanos() - before.nanos()) / NANOS_PER_SECOND;
    double generator = after.generatorCpuNanos() - before.generatorCpuNanos();
    double batches = latencies.getTotalCount() / seconds;
    values.put(Measurement.THROUGHPUT, (after.operations() - before.operations()) / seconds);
    values.put(Measurement.P50, latencies.getValueAtPercentile(50) / NANOS_PER_MICRO);
    values.put(Measurement.P99, latencies.getValueAtPercentile(99) / NANOS_PER_MICRO);
    values.put(Measurement.P999, latencies.getValueAtPercentile(99.9) / NANOS_PER_MICRO);
    values.put(Measurement.IN_FLIGHT, batches * latencies.getMean() / NANOS_PER_SECOND);
    values.put(
        Measurement.GENERATOR, 100 * generator / (seconds * NANOS_PER_SECOND * drive.threads()));
  }

  private static void addCpu(
      Map<String, Double> values, Load.Sample before, Load.Sample after, double cpu) {
    double operations = after.operations() - before.operations();
    values.put(Measurement.CPU, cpu / NANOS_PER_MICRO / operations);
    values.put(Measurement.CORES, cpu / (after.nanos() - before.nanos()));
  }

  private void addSyscalls(Map<String, Double> values, Load load, long pid)
      throws IOException, InterruptedException {
    if (syscalls.isZero()) {
      return;
    }
    try (Syscalls counting = Syscalls.start(pid)) {
      Load.Sample before = load.sample();
      load.go(syscalls);
      Load.Sample after = load.sample();
      double operations = after.operations() - before.operations();
      counting.end().forEach((name, calls) -> values.put(name + "/op", calls / operations));
    }
  }
}
