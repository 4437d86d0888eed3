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

  private static final int GROUPS = 16;
  private static final int TRIES = 4 * GROUPS;

  private final Supplier<EvictionQueue> maker;
  private final Map<Database, EvictionQueue[]> byDatabase = new ConcurrentHashMap<>();

  Queues(Supplier<EvictionQueue> maker) {
    this.maker = maker;
  }

  /** Begins to follow databases that are not followed yet. */
  void follow(Population population) {
    for (Database database : population.databases()) {
      byDatabase.computeIfAbsent(database, this::start);
    }
  }

  private EvictionQueue[] start(Database database) {
    EvictionQueue[] queues = new EvictionQueue[GROUPS];
    for (int i = 0; i < GROUPS; i++) {
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
    return population.free(chance.next(), database -> evict(database, (int) chance.next()));
  }

  private long evict(Database database, int random) {
    EvictionQueue[] queues = byDatabase.get(database);
    for (int i = 0; queues != null && i < TRIES; i++) {
      Entry entry = queues[random + i & GROUPS - 1].next();
      long freed = entry == null ? 0 : database.evict(entry);
      if (freed > 0) {
        return freed;
      }
    }
    return 0;
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
