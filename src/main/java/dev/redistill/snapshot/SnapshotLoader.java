package dev.redistill.snapshot;

import dev.redistill.store.Footprint;
import dev.redistill.store.Keyspace;
import dev.redistill.store.Probe;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** Fills the databases from a file: one thread reads it, some others put the keys in. */
final class SnapshotLoader implements RdbSink {

  private static final int BATCH = 256;
  private static final int WAITING = 64;
  private static final long PATIENCE_MILLIS = 10;
  private static final List<LoadedEntry> END = List.of();
  private static final RdbException NO_ROOM =
      new RdbException("the heap cannot hold all of its keys; REDISTILL_HEAP makes it larger");

  private final Keyspace keyspace;
  private final SnapshotOptions options;
  private final LongPredicate room;
  private final long now;
  private final BlockingQueue<List<LoadedEntry>> queue = new ArrayBlockingQueue<>(WAITING);
  private final LongAdder loaded = new LongAdder();
  private List<LoadedEntry> batch = new ArrayList<>(BATCH);
  private volatile @Nullable RuntimeException failure;
  private volatile @Nullable RdbException refusal;
  private volatile @Nullable RdbInput input;
  private volatile long size;
  private volatile long gone;
  private volatile boolean cancelled;

  SnapshotLoader(Keyspace keyspace, SnapshotOptions options, LongPredicate room, long now) {
    this.keyspace = keyspace;
    this.options = options;
    this.room = room;
    this.now = now;
  }

  LoadProgress progress() {
    RdbInput reading = input;
    return new LoadProgress(now, size, reading == null ? 0 : reading.progress());
  }

  long loaded() {
    return loaded.sum();
  }

  /** How many keys were left out because their time had come. */
  long gone() {
    return gone;
  }

  /** Loads the whole file with so many threads beside this one; answers what was left out. */
  String load(Path file, int threads, ThreadFactory factory) throws IOException {
    List<Thread> workers = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      Thread worker = factory.newThread(this::work);
      worker.start();
      workers.add(worker);
    }
    try {
      return read(file);
    } catch (OutOfMemoryError e) {
      throw NO_ROOM;
    } finally {
      finish(workers);
    }
  }

  private String read(Path file) throws IOException {
    size = Files.size(file);
    try (InputStream stream = Files.newInputStream(file)) {
      RdbInput reading = new RdbInput(stream, size);
      input = reading;
      RdbReader reader = new RdbReader(reading, this, options.limits(), now);
      reader.read();
      hand(batch);
      if (!reader.foreignCounts().isEmpty() && !options.skipsForeign()) {
        throw new RdbException(
            "it holds keys of types that this server does not have: "
                + reader.foreignText()
                + "; rdb-skip-unknown yes loads it without them");
      }
      return reader.foreignText();
    }
  }

  @Override
  public void entry(LoadedEntry entry) throws IOException {
    if (entry.database() >= keyspace.count()) {
      throw new RdbException(
          "it holds keys of database "
              + entry.database()
              + ", but the setting databases is "
              + keyspace.count());
    }
    batch.add(entry);
    if (batch.size() == BATCH) {
      hand(batch);
      batch = new ArrayList<>(BATCH);
    }
  }

  @Override
  public void due() {
    long next = gone + 1;
    gone = next;
  }

  private void hand(List<LoadedEntry> entries) throws IOException {
    try {
      boolean taken = false;
      while (!taken) {
        check();
        taken = queue.offer(entries, PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  void cancel() {
    cancelled = true;
  }

  private void check() throws IOException {
    if (cancelled) {
      throw new IOException("cancelled");
    }
    RuntimeException failed = failure;
    if (failed != null) {
      throw new IOException("loading failed", failed);
    }
    RdbException refused = refusal;
    if (refused != null) {
      throw refused;
    }
  }

  private void finish(List<Thread> workers) throws IOException {
    try {
      for (Thread worker : workers) {
        while (worker.isAlive()) {
          boolean unused = queue.offer(END);
          worker.join(PATIENCE_MILLIS);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    check();
  }

  private void work() {
    Probe probe = new Probe();
    try {
      List<LoadedEntry> entries = queue.take();
      while (!entries.isEmpty()) {
        requireRoom(entries);
        for (LoadedEntry entry : entries) {
          put(entry, probe);
        }
        loaded.add(entries.size());
        entries = queue.take();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (OutOfMemoryError e) {
      refusal = NO_ROOM;
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  private void requireRoom(List<LoadedEntry> entries) {
    long bytes = 0;
    for (LoadedEntry entry : entries) {
      bytes += Footprint.entry(entry.key().length, entry.value());
    }
    if (!room.test(bytes)) {
      refusal = NO_ROOM;
    }
  }

  private void put(LoadedEntry entry, Probe probe) {
    int stamp = entry.usage().stamp(options.usage(), now);
    int uses = entry.usage().uses(options.usage());
    boolean fresh =
        keyspace
            .database(entry.database())
            .load(probe.set(entry.key()), entry.value(), entry.expireAt(), stamp, uses);
    if (!fresh) {
      refusal = new RdbException("it holds the same key twice");
    }
  }
}
