package dev.redistill.loadtest;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whether the memory limit holds while clients write more than fits, of all sizes at once. */
@Command(
    name = "flood",
    mixinStandardHelpOptions = true,
    description = {
      "Ten clients write values of 10 bytes to 4 MB under maxmemory 100mb, with each policy.",
      "Prints the most memory used, the RSS and the collector's longest pause; each sample stands",
      "in target/loadtest/flood-POLICY.csv, drawn in flood-POLICY.svg."
    })
final class FloodCommand implements Callable<Integer> {
  private static final int CLIENTS = 10;
  private static final long LIMIT = 100 << 20;
  private static final int MOST_BYTES = 4 << 20;
  private static final int LEAST_BYTES = 10;
  private static final int KEYS = 200_000;
  private static final int SAMPLE_MILLIS = 50;
  private static final double MEBIBYTE = 1 << 20;
  private static final Path LOGS = Path.of("target", "loadtest");
  private static final Pattern PAUSE = Pattern.compile("^\\[(\\d+)ns] .*Pause .* ([0-9.]+)ms$");
  private static final double NANOS_PER_SECOND = 1e9;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "How long with each policy (default: ${DEFAULT-VALUE}).")
  private int seconds = 60;

  @Option(
      names = "--policies",
      split = ",",
      paramLabel = "POLICY",
      description = "Policies of our server (${DEFAULT-VALUE}).")
  private List<String> policies =
      List.of(
          "noeviction",
          "allkeys-lru",
          "volatile-lru",
          "allkeys-lfu",
          "volatile-lfu",
          "allkeys-random",
          "volatile-random",
          "volatile-ttl",
          "allkeys-lrm",
          "volatile-lrm",
          "allkeys-s3fifo",
          "allkeys-tinylfu");

  @Mixin private final TargetOptions targets = new TargetOptions();

  private volatile boolean over;

  /** What was seen at one moment, or what the most was. */
  private record Sample(double seconds, long used, long rss, double waitMillis) {
    Sample max(Sample other) {
      return new Sample(
          Math.max(seconds, other.seconds),
          Math.max(used, other.used),
          Math.max(rss, other.rss),
          Math.max(waitMillis, other.waitMillis));
    }
  }

  /** Bytes that all clients have sent, replies that were no OK, and clients that were closed. */
  private static final class Counts {
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong closed = new AtomicLong();
  }

  /**
   * A pause of the collector: when it ended, on the clock of all processes, and how long it was.
   */
  private record Pause(long nanos, double millis) {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    Files.createDirectories(LOGS);
    Table table =
        new Table(
            "",
            "used / limit",
            "RSS MiB, most",
            "longest wait ms",
            "longest pause ms",
            "pauses",
            "sent MiB",
            "refused",
            "closed");
    boolean held = true;
    for (Target target : targets.targets()) {
      if (!target.name().equals(Target.REDIS)) {
        for (String policy : policies) {
          held &= flood(target, policy, table);
        }
      }
    }
    System.out.println(table);
    return held ? 0 : 1;
  }

  private boolean flood(Target target, String policy, Table table)
      throws IOException, InterruptedException {
    Path log = LOGS.resolve("flood-gc.log");
    Counts counts = new Counts();
    List<Sample> samples;
    long begin;
    try (ServerProcess server =
        ServerProcess.start(limited(target, policy, log), targets.port(), System::nanoTime)) {
      over = false;
      List<Thread> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        SplittableRandom random = new SplittableRandom(i);
        InetSocketAddress address = server.address();
        clients.add(Thread.ofPlatform().start(() -> write(address, random, counts)));
      }
      begin = System.nanoTime();
      samples = watch(server, begin);
      over = true;
      for (Thread client : clients) {
        client.join();
      }
    }
    List<Pause> pauses = pauses(log);
    keep(policy, samples, longest(samples, pauses, begin));
    Sample most = samples.stream().reduce(Sample::max).orElseThrow();
    double share = (double) most.used() / LIMIT;
    table.row(
        policy,
        String.format(Locale.ROOT, "%.3f", share),
        Table.number(most.rss() / MEBIBYTE),
        Table.number(most.waitMillis()),
        Table.number(pauses.stream().mapToDouble(Pause::millis).max().orElse(0)),
        Integer.toString(pauses.size()),
        Table.number(counts.written.get() / MEBIBYTE),
        counts.refused.toString(),
        counts.closed.toString());
    return share <= 1.05;
  }

  private static Target limited(Target target, String policy, Path log) {
    return new Target(
        target.name(),
        "env REDISTILL_JAVA_OPTS=-Xlog:gc:file=%s:timenanos %s --maxmemory %d --maxmemory-policy %s"
            .formatted(log.toAbsolutePath(), target.command(), LIMIT, policy));
  }

  private static List<Pause> pauses(Path log) throws IOException {
    return Files.readAllLines(log).stream()
        .map(PAUSE::matcher)
        .filter(Matcher::find)
        .map(found -> new Pause(Long.parseLong(found.group(1)), Double.parseDouble(found.group(2))))
        .toList();
  }

  /** The longest pause, in milliseconds, between each sample and the one before it. */
  private static List<Double> longest(List<Sample> samples, List<Pause> pauses, long begin) {
    List<Double> longest = new ArrayList<>();
    double from = 0;
    for (Sample sample : samples) {
      double start = from;
      longest.add(
          pauses.stream()
              .filter(pause -> isBetween(start, (pause.nanos() - begin) / NANOS_PER_SECOND, sample))
              .mapToDouble(Pause::millis)
              .max()
              .orElse(0));
      from = sample.seconds();
    }
    return longest;
  }

  private static boolean isBetween(double start, double moment, Sample sample) {
    return moment > start && moment <= sample.seconds();
  }

  private static void keep(String policy, List<Sample> samples, List<Double> pauses)
      throws IOException {
    StringBuilder lines = new StringBuilder("seconds,used_memory,rss,longest_pause_ms\n");
    for (int i = 0; i < samples.size(); i++) {
      Sample at = samples.get(i);
      lines.append(
          String.format(
              Locale.ROOT, "%.2f,%d,%d,%.2f%n", at.seconds(), at.used(), at.rss(), pauses.get(i)));
    }
    Files.writeString(LOGS.resolve("flood-" + policy + ".csv"), lines);
    TimePlot plot =
        new TimePlot("flood, " + policy, samples.stream().map(Sample::seconds).toList());
    plot.panel(
        "used_memory, MiB (line: maxmemory)",
        LIMIT / MEBIBYTE,
        samples.stream().map(at -> at.used() / MEBIBYTE).toList());
    plot.panel("RSS, MiB", 0, samples.stream().map(at -> at.rss() / MEBIBYTE).toList());
    plot.panel("longest pause of the collector, ms", 0, pauses);
    plot.write(LOGS.resolve("flood-" + policy + ".svg"));
  }

  private void write(InetSocketAddress address, SplittableRandom random, Counts counts) {
    while (!over) {
      try (Client client = new Client(address)) {
        write(client, random, counts);
      } catch (IOException e) {
        counts.closed.incrementAndGet();
      }
    }
  }

  private void write(Client client, SplittableRandom random, Counts counts) throws IOException {
    while (!over) {
      double factor = Math.pow((double) MOST_BYTES / LEAST_BYTES, random.nextDouble());
      int length = (int) (LEAST_BYTES * factor);
      String key = "flood:" + random.nextInt(KEYS);
      String reply = client.ask("SET", key, "v".repeat(length), "EX", "1000");
      counts.written.addAndGet(length);
      if (!reply.equals("+OK")) {
        counts.refused.incrementAndGet();
      }
    }
  }

  private List<Sample> watch(ServerProcess server, long begin)
      throws IOException, InterruptedException {
    List<Sample> samples = new ArrayList<>();
    try (Client probe = new Client(server.address())) {
      for (double at = 0; at < seconds; at = (System.nanoTime() - begin) / NANOS_PER_SECOND) {
        long asked = System.nanoTime();
        long used = Long.parseLong(probe.info("memory", "used_memory"));
        double wait = (System.nanoTime() - asked) / 1e6;
        samples.add(new Sample(at, used, Rss.of(server.pid()), wait));
        Thread.sleep(SAMPLE_MILLIS);
      }
    }
    return samples;
  }
}
