package dev.redistill.net;

import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The TLS handshakes that are under way. When there are too many, the oldest has to go: one that is
 * meant takes no time, so those that wait are those that nobody means. Their arithmetic is done on
 * a thread of its own, so that it takes no time from the clients of a carrier. Safe for all
 * threads.
 */
final class Handshakes {

  private final IntSupplier most;
  private final ExecutorService thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Set<Connection> underWay = new LinkedHashSet<>();

  /** At most so many, whose steps are done by a thread. */
  Handshakes(IntSupplier most, ExecutorService thread) {
    this.most = most;
    this.thread = thread;
  }

  /** Has a step of a handshake done, while the connection that calls lets others run. */
  int run(Callable<Integer> step) throws IOException {
    try {
      return thread.submit(step).get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException cause -> throw cause;
        case RuntimeException cause -> throw cause;
        case null, default -> throw new IllegalStateException("a handshake failed", e);
      }
    } catch (InterruptedException | RejectedExecutionException e) {
      throw new IOException("the server stops", e);
    }
  }

  void close() {
    thread.shutdownNow();
  }

  void begin(Connection connection) {
    Connection oldest = add(connection);
    if (oldest != null) {
      oldest.close();
    }
  }

  private @Nullable Connection add(Connection connection) {
    lock.lock();
    try {
      underWay.add(connection);
      if (underWay.size() <= most.getAsInt()) {
        return null;
      }
      Iterator<Connection> each = underWay.iterator();
      Connection oldest = each.next();
      each.remove();
      return oldest;
    } finally {
      lock.unlock();
    }
  }

  /** A handshake is over, or its connection. */
  void end(Connection connection) {
    lock.lock();
    try {
      underWay.remove(connection);
    } finally {
      lock.unlock();
    }
  }
}
