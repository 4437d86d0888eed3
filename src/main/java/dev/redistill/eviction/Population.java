package dev.redistill.eviction;

import dev.redistill.store.Database;
import dev.redistill.store.Keyspace;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * The databases that are in use, and how many keys they hold, as it was a moment ago.
 *
 * @param databases those that are in use
 * @param sizes how many keys each of them holds
 * @param size how many all of them hold
 */
record Population(List<Database> databases, List<Long> sizes, long size) {

  static final Population NONE = new Population(List.of(), List.of(), 0);

  static Population of(Keyspace keyspace) {
    List<Database> databases = new ArrayList<>();
    List<Long> sizes = new ArrayList<>();
    long sum = 0;
    for (int i = 0; i < keyspace.count(); i++) {
      Database database = keyspace.databaseIfUsed(i);
      if (database != null) {
        long size = database.size();
        databases.add(database);
        sizes.add(size);
        sum += size;
      }
    }
    return new Population(List.copyOf(databases), List.copyOf(sizes), sum);
  }

  /** The place of a database that a random number picks: the more likely the more it holds. */
  private int place(long random) {
    long at = size == 0 ? 0 : Long.remainderUnsigned(random, size);
    int place = 0;
    while (place < databases.size() - 1 && at >= sizes.get(place)) {
      at -= sizes.get(place);
      place++;
    }
    return place;
  }

  /**
   * Tries one database after the other, first one that a random number picks, until something is
   * freed; answers how much.
   */
  long free(long random, ToLongFunction<Database> attempt) {
    int first = databases.size() > 1 ? place(random) : 0;
    for (int i = 0; i < databases.size(); i++) {
      long freed = attempt.applyAsLong(databases.get((first + i) % databases.size()));
      if (freed > 0) {
        return freed;
      }
    }
    return 0;
  }
}
