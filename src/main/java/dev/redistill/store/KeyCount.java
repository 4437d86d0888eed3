package dev.redistill.store;

import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;

/**
 * Counts the keys of shards without a lock: it counts again when a write of several keys came in
 * between, so that none is counted by half.
 */
final class KeyCount {

  private static final int MOST_COUNTS = 1000;
  private static final int SPINS = 20;
  private static final long PAUSE_NANOS = 20_000;
  private static final long UNSETTLED = -1;

  private KeyCount() {}

  /** The number of entries, as it was at one moment if such writes leave one. */
  static long of(Shard[] shards) {
    for (int i = 0; i < MOST_COUNTS; i++) {
      long before = versions(shards);
      long sum = sum(shards);
      VarHandle.loadLoadFence();
      if (before != UNSETTLED && before == versions(shards)) {
        return sum;
      }
      pause(i);
    }
    return sum(shards);
  }

  /** The writer is about to end, or has lost its processor. */
  private static void pause(int tries) {
    if (tries < SPINS) {
      Thread.onSpinWait();
    } else {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private static long sum(Shard[] shards) {
    long sum = 0;
    for (Shard shard : shards) {
      sum += shard.size();
    }
    return sum;
  }

  /** A number that grows with every write of several keys, or that one is in progress. */
  private static long versions(Shard[] shards) {
    long sum = 0;
    for (Shard shard : shards) {
      int version = shard.version();
      if ((version & 1) != 0 && !shard.isHeldByCurrentThread()) {
        return UNSETTLED;
      }
      sum += Integer.toUnsignedLong(version);
    }
    return sum;
  }
}
