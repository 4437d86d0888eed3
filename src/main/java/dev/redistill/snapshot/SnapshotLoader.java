package dev.redistill.snapshot;

import dev.redistill.store.Database;
import dev.redistill.store.Footprint;
import dev.redistill.store.KeyLoader;
import dev.redistill.store.Keyspace;
import dev.redistill.store.Prefetch;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Fills the databases from a file: one thread reads it, some others put the keys in. */
final class SnapshotLoader implements RdbSink {

  private static final int BATCH = 64;
  private static final int WAITING = 256;
  private static final long PATIENCE_MILLIS = 10;
  private static final long LEAST_PER_KEY = 64;
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

  private void requireDatabase(int number) throws RdbException {
    if (number >= keyspace.count()) {
      throw new RdbException(
          "it holds keys of database "
              + number
              + ", but the setting databases is "
              + keyspace.count());
    }
  }

  @Override
  public void announce(int database, long keys, long expiring) throws IOException {
    requireDatabase(database);
    if (room.test(LEAST_PER_KEY * keys)) {
      KeyLoader.expect(keyspace.database(database), keys);
    }
  }

  @Override
  public void entry(LoadedEntry entry) throws IOException {
    requireDatabase(entry.database());
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
    Probe[] probes = Stream.generate(Probe::new).limit(BATCH).toArray(Probe[]::new);
    Prefetch prefetch = new Prefetch(BATCH);
    try {
      List<LoadedEntry> entries = queue.take();
      while (!entries.isEmpty()) {
        requireRoom(entries);
        put(entries, probes, prefetch);
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

  /** Puts keys in; what they meet there is brought into the cache for all of them at once. */
  private void put(List<LoadedEntry> entries, Probe[] probes, Prefetch prefetch) {
    prefetch.clear();
    for (int i = 0; i < entries.size(); i++) {
      prefetch.add(probes[i].set(entries.get(i).key()));
    }
    prefetch.touch(keyspace.database(entries.getFirst().database()));
    for (int i = 0; i < entries.size(); i++) {
      put(entries.get(i), probes[i]);
    }
  }

  private void put(LoadedEntry entry, Probe probe) {
    Database database = keyspace.database(entry.database());
    int access = entry.usage().access(options.usage(), now);
    if (!KeyLoader.load(database, probe, entry.value(), entry.expireAt(), access)) {
      refusal = new RdbException("it holds the same key twice");
    }
  }
}
