package dev.redistill.snapshot;

import dev.redistill.store.Keyspace;
import dev.redistill.util.Clock;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The snapshots of one server: written when somebody asks for one or a rule says so, and loaded at
 * the start. What it tells may be asked for by any thread.
 */
public final class Snapshots {

  private static final Logger LOG = System.getLogger(Snapshots.class.getName());
  private static final long RETRY_MILLIS = 5000;
  private static final int MOST_LOADERS = 8;

  /** A snapshot that somebody waits for, or is being written. */
  private record Job(SaveProgress progress, CompletableFuture<Boolean> result) {}

  /** What is done for a job; it answers whether that went well. */
  private interface Work {

    boolean run(SaveProgress progress);
  }

  /**
   * How the snapshots so far went.
   *
   * @param failed whether the last one failed
   * @param savedAt when the last good one ended, at first the start of the server
   * @param triedAt when the last one began, good or not
   * @param millis how long the last one took, or -1
   * @param count how many were written
   * @param changes the count of changes to keys that the last good one had seen
   */
  private record History(
      boolean failed, long savedAt, long triedAt, long millis, long count, long changes) {

    /** The history when a snapshot has failed. */
    History failed(long begin, long end) {
      return new History(true, savedAt, begin, end - begin, count, changes);
    }
  }

  private final Keyspace keyspace;
  private final Clock clock;
  private final Supplier<SnapshotOptions> options;
  private final Disk disk;
  private final SnapshotSender sender;
  private final Executor writer;
  private final DirectoryLock lock = new DirectoryLock();
  private final AtomicReference<@Nullable Job> job = new AtomicReference<>();
  private volatile History history;
  private volatile Runnable listener = () -> {};
  private volatile boolean ready;
  private volatile @Nullable Boolean saveAtEnd;
  private volatile @Nullable SnapshotLoader loader;
  private volatile @Nullable SnapshotLoader last;

  /** Snapshots that are written by the given executor, one at a time. */
  public Snapshots(
      Keyspace keyspace, Clock clock, Supplier<SnapshotOptions> options, Executor writer) {
    this(keyspace, clock, options, writer, Disk.REAL);
  }

  Snapshots(
      Keyspace keyspace,
      Clock clock,
      Supplier<SnapshotOptions> options,
      Executor writer,
      Disk disk) {
    this.keyspace = keyspace;
    this.clock = clock;
    this.options = options;
    this.disk = disk;
    sender = new SnapshotSender(keyspace, clock, options, disk);
    this.writer = writer;
    history = new History(false, clock.millis(), 0, -1, 0, 0);
  }

  /** Has somebody told when a snapshot has failed or was written. */
  public void listen(Runnable newListener) {
    listener = newListener;
  }

  /** Takes the directory if snapshots will be written to it unasked. */
  public void prepare() throws IOException {
    if (!options.get().rules().isEmpty()) {
      hold(options.get());
    }
  }

  private void hold(SnapshotOptions wanted) throws IOException {
    if (lock.hold(wanted.directory())) {
      new SnapshotFile(disk, wanted).clean();
    }
  }

  /**
   * Loads the file if there is one. Only after that snapshots are written.
   *
   * @param previous whether to load the file before the last one instead
   * @param threads makes the threads that help
   * @param room makes room for so many bytes more, or answers that there is none
   */
  public void load(boolean previous, ThreadFactory threads, LongPredicate room) throws IOException {
    if (!isFound(previous)) {
      startEmpty();
    }
    if (ready) {
      return;
    }
    SnapshotOptions wanted = options.get();
    load(previous ? wanted.previous() : wanted.file(), wanted, threads, room);
    history = new History(false, clock.millis(), 0, -1, 0, keyspace.changes());
    ready = true;
  }

  /** Whether there is something to load: the file before the last one has to be there. */
  public boolean isFound(boolean previous) {
    return previous || Files.exists(options.get().file());
  }

  /** Starts with no keys: there is nothing to load any more. */
  public void startEmpty() {
    ready = true;
  }

  private void load(Path file, SnapshotOptions wanted, ThreadFactory threads, LongPredicate room)
      throws IOException {
    long start = clock.millis();
    SnapshotLoader loading = new SnapshotLoader(keyspace, wanted, room, start);
    loader = loading;
    last = loading;
    LOG.log(Level.INFO, "Loading {0}", file);
    try {
      int helpers = Math.clamp(Runtime.getRuntime().availableProcessors(), 2, MOST_LOADERS);
      String left = loading.load(file, helpers, threads);
      if (!left.isEmpty()) {
        LOG.log(Level.WARNING, "left out of {0}: {1}", file, left);
      }
    } catch (RdbException e) {
      throw new IOException("the snapshot " + file + " cannot be loaded: " + e.reason(), e);
    } catch (IOException e) {
      throw new IOException("the snapshot " + file + " cannot be read: " + e, e);
    } finally {
      loader = null;
    }
    LOG.log(
        Level.INFO,
        "DB loaded from disk: {0} keys, {1} were due, {2} seconds",
        loading.loaded(),
        loading.gone(),
        (clock.millis() - start) / 1000.0);
  }

  /** Whether the keys were loaded, so that they may be saved. */
  public boolean isReady() {
    return ready;
  }

  /** Has {@link #load} end as soon as it can, with an exception. */
  public void cancelLoading() {
    SnapshotLoader running = loader;
    if (running != null) {
      running.cancel();
    }
  }

  /** Begins a snapshot; answers what will tell whether it went well, or null if one is written. */
  public @Nullable CompletableFuture<Boolean> begin() {
    return begin(this::write);
  }

  private @Nullable CompletableFuture<Boolean> begin(Work work) {
    Job fresh = new Job(new SaveProgress(clock.millis()), new CompletableFuture<>());
    if (!ready || !job.compareAndSet(null, fresh)) {
      return null;
    }
    writer.execute(() -> run(fresh, work));
    return fresh.result();
  }

  /**
   * Begins a snapshot when the one that is being written has ended; answers what will tell whether
   * it went well, or null if there can be none.
   */
  public @Nullable CompletableFuture<Boolean> beginNext() {
    return beginNext(this::write);
  }

  /** The same with a snapshot that is sent to somebody, and of which no file is written. */
  public @Nullable CompletableFuture<Boolean> sendNext(Receiver receiver) {
    return beginNext(progress -> sender.send(receiver, progress));
  }

  private @Nullable CompletableFuture<Boolean> beginNext(Work work) {
    CompletableFuture<Boolean> begun = begin(work);
    while (ready && begun == null) {
      Job running = job.get();
      if (running != null) {
        var unused = running.result().join();
      }
      begun = begin(work);
    }
    return begun;
  }

  /** Ends the snapshot that is being written; answers whether there is one. */
  public boolean cancel() {
    Job running = job.get();
    if (running != null) {
      running.progress().cancel();
    }
    return running != null;
  }

  /** Begins a snapshot if a rule asks for one; called again and again. */
  public void tick() {
    if (job.get() == null && isDue()) {
      var unused = begin();
    }
  }

  /** Whether a rule asks for a snapshot. */
  private boolean isDue() {
    History before = history;
    long now = clock.millis();
    if (!ready || (before.failed() && now - before.triedAt() <= RETRY_MILLIS)) {
      return false;
    }
    long changes = changes();
    for (SnapshotOptions.Rule rule : options.get().rules()) {
      if (changes >= rule.changes() && now - before.savedAt() > rule.seconds() * 1000) {
        LOG.log(
            Level.INFO, "{0} changes in {1} seconds. Saving...", rule.changes(), rule.seconds());
        return true;
      }
    }
    return false;
  }

  private void run(Job wanted, Work work) {
    boolean good = work.run(wanted.progress());
    job.set(null);
    listener.run();
    wanted.result().complete(good);
  }

  private boolean write(SaveProgress progress) {
    History before = history;
    long start = clock.millis();
    long changes = keyspace.changes();
    LOG.log(Level.INFO, "Background saving started");
    try {
      SnapshotOptions wanted = options.get();
      hold(wanted);
      SnapshotContent content = new SnapshotContent(keyspace, wanted, start, progress);
      long size = new SnapshotFile(disk, wanted).replace(content, wanted.compresses());
      long end = clock.millis();
      history = new History(false, end, start, end - start, before.count() + 1, changes);
      LOG.log(
          Level.INFO,
          "DB saved on disk: {0} keys, {1} bytes, {2} seconds",
          progress.done(),
          Long.toString(size),
          (end - start) / 1000.0);
      return true;
    } catch (SnapshotContent.CancelledException e) {
      LOG.log(Level.WARNING, "Background saving was cancelled");
    } catch (IOException e) {
      LOG.log(Level.ERROR, "Background saving error: " + e);
      history = before.failed(start, clock.millis());
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "Background saving error", e);
      history = before.failed(start, clock.millis());
    }
    return false;
  }

  /** Says whether to write a snapshot at the end, whatever the rules say. */
  public void saveAtEnd(boolean yes) {
    saveAtEnd = yes;
  }

  /**
   * Writes a last snapshot in this thread if one is wanted; answers false if that failed. By now
   * the executor writes nothing any more.
   */
  public boolean close() {
    Boolean asked = saveAtEnd;
    boolean wanted = asked == null ? !options.get().rules().isEmpty() : asked;
    boolean good = !wanted || !ready || isSaved() || write(new SaveProgress(clock.millis()));
    try {
      lock.close();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "cannot give up the directory of the snapshots: " + e);
    }
    return good;
  }

  private boolean isSaved() {
    return history.count() > 0 && !history.failed() && changes() == 0;
  }

  /** How many changes to keys the last snapshot has not seen. */
  public long changes() {
    return keyspace.changes() - history.changes();
  }

  public boolean isSaving() {
    return job.get() != null;
  }

  /** Whether the last snapshot failed. */
  public boolean failed() {
    return history.failed();
  }

  /** When the last good snapshot ended, in Unix milliseconds; at first the start of the server. */
  public long savedAt() {
    return history.savedAt();
  }

  /** How many seconds the last snapshot took, or -1. */
  public long seconds() {
    return history.millis() < 0 ? -1 : history.millis() / 1000;
  }

  /** For how many seconds a snapshot has been being written, or -1. */
  public long runningSeconds() {
    Job running = job.get();
    return running == null ? -1 : (clock.millis() - running.progress().startedAt) / 1000;
  }

  /** How many snapshots were written since the start. */
  public long count() {
    return history.count();
  }

  /** How many keys of the snapshot that is being written are done. */
  public long keysDone() {
    Job running = job.get();
    return running == null ? 0 : running.progress().done();
  }

  /** How many keys the snapshot that is being written will hold. */
  public long keysTotal() {
    Job running = job.get();
    return running == null ? 0 : running.progress().total();
  }

  /** How far loading is, or null if nothing is being loaded. */
  public @Nullable LoadProgress loading() {
    SnapshotLoader running = loader;
    return running == null ? null : running.progress();
  }

  /** How many keys were loaded at the start. */
  public long keysLoaded() {
    SnapshotLoader done = last;
    return done == null ? 0 : done.loaded();
  }

  /** How many keys were not loaded at the start because their time had come. */
  public long keysExpired() {
    SnapshotLoader done = last;
    return done == null ? 0 : done.gone();
  }
}
