package dev.redistill.store;

import java.util.function.Consumer;

/**
 * Shows entries of a database picked by chance. Confined to one thread at a time; waits for no lock
 * but, for those with an expiry, that of a shard.
 */
public final class EntrySampler {

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
   * Shows neighbours in the table of a shard, and goes on to the next shards while it holds too
   * few. Shows at least {@code count} entries if there are so many, and seldom more.
   */
  public void sample(Database database, int count, Consumer<Entry> consumer) {
    Shard[] shards = database.shards();
    int first = below(shards.length);
    int shown = 0;
    for (int i = 0; i < shards.length && shown < count; i++) {
      Shard shard = shards[first + i & shards.length - 1];
      if (shard.size() > 0) {
        shown += sample(shard.table, count - shown, consumer);
      }
    }
  }

  /**
   * Shows neighbours at several places at once, whose memory is fetched together, which is cheaper
   * than at one place after the other. Answers how many entries that were: few if there are few.
   */
  public int sample(Database database, int places, int count, Consumer<Entry> consumer) {
    Shard[] shards = database.shards();
    Entry[][] tables = new Entry[places][];
    for (int i = 0; i < places; i++) {
      tables[i] = shards[below(shards.length)].table;
    }
    int[] first = new int[places];
    int[] end = new int[places];
    for (int i = 0; i < places; i++) {
      first[i] = below(tables[i].length);
      end[i] = fetch(tables[i], first[i], count);
    }
    int shown = 0;
    for (int i = 0; i < places; i++) {
      shown += show(tables[i], first[i], end[i], consumer);
    }
    return shown;
  }

  private int sample(Entry[] slots, int count, Consumer<Entry> consumer) {
    int first = below(slots.length);
    return show(slots, first, fetch(slots, first, count), consumer);
  }

  private static int show(Entry[] slots, int first, int end, Consumer<Entry> consumer) {
    int shown = 0;
    for (int i = first; i < end; i++) {
      Entry entry = Buckets.head(slots, i & slots.length - 1);
      while (entry != null) {
        consumer.accept(entry);
        shown++;
        entry = entry.next;
      }
    }
    return shown;
  }

  /**
   * The end of the slots that hold so many entries. The entries come from memory meanwhile, all at
   * once, because nothing here waits for what is in them.
   */
  private static int fetch(Entry[] slots, int first, int count) {
    int found = 0;
    int at = first;
    while (found < count && at < first + slots.length) {
      Entry entry = Buckets.head(slots, at & slots.length - 1);
      while (entry != null) {
        found++;
        entry = entry.next;
      }
      at++;
    }
    return at;
  }

  /** Shows all entries of one of the shards of a database. */
  public static void walk(Database database, int shard, Consumer<Entry> consumer) {
    Buckets.forEach(database.shards()[shard].table, consumer);
  }

  /**
   * Shows entries with an expiry, the one that is due first in its shard among them. Shows at least
   * one if there is any.
   */
  public void sampleExpiring(Database database, int count, Consumer<Entry> consumer) {
    Shard[] shards = database.shards();
    int first = below(shards.length);
    int shown = 0;
    for (int i = 0; i < shards.length && shown < count; i++) {
      Shard shard = shards[first + i & shards.length - 1];
      if (shard.expiring() > 0) {
        shown += sampleExpiring(shard, count - shown, consumer);
      }
    }
  }

  private int sampleExpiring(Shard shard, int count, Consumer<Entry> consumer) {
    int shown = 0;
    shard.lock();
    try {
      int most = Math.min(count, shard.expiring());
      for (int i = 0; i < 2 * most && shown < most; i++) {
        Entry entry = shard.queue().at(i == 0 ? 0 : next() >>> 1);
        if (entry != null) {
          consumer.accept(entry);
          shown++;
        }
      }
    } finally {
      shard.unlock();
    }
    return shown;
  }

  private int below(int bound) {
    return (int) (((next() >>> 32) * bound) >>> 32);
  }
}
