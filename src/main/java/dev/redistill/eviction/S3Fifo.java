package dev.redistill.eviction;

import dev.redistill.store.Database;
import dev.redistill.store.Entry;
import dev.redistill.store.EntrySampler;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The queues of S3-FIFO for a group of shards: new keys stand in a small queue, those that were
 * used more than once while there move to the main one, and of those that were not the hash is
 * remembered, so that they go to the main queue when they come back soon.
 */
final class S3Fifo implements EvictionQueue {

  /* Juncheng Yang, Yazhuo Zhang, Ziyue Qiu, Yao Yue, K. V. Rashmi: FIFO queues are all you need for cache eviction.
  SOSP 2023. A hit only counts in the entry, up to 3, without a lock. */

  private static final int SMALL_SHARE = 10;
  private static final int USED_MORE_THAN_ONCE = 2;
  private static final int MOST_MOVES = 4096;

  private final ReentrantLock lock = new ReentrantLock();
  private final EntryRing small = new EntryRing();
  private final EntryRing main = new EntryRing();
  private final Ghosts ghosts = new Ghosts();

  @Override
  public void arrived(Entry entry) {
    lock.lock();
    try {
      entry.uses(0);
      if (ghosts.take(entry.hash(), remembered())) {
        main.addLast(entry);
      } else {
        small.addLast(entry);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void cleared() {
    lock.lock();
    try {
      small.clear();
      main.clear();
      ghosts.clear();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public @Nullable Entry next(Database database, EntrySampler chance) {
    lock.lock();
    try {
      return spare();
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Entry spare() {
    for (int moves = 0; small.size() + main.size() > 0; moves++) {
      boolean isSmallFull = small.bytes() >= (small.bytes() + main.bytes()) / SMALL_SHARE;
      boolean fromSmall = isSmallFull || main.size() == 0;
      Entry entry = fromSmall ? small.poll() : main.poll();
      if (entry != null && (moves >= MOST_MOVES || !moves(entry, fromSmall))) {
        return entry;
      }
    }
    return null;
  }

  /** As many of those that have gone as the main queue has room for. */
  private int remembered() {
    int size = small.size() + main.size();
    return size - size / SMALL_SHARE;
  }

  /** Moves an entry on that was used; answers false if it goes. */
  private boolean moves(Entry entry, boolean fromSmall) {
    int uses = entry.uses();
    if (fromSmall && uses >= USED_MORE_THAN_ONCE) {
      entry.uses(0);
      main.addLast(entry, small);
      return true;
    }
    if (fromSmall) {
      ghosts.add(entry.hash(), remembered());
      return false;
    }
    if (uses > 0) {
      entry.uses(uses - 1);
      main.addLast(entry, main);
      return true;
    }
    return false;
  }

  @Override
  public long footprint() {
    return small.footprint() + main.footprint() + ghosts.footprint();
  }
}
