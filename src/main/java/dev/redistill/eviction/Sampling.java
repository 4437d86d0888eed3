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

    Hand(long seed) {
      sampler = new EntrySampler(seed);
    }
  }

  private final Keyspace keyspace;
  private final Hand[] hands = new Hand[POOLS];

  Sampling(Keyspace keyspace, long seed) {
    this.keyspace = keyspace;
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
    for (Database database : population.databases()) {
      sample(hand, database, policy, samples);
    }
    VictimPool.Victim victim = hand.pool.take();
    if (victim == null || rank(policy, victim.entry()) < victim.rank()) {
      return 0;
    }
    return victim.database().evict(victim.entry());
  }

  private long evictAny(Hand hand, Database database, EvictionPolicy policy) {
    hand.pool.clear();
    sample(hand, database, policy, 1);
    VictimPool.Victim victim = hand.pool.take();
    return victim == null ? 0 : database.evict(victim.entry());
  }

  private void sample(Hand hand, Database database, EvictionPolicy policy, int samples) {
    if (policy.way() == EvictionPolicy.Way.SAMPLES) {
      hand.sampler.sample(
          database, samples, entry -> hand.pool.offer(database, entry, rank(policy, entry)));
    } else {
      hand.sampler.sampleExpiring(
          database, samples, entry -> hand.pool.offer(database, entry, rank(policy, entry)));
    }
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
      } finally {
        hand.lock.unlock();
      }
    }
  }
}
