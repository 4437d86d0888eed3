package dev.redistill.snapshot;

/** How far the writing of a snapshot is. Written by one thread, read by any. */
final class SaveProgress {

  final long startedAt;
  private volatile long total;
  private volatile long done;
  private volatile boolean cancelled;

  SaveProgress(long startedAt) {
    this.startedAt = startedAt;
  }

  void total(long keys) {
    total = keys;
  }

  void done(long keys) {
    done = keys;
  }

  void cancel() {
    cancelled = true;
  }

  long total() {
    return total;
  }

  long done() {
    return done;
  }

  boolean isCancelled() {
    return cancelled;
  }
}
