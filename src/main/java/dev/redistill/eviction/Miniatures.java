package dev.redistill.eviction;

import dev.redistill.store.Entry;
import dev.redistill.store.Keyspace;
import dev.redistill.store.Samples;
import java.util.Arrays;
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
  simulations, USENIX ATC 2017; keys are sampled by their hashes as in SHARDS (FAST 2015). Of the misses in a sample
  the number is right, of the hits it is not: the keys most in demand are few, in the sample or not. So
  estimates go by the misses, and by how many times more or fewer there are than in the miniature of what there is. */

  /** About how many keys a miniature of the same size holds. */
  private static final long KEYS = 2048;

  /** Of the keys that trials follow the others follow one of so many, as a power of two. */
  private static final int FURTHER_BITS = 1;

  private static final int FEWEST_BITS = 5;
  private static final int MOST_BITS = 24;
  private static final int FADES_AFTER = 5;
  private static final long FEWEST_LOOKUPS = 20_000;
  private static final int ENOUGH = 2;
  private static final double CLEARLY = 0.01;
  private static final double REMEMBERED = 0.95;
  private static final long BYTES_PER_KEY = 56;
  private static final int MILLIS = 1000;

  private static final double[] SIZES = {0.5, 1, 2, 4};
  private static final int SAME = 1;
  private static final double[] SHARES = {WindowShare.LEAST, WindowShare.MOST};

  private final Keyspace keyspace;
  private final long seed;
  private final WindowShare share;
  private final ReentrantLock lock = new ReentrantLock();
  private EvictionPolicy policy = EvictionPolicy.NOEVICTION;
  private List<Miniature> sizes = List.of();
  private List<Miniature> trials = List.of();
  private int bits = FEWEST_BITS;
  private double room;
  private long keys;
  private long lastHits;
  private long lastLookups;
  private double hits;
  private double lookups;
  private long sinceFade;

  /** How many lookups it takes until a new setting shows what it is worth. */
  private long settling;

  /** By how much more misses there are of all lookups than in each trial; NaN if not known. */
  private final double[] errors = new double[SHARES.length];

  private volatile MissRatioCurve curve = MissRatioCurve.UNKNOWN;
  private volatile long followed;

  Miniatures(Keyspace keyspace, long seed, WindowShare share) {
    this.keyspace = keyspace;
    this.seed = seed;
    this.share = share;
  }

  /** What is known by now. */
  MissRatioCurve curve() {
    return curve;
  }

  long footprint() {
    return followed * BYTES_PER_KEY;
  }

  /** Fits the miniatures to a policy, a number of keys, and the bytes that all keys may take. */
  void fit(EvictionPolicy newPolicy, int samples, long newKeys, long newRoom) {
    lock.lock();
    try {
      int wanted = bits(newKeys);
      if (newPolicy != policy || wanted < bits - 1) {
        begin(newPolicy, samples);
        bits = wanted;
      } else if (wanted > bits) {
        bits = wanted;
        trials.forEach(miniature -> miniature.keepOnly(unsampled(), now()));
        sizes.forEach(miniature -> miniature.keepOnly(unsampledFurther(), now()));
      }
      keys = newKeys;
      room = Math.max(0, newRoom);
      followed = all().stream().mapToLong(Miniature::size).sum();
      keyspace.sample(sizes.isEmpty() ? -1 : unsampled(), this);
    } finally {
      lock.unlock();
    }
  }

  private static int bits(long keys) {
    int ratio = Long.SIZE - Long.numberOfLeadingZeros(keys / KEYS);
    return Math.clamp(ratio, FEWEST_BITS, MOST_BITS);
  }

  private int unsampled() {
    return (1 << bits) - 1;
  }

  private int unsampledFurther() {
    return (1 << furtherBits()) - 1;
  }

  private int furtherBits() {
    return trials.isEmpty() ? bits : bits + FURTHER_BITS;
  }

  private void begin(EvictionPolicy newPolicy, int samples) {
    policy = newPolicy;
    forget();
    Arrays.fill(errors, Double.NaN);
    share.value(WindowShare.LEAST);
    if (policy == EvictionPolicy.NOEVICTION) {
      sizes = List.of();
      trials = List.of();
      return;
    }
    sizes = DoubleStream.of(SIZES).mapToObj(size -> miniature(samples, share)).toList();
    trials =
        policy == EvictionPolicy.ALLKEYS_TINYLFU
            ? DoubleStream.of(SHARES)
                .mapToObj(value -> miniature(samples, new WindowShare(value)))
                .toList()
            : List.of();
  }

  private Miniature miniature(int samples, WindowShare window) {
    return new Miniature(seed, policy, samples, window);
  }

  private List<Miniature> all() {
    return Stream.concat(sizes.stream(), trials.stream()).toList();
  }

  /** Learns how many lookups there were, and how many of them were hits. */
  void learn(long newHits, long newLookups) {
    lock.lock();
    try {
      long more = newLookups - lastLookups;
      if (more >= 0 && newHits >= lastHits) {
        hits += newHits - lastHits;
        lookups += more;
        sinceFade += more;
        settling -= more;
      }
      if (settling > 0) {
        forget();
      }
      lastHits = newHits;
      lastLookups = newLookups;
      decide();
      estimate();
      if (sinceFade > Math.max(FEWEST_LOOKUPS, FADES_AFTER * keys)) {
        fade();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Counts from here on: what was before is of another setting. */
  private void forget() {
    hits = 0;
    lookups = 0;
    sinceFade = 0;
    all().forEach(Miniature::forget);
  }

  private void fade() {
    sinceFade = 0;
    errors[0] *= REMEMBERED;
    errors[1] *= REMEMBERED;
    hits /= 2;
    lookups /= 2;
    all().forEach(Miniature::fade);
  }

  /**
   * Takes the share of the window that should miss least, if it does so clearly. Of the share in
   * use it is known how far the truth is from its trial, which stays remembered of the other; a
   * share that was never in use is taken to be as far from it.
   */
  private void decide() {
    if (trials.isEmpty() || lookups < ENOUGH * Math.max(FEWEST_LOOKUPS, keys)) {
      return;
    }
    int current = share.value() == SHARES[0] ? 0 : 1;
    double missed = (lookups - hits) / lookups;
    errors[current] = missed - trials.get(current).recentMisses() / lookups;
    double error = Double.isNaN(errors[1 - current]) ? errors[current] : errors[1 - current];
    double other = trials.get(1 - current).recentMisses() / lookups + error;
    if (missed - other > CLEARLY) {
      share.value(SHARES[1 - current]);
      settling = ENOUGH * keys;
    }
  }

  private void estimate() {
    double now = lookups == 0 ? 0 : hits / lookups;
    if (sizes.isEmpty() || lookups == 0) {
      curve = new MissRatioCurve(now, now, now, now, 0);
      return;
    }
    double[] ratios = new double[SIZES.length];
    for (int i = 0; i < SIZES.length; i++) {
      double change = sizes.get(i).recentMisses() / Math.max(1, sizes.get(SAME).recentMisses());
      ratios[i] = Math.clamp(1 - (1 - now) * change, 0, 1);
    }
    curve = new MissRatioCurve(now, ratios[0], ratios[2], ratios[3], sizes.get(SAME).size());
  }

  @Override
  public void looked(int hash, @Nullable Entry found) {
    lock.lock();
    try {
      for (Miniature trial : trials) {
        if (!trial.look(hash, now(), 1 << bits) && found != null) {
          trial.write(found, now(), capacity(bits, 1));
        }
      }
      for (int i = 0; i < sizes.size() && (hash & unsampledFurther()) == 0; i++) {
        int further = furtherBits();
        if (!sizes.get(i).look(hash, now(), 1 << further) && found != null) {
          sizes.get(i).write(found, now(), capacity(further, SIZES[i]));
        }
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void written(Entry entry) {
    lock.lock();
    try {
      for (Miniature trial : trials) {
        trial.write(entry, now(), capacity(bits, 1));
      }
      for (int i = 0; i < sizes.size() && (entry.hash() & unsampledFurther()) == 0; i++) {
        sizes.get(i).write(entry, now(), capacity(furtherBits(), SIZES[i]));
      }
    } finally {
      lock.unlock();
    }
  }

  private long capacity(int ofBits, double size) {
    return (long) (room * size / (1 << ofBits));
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
      followed = 0;
      all().forEach(Miniature::clear);
    } finally {
      lock.unlock();
    }
  }

  private long now() {
    return (long) keyspace.clock().second() * MILLIS;
  }
}
