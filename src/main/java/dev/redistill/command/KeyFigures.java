package dev.redistill.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.redistill.command.KeyCounts.Event;
import dev.redistill.command.Ranking.Ranked;
import dev.redistill.config.Config;
import dev.redistill.config.Settings;
import dev.redistill.store.Entry;
import dev.redistill.store.KeyListener;
import dev.redistill.store.Keyspace;
import dev.redistill.store.Probe;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is seen of keys while they are used: which are in demand, which are large, and how those do
 * that share a prefix. Safe for all threads.
 */
public final class KeyFigures implements KeyListener {

  /* Every lookup is counted while there are few. As there are more, each session tells of one in
  so many only, by chance, which then counts for as many: so what this costs has a bound, whatever is going on. How many
  is found out ten times a second, and at once when more come than were expected: the first after a rest are many. */

  private static final int SAMPLES_PER_TICK = 400;
  private static final int MOST_INTERVAL = 1 << 14;
  private static final int TICKS_PER_SECOND = 10;
  private static final int HOT_KEYS = 128;
  private static final int PREFIXES = 64;
  private static final double REMEMBERED = 0.95;

  private final Keyspace keyspace;
  private final Config config;
  private final Ranking hotKeys = new Ranking(HOT_KEYS);
  private final Ranking prefixes = new Ranking(PREFIXES);
  private final LargeKeys largeKeys;
  private volatile byte[] delimiter = new byte[0];
  private volatile int interval = 1;

  /** Over how many seconds the weights of the rankings were gathered, faded as they are. */
  private volatile double window;

  private long lastCommands;
  private int ticks;

  /**
   * How many samples there were since the interval was last set; written racily by whoever takes
   * one.
   */
  private int taken;

  /** Counts down to the next eviction that is told of; written racily by whoever evicts. */
  private int evictionsLeft;

  public KeyFigures(Config config, Keyspace keyspace) {
    this.config = config;
    this.keyspace = keyspace;
    largeKeys = new LargeKeys(keyspace);
    config.onChange(Settings.STATS_PREFIX_DELIMITER, this::settle);
    settle();
    keyspace.listen(this);
  }

  private void settle() {
    delimiter = config.text(Settings.STATS_PREFIX_DELIMITER).getBytes(UTF_8);
    prefixes.clear();
  }

  /** One in how many lookups is told of. */
  int interval() {
    return interval;
  }

  /** A key was looked for so many times, and this was found. */
  void looked(int database, Probe key, @Nullable Entry found, int times) {
    count(database, key, found == null ? Event.MISS : Event.HIT, times);
    if (found != null) {
      largeKeys.seen(database, found);
    }
  }

  /** A command that may change a key has run on it so many times. */
  void written(int database, Probe key, int times) {
    count(database, key, Event.WRITE, times);
  }

  private void count(int database, Probe key, Event event, int times) {
    taken++;
    if (taken > SAMPLES_PER_TICK) {
      sampleEvery(2L * interval);
    }
    hotKeys.count(database, key, event, times);
    byte[] mark = delimiter;
    if (mark.length > 0) {
      prefixes.count(0, new Probe().setPrefix(key, mark), event, times);
    }
  }

  private void sampleEvery(long uses) {
    interval = Math.clamp(uses, 1, MOST_INTERVAL);
    taken = 0;
  }

  @Override
  public void evicted(int database, byte[] key) {
    int left = evictionsLeft - 1;
    byte[] mark = delimiter;
    if (left < 0 && mark.length > 0) {
      int times = interval;
      Probe prefix = new Probe().setPrefix(new Probe().set(key), mark);
      prefixes.count(0, prefix, Event.EVICTION, times);
      left = times - 1;
    }
    evictionsLeft = left;
  }

  @Override
  public void grew(int database, Entry entry) {
    largeKeys.seen(database, entry);
  }

  /** Fits the sampling to what is going on. Called about ten times a second by one thread. */
  void tick(long commands, long now) {
    long more = Math.max(0, commands - lastCommands);
    lastCommands = commands;
    sampleEvery(more / SAMPLES_PER_TICK);
    ticks++;
    if (ticks % TICKS_PER_SECOND == 0) {
      hotKeys.fade(REMEMBERED);
      prefixes.fade(REMEMBERED);
      window = window * REMEMBERED + 1;
      largeKeys.refresh(now);
    }
  }

  /** Begins to count the prefixes anew, and forgets which keys were in demand. */
  public void reset() {
    prefixes.clear();
    hotKeys.clear();
    window = 0;
  }

  /** The keys that are surely in demand, so many at most, the first of them most of all. */
  public List<HotKey> hotKeys(int most) {
    double seconds = Math.max(1, window);
    return hotKeys.all().stream()
        .filter(key -> key.weight() > key.unsure())
        .limit(most)
        .map(key -> new HotKey(key.database(), key.name(), key.weight() / seconds))
        .toList();
  }

  /** The largest keys that are known, so many at most. */
  public List<LargeKey> largeKeys(int most, long now) {
    largeKeys.refresh(now);
    return largeKeys.all().stream().limit(most).toList();
  }

  /** Whether prefixes are counted. */
  public boolean hasPrefixes() {
    return delimiter.length > 0;
  }

  /** What ends a prefix. */
  public String delimiter() {
    return new String(delimiter, UTF_8);
  }

  /**
   * The prefixes most in use, so many at most, and last the sum of all others, without a name of
   * its own. What they take is estimated from some of the keys, picked by chance.
   */
  public List<PrefixFigures> prefixes(int most) {
    List<Ranked> all = prefixes.all();
    List<Ranked> named = all.subList(0, Math.min(most, all.size()));
    PrefixSurvey survey = new PrefixSurvey(delimiter, named.stream().map(Ranked::name).toList());
    survey.take(keyspace);
    List<PrefixFigures> figures = new ArrayList<>();
    for (int i = 0; i < named.size(); i++) {
      figures.add(figures(named.get(i).name(), named.get(i).counts(), survey, i));
    }
    KeyCounts others = prefixes.others();
    all.subList(named.size(), all.size()).forEach(rest -> others.add(rest.counts()));
    figures.add(figures(new byte[0], others, survey, named.size()));
    return figures;
  }

  private static PrefixFigures figures(
      byte[] name, KeyCounts counts, PrefixSurvey survey, int place) {
    return new PrefixFigures(
        name,
        counts.hits,
        counts.misses,
        counts.writes,
        counts.evictions,
        survey.keys(place),
        survey.bytes(place));
  }
}
