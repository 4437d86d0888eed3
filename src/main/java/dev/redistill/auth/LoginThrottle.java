package dev.redistill.auth;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Slows down those who guess passwords: after a few failures every attempt from an address has to
 * wait, longer each time, and attempts of one address wait for one another. Other addresses notice
 * nothing of it. Guarded by its own lock.
 */
public final class LoginThrottle {

  /** What {@link #attempt} answers to those who are not even listened to. */
  public static final long REFUSED = -1;

  /** Failures that cost an address nothing. */
  static final int FREE = 5;

  static final long LONGEST_WAIT = 5_000;
  static final int MOST_WAITING = 64;
  static final int MOST_ADDRESSES = 4096;

  private static final long FIRST_PENALTY = 100;
  private static final long LONGEST_PENALTY = 2_000;
  private static final long FORGOTTEN_AFTER = 600_000;
  private static final int IPV6_PREFIX_GROUPS = 4;

  /** The failures from one address. */
  private static final class Suspect {
    private int failures;
    private long lastFailure;
    private long freeAt;
  }

  private final ReentrantLock lock = new ReentrantLock();
  private int waiting;

  /** The address that has been looked up longest ago goes first when there are too many. */
  private final Map<String, Suspect> suspects =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Suspect> eldest) {
          return size() > MOST_ADDRESSES;
        }
      };

  /**
   * An attempt begins.
   *
   * @return how many milliseconds it has to wait, after which {@link #waited} is called if it is
   *     not 0; or {@link #REFUSED}
   */
  public long attempt(String address, long now) {
    lock.lock();
    try {
      Suspect suspect = suspects.get(origin(address));
      if (suspect == null || now - suspect.lastFailure > FORGOTTEN_AFTER) {
        return 0;
      }
      long begin = Math.max(now, suspect.freeAt);
      long wait = begin - now;
      if (wait > LONGEST_WAIT || (wait > 0 && waiting >= MOST_WAITING)) {
        return REFUSED;
      }
      suspect.freeAt = begin + penalty(suspect.failures);
      waiting += wait > 0 ? 1 : 0;
      return wait;
    } finally {
      lock.unlock();
    }
  }

  /** An attempt has waited as long as it had to. */
  public void waited() {
    lock.lock();
    try {
      waiting--;
    } finally {
      lock.unlock();
    }
  }

  /** A login has failed. */
  public void failed(String address, long now) {
    lock.lock();
    try {
      Suspect suspect = suspects.computeIfAbsent(origin(address), key -> new Suspect());
      boolean forgotten = now - suspect.lastFailure > FORGOTTEN_AFTER;
      suspect.failures = forgotten ? 1 : suspect.failures + 1;
      suspect.lastFailure = now;
      suspect.freeAt = Math.max(suspect.freeAt, now + penalty(suspect.failures));
    } finally {
      lock.unlock();
    }
  }

  /** A login has succeeded: the address is forgiven. */
  public void succeeded(String address) {
    lock.lock();
    try {
      suspects.remove(origin(address));
    } finally {
      lock.unlock();
    }
  }

  private static long penalty(int failures) {
    if (failures < FREE) {
      return 0;
    }
    return Math.min(FIRST_PENALTY << Math.min(failures - FREE, 16), LONGEST_PENALTY);
  }

  /** The number of addresses that are remembered. */
  int size() {
    lock.lock();
    try {
      return suspects.size();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Where an {@code address:port} comes from: of IPv6 the network, of which one machine has all
   * addresses.
   */
  static String origin(String address) {
    String host = address.substring(0, Math.max(0, address.lastIndexOf(':')));
    if (!host.startsWith("[")) {
      return host;
    }
    int end = 0;
    for (int i = 0; i < IPV6_PREFIX_GROUPS && end >= 0; i++) {
      end = host.indexOf(':', end + 1);
    }
    return end < 0 ? host : host.substring(0, end);
  }
}
