package dev.redistill.loadtest;

import dev.redistill.loadtest.Workload.Mode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What clients notice when many keys are due at once, and when their memory is back. */
@Command(
    name = "expiry",
    mixinStandardHelpOptions = true,
    description = {
      "Has keys expire that are all due in the same second, while other keys are read at an",
      "offered rate; prints latencies before, in the two seconds from then on, and after."
    })
final class ExpiryCommand implements Callable<Integer> {
  private static final double DEFAULT_RATE = 10_000;
  private static final int READ_KEYS = 100_000;
  private static final int VALUE_SIZE = 64;
  private static final int CONNECTIONS = 50;
  private static final int LOADED_PER_SECOND = 40_000;
  private static final Duration DURING = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration STEP = Duration.ofMillis(20);
  private static final double MEBIBYTE = 1 << 20;
  private static final double NANOS_PER_MICRO = 1e3;
  private static final double MILLIS_PER_SECOND = 1e3;

  @Option(
      names = "--keys",
      paramLabel = "N",
      description = "Keys that are due (default: ${DEFAULT-VALUE}).")
  private int keys = 1_000_000;

  @Mixin private final TargetOptions targets = new TargetOptions();
  @Mixin private final LoadOptions load = new LoadOptions();

  private final Table table =
      new Table(
          "",
          "p99.9 us before",
          "during",
          "after",
          "max us before",
          "during",
          "after",
          "MiB full",
          "2 s later",
          "in the end",
          "all gone after s");

  @Override
  public Integer call() throws IOException, InterruptedException {
    boolean right = true;
    for (Target target : targets.targets()) {
      try (ServerProcess server = ServerProcess.start(target, targets.port(), System::nanoTime)) {
        right &= run(target, server);
      }
    }
    System.out.println(table);
    return right ? 0 : 1;
  }

  private boolean run(Target target, ServerProcess server)
      throws IOException, InterruptedException {
    Workload workload = new Workload(Mode.GET_SET, 100, READ_KEYS, 0, VALUE_SIZE, 1, CONNECTIONS);
    Load.Drive asked = load.drive();
    Load.Drive drive = asked.rate() > 0 ? asked : asked.withRate(DEFAULT_RATE);
    try (Client control = new Client(server.address())) {
      control.preload(workload);
      Instant due = prepare(server);
      try (Load reads = Load.start(server.address(), workload, drive, System::nanoTime)) {
        watch(target, control, due, reads);
        long unused = reads.stop();
        if (reads.faults().any()) {
          System.out.println(target.name() + ": " + reads.faults());
        }
        return !reads.faults().any();
      }
    }
  }

  /** Sets the keys, and answers when they are due, all in the second from then on. */
  private Instant prepare(ServerProcess server) throws IOException {
    long first = Instant.now().getEpochSecond() + keys / LOADED_PER_SECOND;
    Instant due = Instant.ofEpochSecond(first).plus(load.warmUp()).plus(load.time()).plus(DURING);
    String value = "v".repeat(VALUE_SIZE);
    try (Feeder feeder = new Feeder(server.address())) {
      for (int i = 0; i < keys; i++) {
        String at = Long.toString(due.toEpochMilli() + i % 1000);
        feeder.send("SET", "due:%012d".formatted(i), value, "PXAT", at);
      }
      feeder.flush();
    }
    return due;
  }

  private void watch(Target target, Client control, Instant due, Load reads)
      throws IOException, InterruptedException {
    Duration left = Duration.between(Instant.now(), due);
    if (left.compareTo(load.time()) < 0) {
      throw new IOException("it took too long to set the keys");
    }
    reads.go(left.minus(load.time()));
    reads.takeLatencies();
    long full = used(control);
    reads.go(Duration.between(Instant.now(), due));
    Histogram before = reads.takeLatencies();
    double inTime = awaitEnd(control, reads, due, due.plus(DURING));
    Duration rest = Duration.between(Instant.now(), due.plus(DURING));
    if (rest.isPositive()) {
      reads.go(rest);
    }
    Histogram during = reads.takeLatencies();
    long later = used(control);
    double goneAfter =
        Double.isFinite(inTime) ? inTime : awaitEnd(control, reads, due, due.plus(PATIENCE));
    reads.takeLatencies();
    reads.go(load.time());
    Histogram after = reads.takeLatencies();
    table.row(
        target.name(),
        micros(before.getValueAtPercentile(99.9)),
        micros(during.getValueAtPercentile(99.9)),
        micros(after.getValueAtPercentile(99.9)),
        micros(before.getMaxValue()),
        micros(during.getMaxValue()),
        micros(after.getMaxValue()),
        Table.number(full / MEBIBYTE),
        Table.number(later / MEBIBYTE),
        Table.number(used(control) / MEBIBYTE),
        Table.number(goneAfter));
  }

  /** Waits until only keys without expiry are left; answers after how long, or never. */
  private static double awaitEnd(Client control, Load reads, Instant due, Instant limit)
      throws IOException, InterruptedException {
    while (Instant.now().isBefore(limit)) {
      reads.go(STEP);
      if (control.ask("DBSIZE").equals(":" + READ_KEYS)) {
        return Duration.between(due, Instant.now()).toMillis() / MILLIS_PER_SECOND;
      }
    }
    return Double.POSITIVE_INFINITY;
  }

  private static long used(Client control) throws IOException {
    return Long.parseLong(control.info("memory", "used_memory"));
  }

  private static String micros(long nanos) {
    return Table.number(nanos / NANOS_PER_MICRO);
  }
}
