package dev.redistill.command;

import dev.redistill.auth.User;
import java.util.Collection;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** All connected clients, and what those that have gone had counted. */
public final class Sessions {

  private final ConcurrentSkipListMap<Long, Session> byId = new ConcurrentSkipListMap<>();
  private final AtomicInteger count = new AtomicInteger();
  private final AtomicLong lastId = new AtomicLong();
  private final Monitors monitors = new Monitors();
  private final ReentrantLock lock = new ReentrantLock();
  private final Traffic departed = new Traffic();
  private final Traffic forgotten = new Traffic();

  long nextId() {
    return lastId.incrementAndGet();
  }

  /** Adds a client that has connected. */
  public void add(Session session) {
    byId.put(session.id(), session);
    count.incrementAndGet();
  }

  /** Takes out a client whose connection has ended. */
  public void remove(Session session) {
    lock.lock();
    try {
      if (byId.remove(session.id()) != null) {
        count.decrementAndGet();
        departed.add(session.traffic());
      }
    } finally {
      lock.unlock();
    }
  }

  /** Has the clients that are this user look at it anew, or end if there is no such user now. */
  void userChanged(User before, @Nullable User after) {
    for (Session session : byId.values()) {
      session.account().changed(before, after);
    }
  }

  /** All clients in the order in which they came. */
  public Collection<Session> all() {
    return byId.values();
  }

  public @Nullable Session find(long id) {
    return byId.get(id);
  }

  /** What a client is told without having asked; null if there is no such client. */
  public @Nullable Messaging messaging(long id) {
    Session session = byId.get(id);
    return session == null ? null : session.messaging();
  }

  /** Those of them that are shown what all run. */
  public Monitors monitors() {
    return monitors;
  }

  public int count() {
    return count.get();
  }

  /** What all clients have counted since the start or the last {@link #resetTraffic}. */
  public Traffic traffic() {
    lock.lock();
    try {
      Traffic sum = everything();
      sum.subtract(forgotten);
      return sum;
    } finally {
      lock.unlock();
    }
  }

  /** Starts to count again from zero. */
  public void resetTraffic() {
    lock.lock();
    try {
      forgotten.set(everything());
    } finally {
      lock.unlock();
    }
  }

  private Traffic everything() {
    Traffic sum = new Traffic();
    sum.add(departed);
    byId.values().forEach(session -> sum.add(session.traffic()));
    return sum;
  }
}
