package dev.redistill.eviction;

import dev.redistill.store.Accesses;
import dev.redistill.store.Database;
import dev.redistill.store.Entry;
import dev.redistill.store.EntrySampler;
import dev.redistill.store.Footprint;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * W-TinyLFU for a group of shards. New keys pass a window; behind it a key is kept only if for its
 * size it is used more than the one that would have to go instead.
 */
final class TinyLfu implements EvictionQueue {

  /* Gil Einziger, Ohad Eytan, Roy Friedman, Ben Manes: Adaptive software cache management, Middleware 2018, and
  Lightweight robust size aware cache management, ACM Transactions on Storage, 2022. What differs here: the keys behind
  the window stand in no queue, the one to go is the least used of a few picked by chance. How often a key is
  used is counted in its entry, exactly, and the sketch is left for those that are not there: it can be small, and a hit
  touches nothing but the entry. Uses are compared per byte: of two keys used equally often the larger one goes. */

  private static final int MOST_MOVES = 4096;
  private static final int MOVES_AT_ONCE = 64;
  private static final int SAMPLES = 5;
  private static final int BYTES_PER_USE = 12;
  private static final double NEARLY = 0.9;

  private final ReentrantLock lock = new ReentrantLock();
  private final EntryRing window = new EntryRing();
  private final VictimPool victims = new VictimPool();
  private final FrequencySketch absent;
  private final WindowShare share;
  private final int places;
  private long bytes;
  private boolean filling;

  /** How many evictions the last sample is good for. */
  private int left;

  /** Picks victims at so many places at once, for as many evictions. */
  TinyLfu(FrequencySketch absent, WindowShare share, int places) {
    this.places = places;
    this.absent = absent;
    this.share = share;
  }

  @Override
  public void arrived(Entry entry) {
    lock.lock();
    try {
      entry.uses(Math.min(absent.estimate(entry.hash()) + 1, Accesses.MOST_TALLIED));
      entry.kept(false);
      window.addLast(entry);
      bytes += Footprint.entry(entry);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void cleared() {
    lock.lock();
    try {
      window.clear();
      victims.clear();
      left = 0;
      bytes = 0;
      absent.clear();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void counted(long counted) {
    lock.lock();
    try {
      victims.clear();
      left = 0;
      bytes = counted;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean isReady() {
    return share.value() == WindowShare.MOST || isFull();
  }

  private boolean isFull() {
    return window.bytes() > share.of(bytes) && window.size() > 1;
  }

  @Override
  public @Nullable Entry next(Database database, EntrySampler chance) {
    lock.lock();
    try {
      if (left-- <= 0) {
        sample(database, chance);
      }
      fill();
      Entry victim = leastUsed();
      Entry candidate = isFull() || victim == null ? leaveWindow() : null;
      Entry leaving = choose(candidate, victim);
      if (leaving != null) {
        if (leaving != victim && victim != null) {
          victims.offer(database, victim, rank(victim, Footprint.entry(victim)));
        }
        bytes -= Footprint.entry(leaving);
        absent.raise(leaving.hash(), leaving.uses() & Accesses.MOST_TALLIED);
      }
      return leaving;
    } finally {
      lock.unlock();
    }
  }

  /** Picks keys for several evictions at once, unless there are few to pick from. */
  private void sample(Database database, EntrySampler chance) {
    Entry[] met = chance.sample(database, places, SAMPLES);
    left = places - 1;
    if (met.length < places * SAMPLES / 2) {
      met = chance.sample(database, SAMPLES);
      left = 0;
    }
    victims.offer(database, met, ranks(met));
  }

  /**
   * Ranks entries. Sizes are in memory that is seldom at hand, so all of them are asked for before
   * one is waited for.
   */
  private static long[] ranks(Entry[] met) {
    long[] ranks = new long[met.length];
    for (int i = 0; i < met.length; i++) {
      ranks[i] = Footprint.entry(met[i]);
    }
    for (int i = 0; i < met.length; i++) {
      ranks[i] = met[i].isKept() ? rank(met[i], ranks[i]) : VictimPool.NONE;
    }
    return ranks;
  }

  /** How good a choice it is to evict an entry: the better the less it is used for its size. */
  private static long rank(Entry entry, long size) {
    int uses = entry.uses() & Accesses.MOST_TALLIED;
    return uses == 0 ? Long.MAX_VALUE : (size << BYTES_PER_USE) / uses;
  }

  /** The best of the kept entries that were met and have not been used since. */
  private @Nullable Entry leastUsed() {
    while (true) {
      VictimPool.Victim victim = victims.take();
      if (victim == null) {
        return null;
      }
      Entry entry = victim.entry();
      if (entry.isKept()
          && !entry.isGone()
          && rank(entry, Footprint.entry(entry)) >= victim.rank()) {
        return entry;
      }
    }
  }

  private static @Nullable Entry choose(@Nullable Entry candidate, @Nullable Entry victim) {
    if (candidate == null || victim == null) {
      return candidate == null ? victim : candidate;
    }
    if (!isWorthMore(candidate, victim)) {
      return candidate;
    }
    candidate.kept(true);
    return victim;
  }

  /**
   * Whether an entry is used more, for its size, than another. The candidate was used just now and
   * the other may be about to be: where all keys are used in turn that must not make a difference.
   */
  private static boolean isWorthMore(Entry candidate, Entry victim) {
    int uses = victim.uses() & Accesses.MOST_TALLIED;
    long held = uses == 0 ? 0 : uses + 1L;
    long wanted = candidate.uses() & Accesses.MOST_TALLIED;
    return wanted * Footprint.entry(victim) > held * Footprint.entry(candidate);
  }

  /** Lets keys in without a comparison while there is room for them behind the window. */
  private void fill() {
    long room = bytes - share.of(bytes);
    filling |= bytes - window.bytes() < room * NEARLY;
    for (int i = 0; filling && i < MOVES_AT_ONCE; i++) {
      Entry entry = isFull() ? leaveWindow() : null;
      if (entry == null) {
        filling = false;
      } else {
        entry.kept(true);
      }
    }
  }

  private @Nullable Entry leaveWindow() {
    for (int moves = 0; ; moves++) {
      Entry entry = window.poll();
      if (entry == null || (entry.uses() & Accesses.USED) == 0 || moves >= MOST_MOVES) {
        return entry;
      }
      entry.uses(entry.uses() & ~Accesses.USED);
      window.addLast(entry, window);
    }
  }

  @Override
  public long footprint() {
    return window.footprint();
  }
}
