package dev.redistill.loadtest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;

/**
 * Saves the keys of one server, and loads them again.
 *
 * @param compression what rdbcompression is set to
 */
record SnapshotRun(Target target, int port, String compression, LongSupplier ticker) {
  private static final Path DIRECTORY = Path.of("target", "loadtest", "snapshot");
  private static final String FILE = "dump.rdb";
  private static final Duration BEGIN = Duration.ofSeconds(1);
  private static final Duration STEP = Duration.ofMillis(20);

  /** What a server occupies: resident bytes and, of a JVM, those of its heap that are in use. */
  record Memory(long resident, double heap) {
    Memory max(Memory other) {
      return new Memory(Math.max(resident, other.resident), Math.max(heap, other.heap));
    }
  }

  /**
   * How saving went.
   *
   * @param quiet latencies without a snapshot
   * @param begin latencies in the first second of one
   * @param saving latencies from its begin to its end
   * @param aloneNanos the time of a snapshot without a load
   * @param nanos the time of one with it
   * @param before what the server occupied before
   * @param peak what it occupied at most
   * @param copied bytes that Redis says were copied because of the fork
   */
  record Saved(
      Histogram quiet,
      Histogram begin,
      Histogram saving,
      long aloneNanos,
      long nanos,
      Memory before,
      Memory peak,
      double copied,
      Faults faults) {}

  /**
   * How saving and loading went.
   *
   * @param nanos from the start of the process with the file to its first PONG
   */
  record Result(Saved saved, long fileBytes, long nanos, long keysLoaded) {}

  private String command() {
    return "%s --rdbcompression %s --dir %s --dbfilename %s"
        .formatted(target.command(), compression, directory().toAbsolutePath(), FILE);
  }

  private Path directory() {
    return DIRECTORY.resolve(target.name());
  }

  private ServerProcess start() throws IOException, InterruptedException {
    return ServerProcess.start(new Target(target.name(), command()), port, ticker);
  }

  Result run(Workload workload, Load.Drive drive, Duration warmUp, Duration time)
      throws IOException, InterruptedException {
    Files.createDirectories(directory());
    Path file = directory().resolve(FILE);
    Files.deleteIfExists(file);
    Saved saved;
    try (ServerProcess server = start();
        Client admin = new Client(server.address())) {
      admin.preload(workload);
      long alone = saveAlone(admin);
      try (Load load = Load.start(server.address(), workload, drive, ticker)) {
        load.go(warmUp);
        load.takeLatencies();
        load.go(time);
        saved = save(new Watch(server.pid(), admin), load, alone);
      }
    }
    long size = Files.size(file);
    try (ServerProcess server = start();
        Client admin = new Client(server.address())) {
      long keys = Long.parseLong(admin.ask("DBSIZE").substring(1));
      return new Result(saved, size, server.startNanos(), keys);
    } finally {
      Files.deleteIfExists(file);
      Files.deleteIfExists(directory().resolve(FILE + ".prev"));
    }
  }

  private long saveAlone(Client admin) throws IOException, InterruptedException {
    long start = ticker.getAsLong();
    begin(admin);
    while (isSaving(admin)) {
      Thread.sleep(STEP.toMillis());
    }
    long nanos = ticker.getAsLong() - start;
    String status = admin.info("persistence", "rdb_last_bgsave_status");
    if (!status.equals("ok")) {
      throw new IOException(target.name() + " could not save: " + status);
    }
    return nanos;
  }

  /** Saves under a load. */
  private Saved save(Watch watch, Load load, long alone) throws IOException, InterruptedException {
    Histogram quiet = load.takeLatencies();
    Memory before = watch.memory();
    long start = ticker.getAsLong();
    begin(watch.admin());
    load.go(BEGIN);
    Histogram begin = load.takeLatencies();
    Memory peak = before;
    while (isSaving(watch.admin())) {
      peak = peak.max(watch.memory());
      load.go(STEP);
    }
    long nanos = ticker.getAsLong() - start;
    Histogram saving = load.takeLatencies();
    saving.add(begin);
    load.stop();
    double copied = Double.parseDouble(watch.admin().info("persistence", "rdb_last_cow_size"));
    return new Saved(quiet, begin, saving, alone, nanos, before, peak, copied, load.faults());
  }

  private static void begin(Client admin) throws IOException {
    String reply = admin.ask("BGSAVE");
    if (!reply.startsWith("+")) {
      throw new IOException("BGSAVE was answered with: " + reply);
    }
  }

  private static boolean isSaving(Client admin) throws IOException {
    return admin.info("persistence", "rdb_bgsave_in_progress").equals("1");
  }

  /** Looks at a server, whose process may have a child meanwhile. */
  private record Watch(long pid, Client admin) {

    Memory memory() throws IOException {
      double heap =
          Jvm.is(pid) ? Double.parseDouble(admin.info("memory", "redistill_heap_used")) : 0;
      return new Memory(Rss.of(pid), heap);
    }
  }
}
