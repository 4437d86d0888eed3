package dev.redistill.command;

import dev.redistill.store.Database;
import dev.redistill.store.Locks;

/** Which shards a call needs beyond what its key spec says. */
@FunctionalInterface
public interface LockPlan {

  /**
   * Adds the shards that the call needs when the given database is selected. If the arguments do
   * not say that, it throws the error that is the reply.
   */
  void collect(Call call, Database selected, Locks locks);
}
