package dev.redistill.eviction;

import dev.redistill.store.Entry;
import dev.redistill.store.Footprint;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The queues of W-TinyLFU for a group of shards. New keys pass a window; behind it a key stays only
 * if for its size it is used more than the one that would have to go instead. Keys that are used
 * while they stand in the main part are protected there.
 */
final class TinyLfu implements EvictionQueue {

  /* Gil Einziger, Ohad Eytan, Roy Friedman, Ben Manes: Adaptive software cache management, Middleware 2018, and
  Lightweight robust size aware cache management, ACM Transactions on Storage, 2022. The queues are first in,
  first out with another chance for what was used, so that a hit moves nothing and takes no lock. Frequencies are
  compared per byte: of two keys used equally often the larger one goes. */

  private static final int PROTECTED_SHARE = 5;
  private static final int MOST_MOVES = 4096;

  private final ReentrantLock lock = new ReentrantLock();
  private final EntryRing window = new EntryRing();
  private final EntryRing probation = new EntryRing();
  private final EntryRing guarded = new EntryRing();
  private final FrequencySketch sketch;
  private final WindowShare share;

  TinyLfu(FrequencySketch sketch, WindowShare share) {
    this.sketch = sketch;
    this.share = share;
  }

  @Override
  public void arrived(Entry entry) {
    lock.lock();
    try {
      entry.uses(0);
      window.addLast(entry);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void cleared() {
    lock.lock();
    try {
      window.clear();
      probation.clear();
      guarded.clear();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public @Nullable Entry next() {
    lock.lock();
    try {
      long all = window.bytes() + probation.bytes() + guarded.bytes();
      if (probation.size() + guarded.size() == 0) {
        fillMain(all);
      }
      Entry candidate = window.bytes() > share.of(all) ? leaveWindow() : null;
      Entry victim = leaveMain();
      if (candidate == null) {
        return victim == null ? window.poll() : victim;
      }
      if (victim == null) {
        return candidate;
      }
      if (isWorthMore(candidate, victim)) {
        probation.addLast(candidate);
        return victim;
      }
      probation.addFirst(victim);
      return candidate;
    } finally {
      lock.unlock();
    }
  }

  /** Lets the first keys in without a comparison: there was room for all of them until now. */
  private void fillMain(long all) {
    long most = share.of(all);
    while (window.bytes() > most) {
      Entry entry = window.poll();
      if (entry != null) {
        probation.addLast(entry);
      }
    }
  }

  /** Whether an entry is used more, for its size, than another. */
  private boolean isWorthMore(Entry candidate, Entry victim) {
    long wanted = (long) sketch.estimate(candidate.hash()) * Footprint.entry(victim);
    long held = (long) sketch.estimate(victim.hash()) * Footprint.entry(candidate);
    return wanted > held;
  }

  private @Nullable Entry leaveWindow() {
    for (int moves = 0; ; moves++) {
      Entry entry = window.poll();
      if (entry == null || entry.uses() == 0 || moves >= MOST_MOVES) {
        return entry;
      }
      entry.uses(0);
      window.addLast(entry);
    }
  }

  /** Takes the entry out that the main part can spare first. */
  private @Nullable Entry leaveMain() {
    for (int moves = 0; ; moves++) {
      if (probation.size() == 0) {
        demote();
      }
      Entry entry = probation.poll();
      if (entry == null || entry.uses() == 0 || moves >= MOST_MOVES) {
        return entry;
      }
      entry.uses(0);
      guarded.addLast(entry);
      if (guarded.bytes() / (PROTECTED_SHARE - 1) > probation.bytes()) {
        demote();
      }
    }
  }

  /** Moves the protected entry that was not used for longest back to probation. */
  private void demote() {
    for (int moves = 0; ; moves++) {
      Entry entry = guarded.poll();
      if (entry == null) {
        return;
      }
      if (entry.uses() == 0 || moves >= MOST_MOVES) {
        probation.addLast(entry);
        return;
      }
      entry.uses(0);
      guarded.addLast(entry);
    }
  }

  @Override
  public long footprint() {
    return window.footprint() + probation.footprint() + guarded.footprint();
  }
}
