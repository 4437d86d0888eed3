package dev.redistill.eviction;

import dev.redistill.store.Database;
import dev.redistill.store.Entry;
import dev.redistill.store.EntrySampler;
import dev.redistill.store.Keyspace;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Evicts the best of a few keys picked by chance, and of those that were nearly taken before.
 *
 * <p>Several threads evict at a time, each with one of a few pools; the lock of a pool is held
 * while that of a shard is taken, never the other way round.
 */
final class Sampling {

  private static final int POOLS = 8;
  private static final int TRIES = 16;

  /** A pool of candidates with what belongs to it, guarded by its lock. */
  private static final class Hand {
    private final ReentrantLock lock = new ReentrantLock();
    private final VictimPool pool = new VictimPool();
    private final EntrySampler sampler;

    /** How many evictions the last sample is good for. */
    private int left;

    Hand(long seed) {
      sampler = new EntrySampler(seed);
    }
  }

  private final Keyspace keyspace;
  private final int places;
  private final Hand[] hands = new Hand[POOLS];

  /** Picks keys at so many places at once, for as many evictions. */
  Sampling(Keyspace keyspace, long seed, int places) {
    this.keyspace = keyspace;
    this.places = places;
    for (int i = 0; i < POOLS; i++) {
      hands[i] = new Hand(seed + i);
    }
  }

  /** Evicts one key; answers how many bytes that frees, 0 if there is none that may go. */
  long evict(Population population, EvictionPolicy policy, int samples) {
    Hand hand = lockOne();
    try {
      for (int i = 0; i < TRIES; i++) {
        long freed = evict(hand, population, policy, samples);
        if (freed > 0) {
          return freed;
        }
      }
      return 0;
    } finally {
      hand.lock.unlock();
    }
  }

  private Hand lockOne() {
    int first = (int) Thread.currentThread().threadId();
    for (int i = 0; i < POOLS; i++) {
      Hand hand = hands[first + i & POOLS - 1];
      if (hand.lock.tryLock()) {
        return hand;
      }
    }
    Hand hand = hands[first & POOLS - 1];
    hand.lock.lock();
    return hand;
  }

  private long evict(Hand hand, Population population, EvictionPolicy policy, int samples) {
    if (policy.isRandom()) {
      return population.free(hand.sampler.next(), database -> evictAny(hand, database, policy));
    }
    if (hand.left-- <= 0) {
      hand.left = places - 1;
      population.databases().forEach(database -> sample(hand, database, policy, samples));
    }
    VictimPool.Victim victim = hand.pool.take();
    if (victim == null || rank(policy, victim.entry()) < victim.rank()) {
      return 0;
    }
    return victim.database().evict(victim.entry());
  }

  private long evictAny(Hand hand, Database database, EvictionPolicy policy) {
    hand.pool.clear();
    pick(hand, database, policy, 1);
    VictimPool.Victim victim = hand.pool.take();
    return victim == null ? 0 : database.evict(victim.entry());
  }

  /** Picks keys for several evictions at once, unless there are few to pick from. */
  private void sample(Hand hand, Database database, EvictionPolicy policy, int samples) {
    if (policy.way() == EvictionPolicy.Way.SAMPLES) {
      Entry[] met = hand.sampler.sample(database, places, samples);
      if (met.length >= places * samples / 2) {
        hand.pool.offer(database, met, ranks(policy, met));
        return;
      }
    }
    hand.left = 0;
    pick(hand, database, policy, samples);
  }

  private long[] ranks(EvictionPolicy policy, Entry[] met) {
    long[] ranks = new long[met.length];
    for (int i = 0; i < met.length; i++) {
      ranks[i] = rank(policy, met[i]);
    }
    return ranks;
  }

  private void pick(Hand hand, Database database, EvictionPolicy policy, int count) {
    boolean any = policy.way() == EvictionPolicy.Way.SAMPLES;
    Entry[] met =
        any ? hand.sampler.sample(database, count) : hand.sampler.sampleExpiring(database, count);
    hand.pool.offer(database, met, ranks(policy, met));
  }

  private long rank(EvictionPolicy policy, Entry entry) {
    return policy.rank(entry, keyspace.accesses(), keyspace.clock().second());
  }

  /** Lets go of entries that may have left the store. */
  void tidy() {
    for (Hand hand : hands) {
      hand.lock.lock();
      try {
        hand.pool.clear();
        hand.left = 0;
      } finally {
        hand.lock.unlock();
      }
    }
  }
}
