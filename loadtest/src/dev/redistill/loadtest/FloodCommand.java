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
      "in target/loadtest/flood-POLICY.csv."
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
  private static final Pattern PAUSE = Pattern.compile("Pause .* ([0-9.]+)ms$");

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

  /** What was seen under one policy. */
  private record Peak(long used, long rss, double waitMillis) {}

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
            "refused");
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
    Target logging =
        new Target(
            target.name(),
            "env REDISTILL_JAVA_OPTS=-Xlog:gc:file=%s:none %s --maxmemory %d --maxmemory-policy %s"
                .formatted(log.toAbsolutePath(), target.command(), LIMIT, policy));
    AtomicLong written = new AtomicLong();
    AtomicLong refused = new AtomicLong();
    Peak peak;
    try (ServerProcess server = ServerProcess.start(logging, targets.port(), System::nanoTime)) {
      over = false;
      List<Thread> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        SplittableRandom random = new SplittableRandom(i);
        InetSocketAddress address = server.address();
        clients.add(Thread.ofPlatform().start(() -> write(address, random, written, refused)));
      }
      peak = watch(server, LOGS.resolve("flood-" + policy + ".csv"));
      over = true;
      for (Thread client : clients) {
        client.join();
      }
    }
    List<Double> times = pauses(log);
    double share = (double) peak.used() / LIMIT;
    table.row(
        policy,
        String.format(Locale.ROOT, "%.3f", share),
        Table.number(peak.rss() / MEBIBYTE),
        Table.number(peak.waitMillis()),
        Table.number(times.stream().mapToDouble(t -> t).max().orElse(0)),
        Integer.toString(times.size()),
        Table.number(written.get() / MEBIBYTE),
        Long.toString(refused.get()));
    return share <= 1.05;
  }

  /** The collector's pauses in milliseconds. */
  private static List<Double> pauses(Path log) throws IOException {
    return Files.readAllLines(log).stream()
        .map(PAUSE::matcher)
        .filter(Matcher::find)
        .map(matcher -> Double.parseDouble(matcher.group(1)))
        .toList();
  }

  private void write(
      InetSocketAddress address, SplittableRandom random, AtomicLong written, AtomicLong refused) {
    try (Client client = new Client(address)) {
      while (!over) {
        double factor = Math.pow((double) MOST_BYTES / LEAST_BYTES, random.nextDouble());
        int length = (int) (LEAST_BYTES * factor);
        String key = "flood:" + random.nextInt(KEYS);
        String reply = client.ask("SET", key, "v".repeat(length), "EX", "1000");
        written.addAndGet(length);
        if (!reply.equals("+OK")) {
          refused.incrementAndGet();
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("a client was closed", e);
    }
  }

  private Peak watch(ServerProcess server, Path file) throws IOException, InterruptedException {
    Peak peak = new Peak(0, 0, 0);
    StringBuilder samples = new StringBuilder("seconds,used_memory,rss\n");
    long begin = System.nanoTime();
    try (Client probe = new Client(server.address())) {
      for (double at = 0; at < seconds; at = (System.nanoTime() - begin) / 1e9) {
        long asked = System.nanoTime();
        long used = Long.parseLong(probe.info("memory", "used_memory"));
        double wait = (System.nanoTime() - asked) / 1e6;
        long rss = Rss.of(server.pid());
        samples.append(String.format(Locale.ROOT, "%.2f,%d,%d%n", at, used, rss));
        peak =
            new Peak(
                Math.max(peak.used(), used),
                Math.max(peak.rss(), rss),
                Math.max(peak.waitMillis(), wait));
        Thread.sleep(SAMPLE_MILLIS);
      }
    }
    Files.writeString(file, samples);
    return peak;
  }
}
