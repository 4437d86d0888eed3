package dev.redistill.command;

import dev.redistill.util.Clock;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Makes clients wait before their next command, as CLIENT PAUSE asks, and says why commands are
 * refused. What waits is guarded by a lock of its own.
 */
public final class Pause {

  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition over = lock.newCondition();
  private static final int PAUSED = 1;
  private static final int LOADING = 2;
  private static final int WRITES_REFUSED = 4;

  private final AtomicInteger reasons = new AtomicInteger();
  private final Set<Session> waiting = ConcurrentHashMap.newKeySet();
  private volatile long until;
  private boolean writesOnly;

  public Pause(Clock clock) {
    this.clock = clock;
  }

  /** Whether anybody may have to wait, or is refused. */
  boolean isOn() {
    return reasons.get() != 0;
  }

  /** Whether the keys are being loaded, so that most commands have to be refused. */
  public boolean isLoading() {
    return (reasons.get() & LOADING) != 0;
  }

  /** Whether commands that write are refused. */
  boolean refusesWrites() {
    return (reasons.get() & WRITES_REFUSED) != 0;
  }

  /** Says whether the keys are being loaded. */
  public void loading(boolean yes) {
    reason(LOADING, yes);
  }

  /** Says whether to refuse writes because the keys cannot be saved. */
  public void refuseWrites(boolean yes) {
    reason(WRITES_REFUSED, yes);
  }

  private void reason(int bit, boolean yes) {
    int unused = reasons.updateAndGet(bits -> yes ? bits | bit : bits & ~bit);
  }

  /** Pauses for so many milliseconds; a pause that is on is only ever made longer and wider. */
  public void begin(long millis, boolean onlyWrites) {
    lock.lock();
    try {
      boolean running = until > clock.millis();
      long end = clock.millis() + millis;
      writesOnly = running ? writesOnly && onlyWrites : onlyWrites;
      until = running ? Math.max(until, end) : end;
      reason(PAUSED, true);
    } finally {
      lock.unlock();
    }
  }

  /** Lets everybody go on. */
  public void end() {
    lock.lock();
    try {
      clear();
    } finally {
      lock.unlock();
    }
  }

  private void clear() {
    until = 0;
    reason(PAUSED, false);
    over.signalAll();
  }

  /** How many clients wait. */
  public int waiting() {
    return waiting.size();
  }

  /** Whether a client waits. */
  public boolean holds(Session session) {
    return waiting.contains(session);
  }

  /** Has a client wait until its command, of this kind, may run. */
  void await(Session session, boolean write) {
    lock.lock();
    try {
      while (isPausedFor(write)) {
        waiting.add(session);
        var unused = over.await(until - clock.millis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      waiting.remove(session);
      lock.unlock();
    }
  }

  private boolean isPausedFor(boolean write) {
    if (until != 0 && until <= clock.millis()) {
      clear();
    }
    return until != 0 && (write || !writesOnly);
  }
}
