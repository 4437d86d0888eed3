package dev.redistill.store;

import java.util.concurrent.locks.AbstractQueuedSynchronizer;

/**
 * The lock of a shard: what {@link java.util.concurrent.locks.ReentrantLock} does, as a part of the
 * shard itself. So a write meets no other objects on its way, which are seldom in the processor's
 * cache while thousands of shards take turns.
 */
public abstract sealed class ShardLock extends AbstractQueuedSynchronizer permits ShardAccount {

  private static final long serialVersionUID = 1;

  ShardLock() {}

  /** Waits for the lock; whoever holds it may take it again. */
  final void lock() {
    acquire(1);
  }

  /** Takes the lock unless somebody else has it; answers false if so. */
  final boolean tryLock() {
    return tryAcquire(1);
  }

  /** Releases the lock, once for each time it was taken. */
  public final void unlock() {
    release(1);
  }

  final boolean isHeldByCurrentThread() {
    return getState() != 0 && getExclusiveOwnerThread() == Thread.currentThread();
  }

  @Override
  protected final boolean tryAcquire(int times) {
    if (compareAndSetState(0, times)) {
      setExclusiveOwnerThread(Thread.currentThread());
      return true;
    }
    if (getExclusiveOwnerThread() != Thread.currentThread()) {
      return false;
    }
    setState(getState() + times);
    return true;
  }

  @Override
  protected final boolean tryRelease(int times) {
    if (getExclusiveOwnerThread() != Thread.currentThread()) {
      throw new IllegalMonitorStateException();
    }
    int left = getState() - times;
    if (left == 0) {
      setExclusiveOwnerThread(null);
    }
    setState(left);
    return left == 0;
  }

  @Override
  protected final boolean isHeldExclusively() {
    return isHeldByCurrentThread();
  }
}
