package dev.redistill.eviction;

import dev.redistill.store.EntrySampler;
import dev.redistill.store.Keyspace;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Removes keys to make room for others, in the thread that needs the room. Safe for all threads.
 *
 * <p>Whoever evicts or surveys holds the lock of no shard: both take such locks under their own.
 */
public final class Evictor {

  private static final int CHANCES = 8;

  private final Keyspace keyspace;
  private final Sampling sampling;

  /** One for each of a few threads; where two meet they are a little less random. */
  private final EntrySampler[] chances = new EntrySampler[CHANCES];

  private final ReentrantLock lock = new ReentrantLock();
  private final WindowShare share = new WindowShare();
  private final FrequencySketch sketch = new FrequencySketch();
  private volatile EvictionPolicy policy = EvictionPolicy.NOEVICTION;
  private volatile int samples = 5;
  private volatile Population population = Population.NONE;

  /** The queues, and the policy that they were made for; changed under {@code lock}. */
  private volatile @Nullable Queues queues;

  private volatile EvictionPolicy prepared = EvictionPolicy.NOEVICTION;

  /** An evictor for a keyspace; the seed is for its choices by chance. */
  public Evictor(Keyspace keyspace, long seed) {
    this.keyspace = keyspace;
    sampling = new Sampling(keyspace, seed);
    for (int i = 0; i < CHANCES; i++) {
      chances[i] = new EntrySampler(seed - i);
    }
  }

  /**
   * Chooses what decides which keys go. What that needs is made ready when it is needed, because
   * the caller may hold locks.
   */
  public void policy(EvictionPolicy newPolicy, int sampleCount) {
    samples = sampleCount;
    keyspace.accesses().estimator(sketch::add);
    keyspace.record(newPolicy.accesses());
    policy = newPolicy;
  }

  public EvictionPolicy policy() {
    return policy;
  }

  /** Looks again at which databases hold keys, and gets ready what the policy needs. */
  public void survey() {
    lock.lock();
    try {
      Population present = Population.of(keyspace);
      population = present;
      sampling.tidy();
      if (prepared != policy) {
        prepare();
      }
      Queues used = queues;
      if (used != null) {
        used.follow(present);
      }
    } finally {
      lock.unlock();
    }
  }

  private void prepare() {
    Queues old = queues;
    queues = null;
    if (old != null) {
      old.stop();
    }
    prepared = policy;
    queues =
        switch (prepared) {
          case ALLKEYS_S3FIFO -> new Queues(S3Fifo::new);
          case ALLKEYS_TINYLFU -> new Queues(() -> new TinyLfu(sketch, share));
          default -> null;
        };
  }

  /** Learns how many lookups there were, and how many of them were hits. Called by one thread. */
  public void learn(long hits, long lookups) {
    if (policy == EvictionPolicy.ALLKEYS_TINYLFU) {
      long keys = population.size();
      sketch.age(keys);
      share.climb(hits, lookups, keys);
    }
  }

  /** Evicts one key; answers how many bytes that frees, 0 if there is none that may go. */
  public long evict() {
    if (policy == EvictionPolicy.NOEVICTION) {
      return 0;
    }
    if (prepared != policy || population.databases().isEmpty()) {
      survey();
    }
    Queues used = queues;
    if (used == null) {
      return sampling.evict(population, policy, samples);
    }
    int place = (int) Thread.currentThread().threadId() & CHANCES - 1;
    return used.evict(population, chances[place]);
  }

  /** Bytes that it takes to know which keys are to go. */
  public long footprint() {
    Queues used = queues;
    return used == null ? 0 : used.footprint() + sketch.footprint();
  }
}
