package dev.redistill.eviction;

import dev.redistill.store.Accesses;
import dev.redistill.store.Database;
import dev.redistill.store.Entry;
import dev.redistill.store.EntrySampler;
import java.util.List;

/**
 * Halves how often entries count as used, shard by shard: all of them once while there are so many
 * requests for each entry. Takes no lock: a use that is lost does not matter. Confined to one
 * thread.
 */
final class Aging {

  private static final double REQUESTS_PER_ENTRY = 100;

  private final int shards;
  private double due;
  private int next;

  /** For databases of so many shards. */
  Aging(int shards) {
    this.shards = shards;
  }

  /** There were so many requests more. */
  void advance(Population population, long requests) {
    List<Database> databases = population.databases();
    int all = databases.size() * shards;
    due += requests * (double) all / (REQUESTS_PER_ENTRY * Math.max(population.size(), 1));
    due = Math.min(due, all);
    for (; due >= 1; due--) {
      next = (next + 1) % all;
      EntrySampler.walk(databases.get(next / shards), next % shards, Aging::halve);
    }
  }

  private static void halve(Entry entry) {
    int uses = entry.uses();
    entry.uses((uses & Accesses.USED) | ((uses & Accesses.MOST_TALLIED) >> 1));
  }
}
