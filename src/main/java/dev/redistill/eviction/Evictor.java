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
  private static final int GROUPS = 16;

  /** The same of a miniature: as unequal as those of many keys are, but none of them empty. */
  private static final int FEW_GROUPS = 4;

  /** How many evictions samples are taken for at once. */
  private static final int PLACES = 8;

  private final Keyspace keyspace;
  private final Sampling sampling;

  /** One for each of a few threads; where two meet they are a little less random. */
  private final EntrySampler[] chances = new EntrySampler[CHANCES];

  private final ReentrantLock lock = new ReentrantLock();
  private final FrequencySketch absent = new FrequencySketch();
  private final int groups;
  private final WindowShare share;
  private final Aging aging;

  /** What tells how it would go otherwise; null if this is one of them. */
  private final @Nullable Miniatures miniatures;

  private long lastRequests;
  private volatile EvictionPolicy policy = EvictionPolicy.NOEVICTION;
  private volatile int samples = 5;
  private volatile Population population = Population.NONE;

  /** The queues, and the policy that they were made for; changed under {@code lock}. */
  private volatile @Nullable Queues queues;

  private volatile EvictionPolicy prepared = EvictionPolicy.NOEVICTION;

  /** An evictor for a keyspace; the seed is for its choices by chance. */
  public Evictor(Keyspace keyspace, long seed) {
    this(keyspace, seed, GROUPS, new WindowShare(WindowShare.LEAST), true);
  }

  private Evictor(
      Keyspace keyspace, long seed, int groups, WindowShare share, boolean hasMiniatures) {
    this.keyspace = keyspace;
    this.groups = groups;
    this.share = share;
    aging = new Aging(keyspace.shardCount());
    miniatures = hasMiniatures ? new Miniatures(keyspace, seed, share) : null;
    sampling = new Sampling(keyspace, seed, PLACES);
    for (int i = 0; i < CHANCES; i++) {
      chances[i] = new EntrySampler(seed - i);
    }
  }

  /** The evictor of a miniature, whose window somebody else decides on. */
  static Evictor miniature(Keyspace keyspace, long seed, WindowShare share) {
    return new Evictor(keyspace, seed, FEW_GROUPS, share, false);
  }

  /**
   * Chooses what decides which keys go. What that needs is made ready when it is needed, because
   * the caller may hold locks.
   */
  public void policy(EvictionPolicy newPolicy, int sampleCount) {
    samples = sampleCount;
    keyspace.record(newPolicy.accesses());
    policy = newPolicy;
  }

  public EvictionPolicy policy() {
    return policy;
  }

  /**
   * Looks again at which databases hold keys, and gets ready what the policy needs. A miniature is
   * looked at much more often, for each of its evictions, and would never have candidates left.
   */
  public void survey() {
    lock.lock();
    try {
      Population present = Population.of(keyspace);
      population = present;
      if (miniatures != null) {
        sampling.tidy();
      }
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
          case ALLKEYS_S3FIFO -> new Queues(groups, S3Fifo::new);
          case ALLKEYS_TINYLFU -> new Queues(windows(), () -> new TinyLfu(absent, share, places()));
          default -> null;
        };
  }

  /** The few candidates in a window of a miniature are looked at one by one. */
  private int places() {
    return miniatures == null ? 1 : PLACES;
  }

  /** A window of the few keys of a miniature is not divided. */
  private int windows() {
    return miniatures == null ? 1 : groups;
  }

  /**
   * Learns how many lookups there were, how many of them were hits, and how many bytes entries may
   * take. Called by one thread, after {@link #survey}.
   */
  public void learn(long hits, long lookups, long room) {
    Population present = population;
    if (policy == EvictionPolicy.ALLKEYS_TINYLFU) {
      aging.advance(present, Math.max(0, lookups - lastRequests));
      absent.age(present.size(), lookups);
    }
    lastRequests = lookups;
    if (miniatures != null) {
      miniatures.fit(policy, samples, present.size(), room);
      miniatures.learn(hits, lookups);
    }
  }

  /** What would change with more memory, or less. */
  public MissRatioCurve curve() {
    return miniatures == null ? MissRatioCurve.UNKNOWN : miniatures.curve();
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
    long ofQueues = used == null ? 0 : used.footprint() + absent.footprint();
    return ofQueues + (miniatures == null ? 0 : miniatures.footprint());
  }
}
