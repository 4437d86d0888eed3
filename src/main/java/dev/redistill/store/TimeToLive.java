package dev.redistill.store;

import java.util.LongSummaryStatistics;

/** How long keys with an expiry have left, going by some keys of some shards. */
public final class TimeToLive {

  private static final int MOST_SHARDS = 256;
  private static final int MOST_KEYS = 8;

  private TimeToLive() {}

  /** The mean in milliseconds, 0 if no key has an expiry. Takes the locks of shards in turn. */
  public static long average(Database database, long now) {
    Shard[] shards = database.shards();
    LongSummaryStatistics left = new LongSummaryStatistics();
    int step = 1 + count(shards) / MOST_SHARDS;
    int seen = 0;
    for (Shard shard : shards) {
      if (shard.expiring() > 0 && seen++ % step == 0) {
        sample(shard, now, left);
      }
    }
    return Math.round(left.getAverage());
  }

  private static void sample(Shard shard, long now, LongSummaryStatistics left) {
    shard.lock();
    try {
      ExpiryQueue queue = shard.queue();
      int keys = Math.min(queue.size(), MOST_KEYS);
      for (int i = 0; i < keys; i++) {
        Entry entry = queue.at((long) i * queue.size() / keys);
        if (entry != null) {
          left.accept(Math.max(entry.expireAt() - now, 0));
        }
      }
    } finally {
      shard.unlock();
    }
  }

  private static int count(Shard[] shards) {
    int count = 0;
    for (Shard shard : shards) {
      count += shard.expiring() > 0 ? 1 : 0;
    }
    return count;
  }
}
