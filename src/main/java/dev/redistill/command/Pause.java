package dev.redistill.command;

import dev.redistill.util.Clock;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Makes clients wait before their next command, as CLIENT PAUSE asks. Guarded by its own lock. */
public final class Pause {

  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition over = lock.newCondition();
  private volatile long until;
  private boolean writesOnly;

  public Pause(Clock clock) {
    this.clock = clock;
  }

  /** Whether anybody may have to wait. */
  boolean isOn() {
    return until != 0;
  }

  /** Pauses for so many milliseconds; a pause that is on is only ever made longer and wider. */
  public void begin(long millis, boolean onlyWrites) {
    lock.lock();
    try {
      boolean running = until > clock.millis();
      long end = clock.millis() + millis;
      writesOnly = running ? writesOnly && onlyWrites : onlyWrites;
      until = running ? Math.max(until, end) : end;
    } finally {
      lock.unlock();
    }
  }

  /** Lets everybody go on. */
  public void end() {
    lock.lock();
    try {
      until = 0;
      over.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until a command of this kind may run. */
  void await(boolean write) {
    lock.lock();
    try {
      while (isPausedFor(write)) {
        var unused = over.await(until - clock.millis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  private boolean isPausedFor(boolean write) {
    if (until != 0 && until <= clock.millis()) {
      until = 0;
      over.signalAll();
    }
    return until != 0 && (write || !writesOnly);
  }
}
