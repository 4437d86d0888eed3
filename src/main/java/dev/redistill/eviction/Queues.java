package dev.redistill.eviction;

import dev.redistill.store.Database;
import dev.redistill.store.Entry;
import dev.redistill.store.EntrySampler;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Evicts by queues that all keys stand in: some for each database, each for a group of its shards
 * and with a lock of its own, so that writers seldom meet.
 */
final class Queues {

  private static final int TRIES = 4;

  private final int groups;
  private final Supplier<EvictionQueue> maker;
  private final Map<Database, EvictionQueue[]> byDatabase = new ConcurrentHashMap<>();

  /** Queues for so many groups of shards, a power of two. */
  Queues(int groups, Supplier<EvictionQueue> maker) {
    this.groups = groups;
    this.maker = maker;
  }

  /** Begins to follow databases that are not followed yet, and tells the queues what is in them. */
  void follow(Population population) {
    for (Database database : population.databases()) {
      EvictionQueue[] queues = byDatabase.computeIfAbsent(database, this::start);
      long bytes = (database.footprint() - database.tableFootprint()) / groups;
      for (EvictionQueue queue : queues) {
        queue.counted(bytes);
      }
    }
  }

  private EvictionQueue[] start(Database database) {
    EvictionQueue[] queues = new EvictionQueue[groups];
    for (int i = 0; i < groups; i++) {
      queues[i] = maker.get();
    }
    database.follow(queues);
    return queues;
  }

  /** Follows no database any more. */
  void stop() {
    byDatabase.keySet().forEach(database -> database.follow(null));
    byDatabase.clear();
  }

  /** Evicts one key; answers how many bytes that frees, 0 if there is none. */
  long evict(Population population, EntrySampler chance) {
    return population.free(chance.next(), database -> evict(database, chance));
  }

  private long evict(Database database, EntrySampler chance) {
    EvictionQueue[] queues = byDatabase.get(database);
    int first = queues == null ? 0 : ready(queues, (int) chance.next());
    for (int i = 0; queues != null && i < TRIES * groups; i++) {
      Entry entry = queues[first + i & groups - 1].next(database, chance);
      long freed = entry == null ? 0 : database.evict(entry);
      if (freed > 0) {
        return freed;
      }
    }
    return 0;
  }

  /** The place of a queue that is ready, looking from a place that chance picks. */
  private int ready(EvictionQueue[] queues, int random) {
    for (int i = 0; i < groups; i++) {
      if (queues[random + i & groups - 1].isReady()) {
        return random + i;
      }
    }
    return random;
  }

  /** Bytes that the queues themselves take. */
  long footprint() {
    long sum = 0;
    for (EvictionQueue[] queues : byDatabase.values()) {
      for (EvictionQueue queue : queues) {
        sum += queue.footprint();
      }
    }
    return sum;
  }
}
