package dev.redistill.net;

import dev.redistill.command.Services;
import dev.redistill.command.Session;
import dev.redistill.config.Setting;
import dev.redistill.tls.Tls;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Ends connections that have missed one of their {@link Deadlines}, and those for which too much
 * output has waited for too long.
 */
final class Watchdog implements Runnable {

  private static final Logger LOG = System.getLogger(Watchdog.class.getName());
  private static final long INTERVAL_NANOS = 1_000_000_000;

  private final Services services;
  private final Map<Session, Deadlines> deadlines = new WeakHashMap<>();
  private final @Nullable Tls tls;
  private volatile boolean stopped;

  Watchdog(Services services, @Nullable Tls tls) {
    this.services = services;
    this.tls = tls;
  }

  @Override
  public void run() {
    while (!stopped) {
      LockSupport.parkNanos(INTERVAL_NANOS);
      endLate();
      endOverSoftLimit();
      if (tls != null) {
        tls.refresh();
      }
    }
  }

  void stop() {
    stopped = true;
  }

  private void endOverSoftLimit() {
    long now = services.clock().millis();
    for (Session session : services.sessions().all()) {
      if (session.messaging().isOverSoftLimit(session.messaging().outputBytes(), now)) {
        LOG.log(
            Level.WARNING,
            "closing client {0}: it has overcome its output buffer limit",
            session.link().address());
        session.link().close();
      }
    }
  }

  private void endLate() {
    long now = services.clock().millis();
    for (Session session : services.sessions().all()) {
      Deadlines known = deadlines.computeIfAbsent(session, key -> new Deadlines(key.connectedAt()));
      Setting missed = known.missed(session, services.config(), now);
      if (missed != null) {
        LOG.log(
            Level.DEBUG,
            "closing client {0}: {1} is over",
            session.link().address(),
            missed.name());
        session.link().close();
      }
    }
  }
}
