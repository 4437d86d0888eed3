package dev.redistill.net;

import dev.redistill.command.Services;
import dev.redistill.command.Session;
import dev.redistill.config.Settings;
import dev.redistill.tls.Tls;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Ends connections whose deadline has passed: those that were idle for {@code timeout} seconds, and
 * those for which too much output has waited for too long.
 */
final class Watchdog implements Runnable {

  private static final Logger LOG = System.getLogger(Watchdog.class.getName());
  private static final long INTERVAL_NANOS = 1_000_000_000;

  private final Services services;
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
      endIdle();
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

  private void endIdle() {
    long timeout = services.config().integer(Settings.TIMEOUT) * 1000L;
    if (timeout == 0) {
      return;
    }
    long now = services.clock().millis();
    for (Session session : services.sessions().all()) {
      if (now - session.lastActive() > timeout && !session.messaging().isSubscriber()) {
        LOG.log(Level.DEBUG, "closing idle client {0}", session.link().address());
        session.link().close();
      }
    }
  }
}
