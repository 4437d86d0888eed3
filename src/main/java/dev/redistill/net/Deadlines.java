package dev.redistill.net;

import dev.redistill.command.Session;
import dev.redistill.config.Config;
import dev.redistill.config.Setting;
import dev.redistill.config.Settings;
import org.jspecify.annotations.Nullable;

/**
 * The deadlines of one connection: what the watchdog has seen of it, round by round, and what
 * follows. Confined to the watchdog.
 */
final class Deadlines {

  /* A request counts as one while no byte has left the reader: then the difference of what has come and what waits
  stays the same. It may take longer than its deadline as long as it keeps coming at this rate. */
  private static final long LEAST_BYTES_PER_SECOND = 64 * 1024;

  private static final long NEVER = Long.MIN_VALUE;

  private long strangerSince;
  private long halfSince = NEVER;
  private long blockedSince = NEVER;
  private long consumed;
  private long sent;

  /** Keeps nothing of the session: it is to be forgotten with its connection. */
  Deadlines(long connectedAt) {
    strangerSince = connectedAt;
  }

  /** The setting whose deadline the connection has missed at this time, or null. */
  @Nullable Setting missed(Session session, Config config, long now) {
    boolean shaking = session.link().isShakingHands();
    if (shaking && isOver(config, Settings.TLS_HANDSHAKE_TIMEOUT, now - session.connectedAt())) {
      return Settings.TLS_HANDSHAKE_TIMEOUT;
    }
    long stranger = strangerFor(session, shaking, now);
    if (isOver(config, Settings.AUTHENTICATION_TIMEOUT, stranger)) {
      return Settings.AUTHENTICATION_TIMEOUT;
    }
    if (!session.link().isWaiting()) {
      return null;
    }
    if (isOver(config, Settings.REQUEST_TIMEOUT, halfFor(session, now))) {
      return Settings.REQUEST_TIMEOUT;
    }
    if (isOver(config, Settings.WRITE_TIMEOUT, blockedFor(session, now))) {
      return Settings.WRITE_TIMEOUT;
    }
    return isIdle(session, config, now) ? Settings.TIMEOUT : null;
  }

  private static boolean isOver(Config config, Setting deadline, long millis) {
    long seconds = config.number(deadline);
    return seconds > 0 && millis > seconds * 1000;
  }

  private long strangerFor(Session session, boolean shaking, long now) {
    if (shaking || session.isAuthenticated()) {
      strangerSince = now;
    }
    return now - strangerSince;
  }

  /** How long half a request has been coming, less what its size explains. */
  private long halfFor(Session session, long now) {
    long waiting = session.link().queryBuffer();
    long before = consumed;
    consumed = session.traffic().bytesIn() - waiting;
    if (waiting == 0 || consumed != before || halfSince == NEVER) {
      halfSince = waiting == 0 ? NEVER : Math.min(now, session.lastActive());
    }
    if (halfSince == NEVER) {
      return 0;
    }
    long explained = waiting * 1000 / LEAST_BYTES_PER_SECOND;
    return Math.max(now - session.lastActive(), now - halfSince - explained);
  }

  /** How long the client has taken nothing of what waits for it. */
  private long blockedFor(Session session, long now) {
    long before = sent;
    sent = session.traffic().bytesOut();
    if (session.link().outputBuffer() == 0) {
      blockedSince = NEVER;
      return 0;
    }
    if (sent != before || blockedSince == NEVER) {
      blockedSince = now;
    }
    return now - blockedSince;
  }

  private static boolean isIdle(Session session, Config config, long now) {
    return !session.messaging().isSubscriber()
        && !session.messaging().isCopying()
        && isOver(config, Settings.TIMEOUT, now - session.lastActive());
  }
}
