package dev.redistill.eviction;

import dev.redistill.store.Arrivals;
import dev.redistill.store.Database;
import dev.redistill.store.Entry;
import dev.redistill.store.EntrySampler;
import org.jspecify.annotations.Nullable;

/** The entries of a group of shards in the order in which a policy gives them up. */
interface EvictionQueue extends Arrivals {

  /** Takes out the entry of a database that is to go next, or answers null if there is none. */
  @Nullable Entry next(Database database, EntrySampler chance);

  /** Whether it is rather its turn than that of another group; a guess, without a lock. */
  default boolean isReady() {
    return true;
  }

  /** All entries of the group were counted, and take so many bytes. */
  default void counted(long bytes) {}

  /** Bytes that the queue itself takes; a guess to other threads. */
  long footprint();
}
