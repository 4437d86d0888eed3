package dev.redistill.eviction;

import dev.redistill.store.Arrivals;
import dev.redistill.store.Entry;
import org.jspecify.annotations.Nullable;

/** The entries of a group of shards in the order in which a policy gives them up. */
interface EvictionQueue extends Arrivals {

  /** Takes out the entry that is to go next, or answers null if there is none. */
  @Nullable Entry next();

  /** Bytes that the queue itself takes; a guess to other threads. */
  long footprint();
}
