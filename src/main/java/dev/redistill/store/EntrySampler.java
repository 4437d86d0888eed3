package dev.redistill.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Picks entries of a database by chance. Confined to one thread at a time; waits for no lock but,
 * for those with an expiry, that of a shard.
 */
public final class EntrySampler {

  /** There may be so many times more entries than asked for; what is beyond is left out. */
  private static final int ROOM = 2;

  private static final long STEP = 0x9E3779B97F4A7C15L;

  private long state;

  public EntrySampler(long seed) {
    state = seed;
  }

  /** A random number. */
  public long next() {
    state += STEP;
    long mixed = (state ^ state >>> 30) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
    return mixed ^ mixed >>> 31;
  }

  /**
   * Picks neighbours in the table of a shard, and goes on to the next shards while it has too few:
   * at least {@code count} entries if there are so many, and seldom more.
   */
  public Entry[] sample(Database database, int count) {
    Shard[] shards = database.shards();
    int first = below(shards.length);
    List<Entry> met = new ArrayList<>(2 * count);
    for (int i = 0; i < shards.length && met.size() < count; i++) {
      Shard shard = shards[first + i & shards.length - 1];
      if (shard.size() > 0) {
        sample(shard.table, count - met.size(), met);
      }
    }
    return met.toArray(Entry[]::new);
  }

  /**
   * Picks neighbours at several places at once, about {@code count} at each; fewer if there are
   * few. It goes in steps of which none waits for memory that the one before has asked for entry by
   * entry, so that the memory of all of them is fetched together.
   */
  public Entry[] sample(Database database, int places, int count) {
    Shard[] shards = database.shards();
    Entry[][] tables = new Entry[places][];
    int[] widths = new int[places];
    int heads = 0;
    for (int i = 0; i < places; i++) {
      Shard shard = shards[below(shards.length)];
      tables[i] = shard.table;
      widths[i] = width(tables[i].length, shard.size(), count);
      heads += widths[i];
    }
    @Nullable Entry[] met = new Entry[heads + ROOM * places * count];
    int found = 0;
    for (int i = 0; i < places; i++) {
      Entry[] table = tables[i];
      int first = below(table.length);
      for (int at = first; at < first + widths[i]; at++) {
        met[found] = Buckets.head(table, at & table.length - 1);
        found += met[found] == null ? 0 : 1;
      }
    }
    return Arrays.copyOf(met, addFollowing(met, found));
  }

  /** How many buckets of a table hold so many entries, about. */
  private static int width(int buckets, int size, int count) {
    return size <= count ? buckets : (int) (((long) count * buckets + size - 1) / size);
  }

  /** Adds those that stand behind so many entries in their buckets; answers how many all are. */
  private static int addFollowing(@Nullable Entry[] met, int count) {
    int from = 0;
    int end = count;
    while (from < end) {
      int at = end;
      for (int i = from; i < end && at < met.length; i++) {
        Entry entry = met[i];
        met[at] = entry == null ? null : entry.next;
        at += met[at] == null ? 0 : 1;
      }
      from = end;
      end = at;
    }
    return end;
  }

  private void sample(Entry[] slots, int count, List<Entry> met) {
    int first = below(slots.length);
    int end = met.size() + count;
    for (int i = 0; i < slots.length && met.size() < end; i++) {
      Entry entry = Buckets.head(slots, first + i & slots.length - 1);
      while (entry != null) {
        met.add(entry);
        entry = entry.next;
      }
    }
  }

  /** Shows all entries of one of the shards of a database. */
  public static void walk(Database database, int shard, Consumer<Entry> consumer) {
    Buckets.forEach(database.shards()[shard].table, consumer);
  }

  /**
   * Picks entries with an expiry, the one that is due first in its shard among them: at least one
   * if there is any.
   */
  public Entry[] sampleExpiring(Database database, int count) {
    Shard[] shards = database.shards();
    int first = below(shards.length);
    List<Entry> met = new ArrayList<>(count);
    for (int i = 0; i < shards.length && met.size() < count; i++) {
      Shard shard = shards[first + i & shards.length - 1];
      if (shard.expiring() > 0) {
        sampleExpiring(shard, count - met.size(), met);
      }
    }
    return met.toArray(Entry[]::new);
  }

  private void sampleExpiring(Shard shard, int count, List<Entry> met) {
    shard.lock();
    try {
      int most = Math.min(count, shard.expiring());
      int end = met.size() + most;
      for (int i = 0; i < 2 * most && met.size() < end; i++) {
        Entry entry = shard.queue().at(i == 0 ? 0 : next() >>> 1);
        if (entry != null) {
          met.add(entry);
        }
      }
    } finally {
      shard.unlock();
    }
  }

  private int below(int bound) {
    return (int) (((next() >>> 32) * bound) >>> 32);
  }
}
