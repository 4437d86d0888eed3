package dev.redistill.loadtest;

import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a client notices, and what is left behind, when others do their worst. */
@Command(
    name = "storm",
    mixinStandardHelpOptions = true,
    description = {
      "Half requests, stalled TLS handshakes, clients that never read, declared megabytes,",
      "and connections that are reset, all at once; a probe measures its own latency meanwhile."
    })
final class StormCommand implements Callable<Integer> {
  private static final double MEBIBYTE = 1 << 20;
  private static final int QUIET_MILLIS = 5_000;
  private static final int STEP_MILLIS = 200;

  /** How far from the port of the server that of its bystander is. */
  private static final int BYSTANDER = 10;

  @Option(names = "--half-requests", description = "default: ${DEFAULT-VALUE}")
  private int halves = 2_000;

  @Option(names = "--handshakes", description = "default: ${DEFAULT-VALUE}")
  private int handshakes = 2_000;

  @Option(names = "--unread", description = "default: ${DEFAULT-VALUE}")
  private int unread = 200;

  @Option(names = "--declared", description = "default: ${DEFAULT-VALUE}")
  private int declared = 1_000;

  @Option(names = "--resets", description = "default: ${DEFAULT-VALUE}")
  private int resets = 50_000;

  @Option(
      names = "--seconds",
      description = "How long to wait until all are closed; default: ${DEFAULT-VALUE}")
  private int seconds = 60;

  @Mixin private final TargetOptions targets = new TargetOptions();

  /** What the server occupies at one time. */
  private record State(
      int clients, int descriptors, double residentMebibytes, String used, double cpuSeconds) {
    static State of(ServerProcess server, Client client) throws IOException {
      String[] files = new File("/proc/" + server.pid() + "/fd").list();
      return new State(
          Integer.parseInt(client.info("connected_clients")),
          files == null ? 0 : files.length,
          Rss.of(server.pid()) / MEBIBYTE,
          client.info("used_memory_human"),
          CpuTime.of(server.pid()).total() / 1e9);
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%d clients, %d descriptors, %.0f MiB resident, used_memory %s, %.1f s of CPU",
          clients,
          descriptors,
          residentMebibytes,
          used,
          cpuSeconds);
    }
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Certificate.make();
    int tlsPort = targets.port() + 1;
    boolean served = true;
    for (Target target : targets.targets()) {
      Target secure = Certificate.use(target, tlsPort);
      Target aside = new Target(target.name() + "-bystander", target.command());
      try (ServerProcess server = ServerProcess.start(secure, targets.port(), System::nanoTime);
          ServerProcess bystander =
              ServerProcess.start(aside, targets.port() + BYSTANDER, System::nanoTime)) {
        InetSocketAddress tls = new InetSocketAddress(server.address().getAddress(), tlsPort);
        served &= storm(target.name(), server, tls, bystander.address());
      }
    }
    return served ? 0 : 1;
  }

  private boolean storm(
      String name, ServerProcess server, InetSocketAddress tls, InetSocketAddress bystander)
      throws IOException, InterruptedException {
    try (Client admin = new Client(server.address());
        Probe probe = new Probe(server.address(), System::nanoTime);
        Probe aside = new Probe(bystander, System::nanoTime);
        Storm storm = new Storm(server.address(), tls)) {
      admin.ask("SET", Storm.LARGE, "x".repeat(1 << 20));
      Thread.sleep(QUIET_MILLIS);
      Histogram unused = probe.take();
      unused = aside.take();
      Thread.sleep(QUIET_MILLIS);
      report(name, "quiet", probe.take());
      report(name, "quiet, bystander", aside.take());
      State before = State.of(server, admin);
      System.out.println(name + ", before: " + before);

      storm.begin(new Storm.Size(halves, handshakes, unread, declared, resets));
      watch(name, server, admin, before.clients());
      report(name, "storm", probe.take());
      report(name, "storm, bystander", aside.take());
      System.out.printf(
          "%s: %d resets, %d connections refused or cut while they sent%n",
          name, storm.resets(), storm.refused());
      storm.end();
      storm.join(TimeUnit.SECONDS.toMillis(5));
      Thread.sleep(QUIET_MILLIS);
      Histogram after = probe.take();
      Thread.sleep(QUIET_MILLIS);
      report(name, "after", probe.take());
      System.out.println(name + ", after: " + State.of(server, admin));
      System.out.println(probe.failure().isEmpty() ? "" : name + ": " + probe.failure());
      return probe.failure().isEmpty() && after.getTotalCount() > 0;
    }
  }

  /** Says how many are connected, until all of the storm are gone or the time is over. */
  private void watch(String name, ServerProcess server, Client admin, int before)
      throws IOException, InterruptedException {
    long begin = System.nanoTime();
    int most = 0;
    int last = -1;
    for (int step = 0; step * STEP_MILLIS < seconds * 1000; step++) {
      Thread.sleep(STEP_MILLIS);
      int clients = State.of(server, admin).clients();
      most = Math.max(most, clients);
      double elapsed = (System.nanoTime() - begin) / 1e9;
      if (step % 25 == 0) {
        System.out.printf(Locale.ROOT, "%s, %.0f s: %s%n", name, elapsed, State.of(server, admin));
      }
      if (elapsed > 20 && clients <= before) {
        System.out.printf(
            Locale.ROOT, "%s: all closed after %.1f s, %d at most%n", name, elapsed, most);
        return;
      }
      last = clients;
    }
    System.out.printf("%s: %d still connected after %d s%n", name, last - before, seconds);
  }

  private static void report(String name, String when, Histogram latencies) {
    System.out.printf(
        Locale.ROOT,
        "%s, probe, %s: %d replies, p50 %.0f us, p99 %.0f us, p99.9 %.0f us, max %.0f us%n",
        name,
        when,
        latencies.getTotalCount(),
        latencies.getValueAtPercentile(50) / 1e3,
        latencies.getValueAtPercentile(99) / 1e3,
        latencies.getValueAtPercentile(99.9) / 1e3,
        latencies.getMaxValue() / 1e3);
  }
}
