package dev.redistill.net;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The TLS handshakes that are under way. When there are too many, the oldest has to go: one that is
 * meant takes no time, so those that wait are those that nobody means. Safe for all threads.
 */
final class Handshakes {

  private final IntSupplier most;
  private final ReentrantLock lock = new ReentrantLock();
  private final Set<Connection> underWay = new LinkedHashSet<>();

  Handshakes(IntSupplier most) {
    this.most = most;
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
