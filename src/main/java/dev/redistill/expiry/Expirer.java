package dev.redistill.expiry;

import dev.redistill.store.Database;
import dev.redistill.store.Keyspace;
import dev.redistill.util.Clock;
import java.util.concurrent.locks.LockSupport;

/**
 * Removes keys whose time has come, whether anybody asks for them or not.
 *
 * <p>Ten times a second it looks at each shard's earliest expiry and takes out what is due, few
 * keys under each lock, so that clients wait microseconds at most; it goes on without a break while
 * keys are due.
 */
public final class Expirer implements Runnable {

  private static final int AT_ONCE = 32;
  private static final long INTERVAL_NANOS = 100_000_000;

  private final Keyspace keyspace;
  private final Clock clock;
  private volatile boolean stopped;

  public Expirer(Keyspace keyspace, Clock clock) {
    this.keyspace = keyspace;
    this.clock = clock;
  }

  /** Removes everything that is due now; answers how many places of the queues it looked at. */
  public long sweep() {
    long looked = 0;
    long now = clock.millis();
    keyspace.clock().tick(now);
    for (int i = 0; i < keyspace.count(); i++) {
      Database database = keyspace.databaseIfUsed(i);
      if (database != null) {
        looked += sweep(database, now);
      }
    }
    keyspace.settled();
    return looked;
  }

  private static long sweep(Database database, long now) {
    long looked = 0;
    int more;
    do {
      more = database.removeDue(now, AT_ONCE);
      looked += more;
    } while (more > 0);
    return looked;
  }

  @Override
  public void run() {
    while (!stopped) {
      long unused = sweep();
      LockSupport.parkNanos(INTERVAL_NANOS);
    }
  }

  /** Ends {@link #run} after its current sweep. */
  public void stop() {
    stopped = true;
  }
}
