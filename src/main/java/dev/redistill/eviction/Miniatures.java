package dev.redistill.eviction;

import dev.redistill.store.Entry;
import dev.redistill.store.Keyspace;
import dev.redistill.store.Samples;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Small caches that follow a sample of the keys: some tell the hit ratio with other amounts of
 * memory, others which setting of the policy in use is the best. Safe for all threads.
 */
final class Miniatures implements Samples {

  /* Carl Waldspurger, Trausti Saemundsson, Irfan Ahmad, Nohhyun Park: Cache modeling and optimization using miniature
  simulations, USENIX ATC 2017. Of the misses in a sample the number is right, of the hits it is not: the keys most in
  demand are few, in the sample or not. So estimates go by the misses, which is what SHARDS-adj comes to. The keys of a sample may be asked for
  more or less than those of another; how much tells the miniature that is no larger than the truth. In a loop that adds
  as much to the misses with half the memory if the policy keeps keys for good, as TinyLFU does, or else changes the hits as much; and where
  there are fewer misses than now it makes them as many times more. */

  /**
   * How many keys all of them hold together, so that they and what they stand in take less than a
   * megabyte.
   */
  private static final int KEYS = 12 * 1024;

  /** The same of policies that have their keys stand in queues. */
  private static final int QUEUED_KEYS = 7 * 1024;

  /** They take no more than this part of what all keys may take, but for very few of them. */
  private static final int SHARE = 32;

  private static final int BYTES_PER_KEY = 64;
  private static final int FEWEST_KEYS = 512;

  private static final long FEWEST_LOOKUPS = 20_000;
  private static final int ENOUGH = 2;
  private static final long FADES_AFTER_LOOKUPS = 50_000;
  private static final int FADES_AFTER = 3;
  private static final int MILLIS = 1000;

  private static final double[] SIZES = {0.5, 1, 2, 4};
  private static final int SAME = 1;
  private static final double MOST_SCALE = 1.1;
  private static final double TINY = 1e-9;

  private final Keyspace keyspace;
  private final long seed;
  private final WindowShare share;
  private final WindowChoice choice;
  private final Fills fills = new Fills();
  private final Allowance allowance = new Allowance();
  private final ReentrantLock lock = new ReentrantLock();
  private EvictionPolicy policy = EvictionPolicy.NOEVICTION;
  private List<Miniature> sizes = List.of();
  private List<Miniature> trials = List.of();
  private int samples;
  private int affordable;
  private long keys;
  private long lastHits;
  private long lastLookups;
  private boolean following;

  /**
   * How many lookups it takes until a new setting, or the end of a rest, shows in what is found.
   */
  private long settling;

  private final Lately lately = new Lately();

  /** The part of {@link #lately} that the miniatures have followed. */
  private final Lately followed = new Lately();

  private volatile MissRatioCurve curve = MissRatioCurve.UNKNOWN;
  private volatile long footprint;

  Miniatures(Keyspace keyspace, long seed, WindowShare share) {
    this.keyspace = keyspace;
    this.seed = seed;
    this.share = share;
    choice = new WindowChoice(share);
  }

  /** What is known by now. */
  MissRatioCurve curve() {
    return curve;
  }

  long footprint() {
    return footprint;
  }

  /** Fits the miniatures to a policy, a number of keys, and the bytes that all keys may take. */
  void fit(EvictionPolicy newPolicy, int newSamples, long newKeys, long room) {
    lock.lock();
    try {
      samples = newSamples;
      int wanted = affordable(newPolicy, room);
      boolean fits = wanted <= 2 * affordable && affordable <= 2 * wanted;
      if (newPolicy != policy || !fits || all().anyMatch(Miniature::isSparse)) {
        policy = newPolicy;
        affordable = wanted;
        begin();
      }
      keys = newKeys;
      all().forEach(miniature -> miniature.fit(Math.max(0, room), keyspace.accesses()));
      count();
      follow();
    } finally {
      lock.unlock();
    }
  }

  private void count() {
    footprint = all().mapToLong(Miniature::footprint).sum();
  }

  /** How many keys all of them may hold. */
  private static int affordable(EvictionPolicy policy, long room) {
    boolean hasQueues = policy.way() == EvictionPolicy.Way.QUEUES;
    long most = hasQueues ? QUEUED_KEYS : KEYS;
    return (int) Math.clamp(room / SHARE / BYTES_PER_KEY, FEWEST_KEYS, most);
  }

  /** Follows what the miniatures follow, or nothing for a while. */
  private void follow() {
    boolean follows = !sizes.isEmpty() && !allowance.isResting();
    if (follows && !following) {
      settling = Math.max(settling, ENOUGH * keys);
    }
    following = follows;
    int bits = follows ? all().mapToInt(Miniature::bits).min().orElse(0) : Integer.SIZE;
    keyspace.sample((int) ((1L << bits) - 1), this);
  }

  private void begin() {
    forget();
    choice.reset();
    boolean hasTrials = policy == EvictionPolicy.ALLKEYS_TINYLFU;
    List<WindowShare> options = hasTrials ? WindowChoice.options() : List.of();
    double most = affordable / (DoubleStream.of(SIZES).sum() + options.size());
    trials = options.stream().map(option -> miniature(1, option, most)).toList();
    boolean none = policy == EvictionPolicy.NOEVICTION;
    sizes =
        DoubleStream.of(none ? new double[0] : SIZES)
            .mapToObj(size -> miniature(size, share, most))
            .toList();
  }

  /** All follow the same part of the keys: the more memory, the more of them. */
  private Miniature miniature(double memory, WindowShare window, double most) {
    return new Miniature(place -> evictor(place, window), memory, (int) (most * memory));
  }

  private Evictor evictor(Keyspace place, WindowShare window) {
    Evictor evictor = Evictor.miniature(place, seed, window);
    evictor.policy(policy, samples);
    return evictor;
  }

  private Stream<Miniature> all() {
    return Stream.concat(trials.stream(), sizes.stream());
  }

  /** Learns how many lookups there were, and how many of them were hits. */
  void learn(long newHits, long newLookups) {
    lock.lock();
    try {
      long more = newLookups - lastLookups;
      if (more >= 0 && newHits >= lastHits) {
        tally(newHits - lastHits, more);
      }
      lastHits = newHits;
      lastLookups = newLookups;
      decide();
      estimate();
      allowance.refill(keyspace.clock().second());
      follow();
    } finally {
      lock.unlock();
    }
  }

  private void tally(long hits, long lookups) {
    long window = Math.max(FADES_AFTER_LOOKUPS, FADES_AFTER * keys);
    lately.add(hits, lookups);
    boolean unused = lately.fades(window);
    settling -= following ? lookups : 0;
    boolean counts = following && settling <= 0;
    all().forEach(miniature -> miniature.settle(counts));
    if (counts) {
      followed.add(hits, lookups);
    }
    if (followed.fades(window)) {
      choice.fade();
      all().forEach(Miniature::fade);
    }
  }

  /** Counts from here on: what was before is of another setting. */
  private void forget() {
    followed.forget();
    all().forEach(Miniature::forget);
  }

  private void decide() {
    double lookups = followed.lookups();
    if (trials.isEmpty() || lookups < ENOUGH * Math.max(FEWEST_LOOKUPS, keys)) {
      return;
    }
    double[] missed = trials.stream().mapToDouble(trial -> trial.misses() / lookups).toArray();
    if (choice.decide(1 - followed.ratio(), missed)) {
      forget();
      settling = ENOUGH * keys;
    }
  }

  private void estimate() {
    MissRatioCurve old = curve;
    double now = lately.ratio();
    if (sizes.isEmpty()) {
      curve = new MissRatioCurve(now, now, now, now, 0);
    } else if (followed.lookups() == 0) {
      curve = new MissRatioCurve(now, old.half(), old.twice(), old.fourfold(), old.samples());
    } else {
      long learnedFrom = sizes.get(SAME).size();
      double scale =
          Math.clamp(missedNow() / Math.max(missed(SAME), TINY), 1 / MOST_SCALE, MOST_SCALE);
      curve =
          new MissRatioCurve(
              now,
              hit(missedWithHalf()),
              hit(missed(2) * scale),
              hit(missed(3) * scale),
              learnedFrom);
    }
  }

  /** The part of the lookups of late that find nothing in a miniature. */
  private double missed(int place) {
    return sizes.get(place).misses() / followed.lookups();
  }

  /**
   * The part that would find nothing with half the memory, set right by how far off the miniature
   * is that is no smaller than the truth.
   */
  private double missedWithHalf() {
    double found = 1 - missed(SAME);
    return policy == EvictionPolicy.ALLKEYS_TINYLFU || found < TINY
        ? missed(0) + missedNow() - missed(SAME)
        : 1 - (1 - missed(0)) * (1 - missedNow()) / found;
  }

  /** The part of the same lookups that found nothing in truth. */
  private double missedNow() {
    return 1 - followed.ratio();
  }

  private static double hit(double missed) {
    return Math.clamp(1 - missed, 0, 1);
  }

  @Override
  public void looked(int hash, @Nullable Entry found) {
    lock.lock();
    try {
      long now = now();
      if (found == null) {
        fills.expect(hash);
      }
      for (Miniature trial : trials) {
        look(trial, hash, found, now);
      }
      for (Miniature size : sizes) {
        look(size, hash, found, now);
      }
    } finally {
      lock.unlock();
    }
  }

  private void look(Miniature miniature, int hash, @Nullable Entry found, long now) {
    if (!miniature.follows(hash)) {
      return;
    }
    allowance.spend();
    if (!miniature.look(hash, now) && found != null) {
      allowance.spend();
      miniature.write(found, now);
    }
  }

  @Override
  public void written(Entry entry) {
    lock.lock();
    try {
      long now = now();
      boolean fill = fills.take(entry.hash());
      for (Miniature trial : trials) {
        write(trial, entry, fill, now);
      }
      for (Miniature size : sizes) {
        write(size, entry, fill, now);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Where a key was found that was missed elsewhere, nobody would have written it. */
  private void write(Miniature miniature, Entry entry, boolean fill, long now) {
    if (!miniature.follows(entry.hash())) {
      return;
    }
    allowance.spend();
    if (!(fill && miniature.holds(entry.hash(), now))) {
      miniature.write(entry, now);
    }
  }

  @Override
  public void removed(int hash) {
    lock.lock();
    try {
      all().forEach(miniature -> miniature.remove(hash, now()));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void cleared() {
    lock.lock();
    try {
      begin();
      count();
    } finally {
      lock.unlock();
    }
  }

  private long now() {
    return (long) keyspace.clock().second() * MILLIS;
  }
}
