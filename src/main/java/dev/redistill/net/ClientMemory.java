package dev.redistill.net;

import dev.redistill.command.Services;
import dev.redistill.command.Session;
import dev.redistill.config.Config;
import dev.redistill.config.Settings;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The memory of what waits on all connections, and its limit {@code maxmemory-clients}: when there
 * is too much, the client that holds most is closed, then the next. Safe for all threads.
 */
final class ClientMemory {

  private static final Logger LOG = System.getLogger(ClientMemory.class.getName());
  private static final long GONE = -1;

  private final Services services;
  private final Set<Share> shares = ConcurrentHashMap.newKeySet();
  private final ReentrantLock evicting = new ReentrantLock();

  ClientMemory(Services services) {
    this.services = services;
    services.memory().auditBy(this::audit);
  }

  /** The share of a new connection. */
  Share share(Session session) {
    Share share = new Share(session);
    shares.add(share);
    return share;
  }

  /** Looks at what came to the connections while they slept. */
  private void audit() {
    for (Share share : shares) {
      share.holds(share.session.waitingBytes());
    }
  }

  /** How much all may hold, by the settings; 0 is no limit. */
  static long limit(Config config, long heap) {
    long bytes = config.number(Settings.MAXMEMORY_CLIENTS);
    if (bytes >= 0) {
      return bytes;
    }
    long whole = config.bytes(Settings.MAXMEMORY);
    return (whole == 0 ? heap : whole) / 100 * -bytes;
  }

  private boolean isTooMuch() {
    long most = limit(services.config(), Runtime.getRuntime().maxMemory());
    return most > 0 && services.memory().clients() > most;
  }

  /** Closes the largest clients until there is room. */
  private void makeRoom() {
    while (isTooMuch() && evicting.tryLock()) {
      try {
        Share largest = largest();
        if (largest == null) {
          return;
        }
        largest.evict();
      } finally {
        evicting.unlock();
      }
    }
  }

  private @Nullable Share largest() {
    Share largest = null;
    long most = 0;
    for (Share share : shares) {
      long bytes = share.bytes.get();
      if (bytes > most && !share.session.isNoEvict()) {
        largest = share;
        most = bytes;
      }
    }
    return largest;
  }

  /** What one connection holds. */
  final class Share {

    private final Session session;
    private final AtomicLong bytes = new AtomicLong();

    private Share(Session session) {
      this.session = session;
    }

    /** How much it was when somebody last said so. */
    long held() {
      return bytes.get();
    }

    /** Says that so much more was taken for it. */
    void took(long more) {
      long before;
      do {
        before = bytes.get();
        if (before == GONE) {
          services.memory().takeForClient(-more);
          return;
        }
      } while (!bytes.compareAndSet(before, before + more));
      if (isTooMuch()) {
        makeRoom();
      }
    }

    /** Says how much it is now. */
    void holds(long now) {
      long before;
      do {
        before = bytes.get();
        if (before == now || before == GONE) {
          return;
        }
      } while (!bytes.compareAndSet(before, now));
      services.memory().takeForClient(now - before);
      if (now > before && isTooMuch()) {
        makeRoom();
      }
    }

    private void evict() {
      long held = leave();
      services.statistics().clientEvicted();
      LOG.log(
          Level.WARNING,
          "closing client {0}, which holds {1} bytes: all together hold more than"
              + " maxmemory-clients allows",
          session.link().address(),
          Long.toString(held));
      session.link().close();
    }

    /** The connection ends, or is going to: it counts no more. */
    long leave() {
      shares.remove(this);
      long held = bytes.getAndSet(GONE);
      if (held > 0) {
        services.memory().takeForClient(-held);
      }
      return held;
    }
  }
}
