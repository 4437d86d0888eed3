package dev.redistill.tracking;

import dev.redistill.resp.Ascii;
import dev.redistill.store.ChangeListener;
import dev.redistill.store.Keyspace;
import java.util.Iterator;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Client-side caching: remembers which clients have read which keys, and tells them when a key is
 * changed. As in Redis a key is the same in all databases.
 *
 * <p>A client reads a key and is remembered under the lock of the key's shard, under which every
 * write tells of the change: so a write either comes before the read, or finds who has read. As the
 * message is sent after the client was remembered, it follows the reply that it takes back.
 */
public final class Tracking implements ChangeListener {

  private static final int KEYS_AT_ONCE = 100;

  private final Keyspace keyspace;
  private final LongFunction<@Nullable Client> clients;
  private final LongSupplier mostKeys;
  private final ConcurrentHashMap<Long, Tracker> trackers = new ConcurrentHashMap<>();
  private final Readers readers = new Readers();
  private final Broadcasts broadcasts = new Broadcasts();

  /** The clients that track and whose commands run now, by the thread that runs them. */
  private final ConcurrentHashMap<Thread, Tracker> running = new ConcurrentHashMap<>();

  /** Guards that the keyspace tells of changes if and only if somebody tracks. */
  private final ReentrantLock switching = new ReentrantLock();

  /** Guards the walk through the table to find something to forget. */
  private final ReentrantLock forgetting = new ReentrantLock();

  private final AtomicInteger told = new AtomicInteger();
  private @Nullable Iterator<String> walk;
  private int rounds;

  /**
   * Nobody tracks.
   *
   * @param keyspace whose changes to tell of
   * @param clients finds a connected client by its number
   * @param mostKeys how many keys to remember at most, 0 for any number
   */
  public Tracking(
      Keyspace keyspace, LongFunction<@Nullable Client> clients, LongSupplier mostKeys) {
    this.keyspace = keyspace;
    this.clients = clients;
    this.mostKeys = mostKeys;
  }

  /** A client turns tracking on, or with a tracker goes on in another mode. */
  public Tracker start(Client client, @Nullable Tracker before, TrackingMode mode) {
    Tracker tracker = before == null ? new Tracker(client, mode) : before;
    tracker.change(mode);
    if (mode.broadcast()) {
      mode.prefixes().forEach(prefix -> add(Ascii.text(prefix, 0, prefix.length), tracker));
      if (mode.prefixes().isEmpty()) {
        add("", tracker);
      }
    }
    switching.lock();
    try {
      trackers.put(client.id(), tracker);
      keyspace.tellChanges(this);
    } finally {
      switching.unlock();
    }
    enter(tracker);
    return tracker;
  }

  private void add(String prefix, Tracker tracker) {
    tracker.add(prefix);
    broadcasts.add(prefix, tracker);
  }

  /** A client turns tracking off. What it has read is forgotten when it changes. */
  public void stop(Tracker tracker) {
    leave();
    broadcasts.remove(tracker);
    switching.lock();
    try {
      trackers.remove(tracker.client().id());
      if (trackers.isEmpty()) {
        keyspace.tellChanges(null);
        readers.clear();
      }
    } finally {
      switching.unlock();
    }
  }

  /** From here on this thread runs commands of a client that tracks. */
  public void enter(Tracker tracker) {
    running.put(Thread.currentThread(), tracker);
  }

  /** This thread does so no more. */
  public void leave() {
    running.remove(Thread.currentThread());
  }

  /** A client has read a key. Called under the lock of its shard. */
  public void read(Tracker tracker, byte[] key) {
    readers.add(Ascii.text(key, 0, key.length), tracker.client().id());
  }

  @Override
  public void changed(byte[] key) {
    String name = Ascii.text(key, 0, key.length);
    Tracker writer = running.get(Thread.currentThread());
    if (broadcasts.isUsed()) {
      broadcasts.changed(name, writer);
    }
    invalidate(name, writer);
  }

  @Override
  public void settled() {
    if (broadcasts.isPending()) {
      broadcasts.take(this::send);
    }
  }

  /** All keys of one or of all databases are gone. Called under the locks of their shards. */
  public void flushed() {
    if (trackers.isEmpty()) {
      return;
    }
    readers.clear();
    for (Tracker tracker : trackers.values()) {
      send(tracker, tracker.client().isResp3() ? Invalidations.ALL_3 : Invalidations.ALL_2);
    }
  }

  /**
   * Forgets keys if there are more than may be remembered, and tells those who have read them. Each
   * time that this is not enough it tries harder the next time.
   */
  public void limit() {
    long most = mostKeys.getAsLong();
    if (most == 0 || readers.size() <= most || !forgetting.tryLock()) {
      return;
    }
    try {
      rounds++;
      for (long i = (long) KEYS_AT_ONCE * rounds; i > 0 && readers.size() > most; i--) {
        forgetOne();
      }
      if (readers.size() <= most) {
        rounds = 0;
      }
    } finally {
      forgetting.unlock();
    }
  }

  private void forgetOne() {
    Iterator<String> keys = walk;
    if (keys == null || !keys.hasNext()) {
      keys = readers.keys();
      walk = keys;
    }
    if (keys.hasNext()) {
      invalidate(keys.next(), null);
    }
  }

  private void invalidate(String key, @Nullable Tracker writer) {
    long[] ids = readers.remove(key);
    if (ids == null) {
      return;
    }
    Invalidations invalidations = Invalidations.of(key);
    for (long id : ids) {
      Tracker tracker = trackers.get(id);
      if (tracker == null || tracker.mode().broadcast()) {
        continue;
      }
      if (tracker != writer || !tracker.mode().noLoop()) {
        send(tracker, invalidations);
      }
    }
  }

  private void send(Tracker tracker, Invalidations invalidations) {
    int unused = told.incrementAndGet();
    long redirect = tracker.mode().redirect();
    Client target = redirect == 0 ? tracker.client() : clients.apply(redirect);
    if (target == null) {
      tracker.breakRedirect();
      if (tracker.client().isResp3()) {
        tracker.client().push(Invalidations.brokenRedirect(redirect));
      }
    } else if (target.isResp3()) {
      target.push(invalidations.direct());
    } else if (redirect != 0 && target.isSubscriber()) {
      target.pushToSubscriber(invalidations.redirected());
    }
  }

  /** Changes each time that somebody has been told of a change. */
  public int told() {
    return told.get();
  }

  /** The number of clients that track. */
  public int trackers() {
    return trackers.size();
  }

  /** The number of keys that clients may have copies of. */
  public long keys() {
    return readers.size();
  }

  /** The number of copies that clients may have. */
  public long items() {
    return readers.items();
  }

  /** Bytes of heap that it takes to remember them. */
  public long footprint() {
    return readers.footprint();
  }

  /** The number of different prefixes to broadcast for. */
  public int prefixes() {
    return broadcasts.size();
  }
}
