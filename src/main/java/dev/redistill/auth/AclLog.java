package dev.redistill.auth;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The last attempts that were refused. Guarded by its own lock. */
public final class AclLog {

  private static final int LOOKED_AT = 10;
  private static final long SAME_WITHIN_MILLIS = 60_000;
  private static final int LONGEST = 1024;

  /**
   * What was refused, and to whom.
   *
   * @param reason why, or that the login failed
   * @param inTransaction whether that was between MULTI and EXEC
   * @param object the command, key or channel; its beginning if it is long
   * @param user the name that the client has, or wanted to have
   */
  public record Refusal(Reason reason, boolean inTransaction, String object, String user) {
    public Refusal {
      object = shortened(object);
      user = shortened(user);
    }

    private static String shortened(String text) {
      return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }
  }

  /**
   * The same refusal, so many times.
   *
   * @param count how often within a minute each
   * @param at when the last time was, in Unix milliseconds
   * @param client the client of the last time as CLIENT LIST shows it
   */
  public record Entry(Refusal refusal, long count, long at, String client) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Entry> entries = new ArrayDeque<>();

  /** Adds a refusal, and forgets the oldest ones beyond so many. */
  public void add(Refusal refusal, long now, String client, long most) {
    lock.lock();
    try {
      Entry before = takeSame(refusal, now);
      entries.addFirst(new Entry(refusal, before == null ? 1 : before.count() + 1, now, client));
      while (entries.size() > most) {
        entries.removeLast();
      }
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Entry takeSame(Refusal refusal, long now) {
    Iterator<Entry> latest = entries.iterator();
    for (int i = 0; i < LOOKED_AT && latest.hasNext(); i++) {
      Entry entry = latest.next();
      if (entry.refusal().equals(refusal) && Math.abs(now - entry.at()) <= SAME_WITHIN_MILLIS) {
        latest.remove();
        return entry;
      }
    }
    return null;
  }

  /** The entries, the latest first. */
  public List<Entry> entries() {
    lock.lock();
    try {
      return new ArrayList<>(entries);
    } finally {
      lock.unlock();
    }
  }

  /** Forgets everything. */
  public void clear() {
    lock.lock();
    try {
      entries.clear();
    } finally {
      lock.unlock();
    }
  }
}
