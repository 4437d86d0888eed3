package dev.redistill.net;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One platform thread that waits for the sockets of some connections in its own selector and, where
 * the JDK allows it, is also the scheduler of their virtual threads.
 *
 * <p>As a scheduler it runs whatever of its virtual threads can run, and waits in the selector when
 * none can. So a connection is a plain blocking loop that costs what an event loop costs: its
 * socket is registered once, waking it is an entry in a plain queue, and no other thread takes
 * part.
 */
final class Carrier implements Runnable, Executor {

  private static final Logger LOG = System.getLogger(Carrier.class.getName());

  /** So many connections begin before those that are ready have their turn again. */
  private static final int MOST_ARRIVALS = 8;

  private final Selector selector;
  private final Thread thread;
  private final Thread.Builder.OfVirtual threads;
  private final boolean own;
  private final BufferPool buffers = new BufferPool();
  private final AtomicInteger connections = new AtomicInteger();

  /* Continuations of virtual threads that can run: from this thread, and from others. */
  private final ArrayDeque<Runnable> local = new ArrayDeque<>();
  private final Queue<Runnable> remote = new ConcurrentLinkedQueue<>();

  /** Those that have had their share: each round runs one of them, behind all others. */
  private final ArrayDeque<Runnable> behind = new ArrayDeque<>();

  /** Whether the thread that is about to let others run has had its share. */
  private boolean steppingBack;

  private final Round round = new Round();

  /** Connections that have not begun yet. */
  private final Queue<Arrival> arrivals = new ConcurrentLinkedQueue<>();

  private volatile boolean asleep;
  private volatile boolean closed;

  /**
   * A carrier that schedules its virtual threads itself if {@code own}, else one that only wakes
   * them.
   */
  Carrier(String name, boolean own) throws IOException {
    this.own = own;
    selector = Selector.open();
    thread = Thread.ofPlatform().name(name).daemon().unstarted(this);
    threads = own ? CustomScheduler.builder(this) : Thread.ofVirtual();
  }

  void start() {
    thread.start();
  }

  /** A task for a virtual thread of this name. */
  private record Arrival(String name, Runnable task) {}

  /** Starts a virtual thread on this carrier, soon: a storm of them does not hold up the others. */
  void start(String name, Runnable task) {
    connections.incrementAndGet();
    if (!own) {
      Thread.ofVirtual().name(name).start(task);
      return;
    }
    arrivals.add(new Arrival(name, task));
    wake();
  }

  private void beginArrivals() {
    for (int i = 0; i < MOST_ARRIVALS; i++) {
      Arrival next = arrivals.poll();
      if (next == null) {
        return;
      }
      threads.name(next.name).start(next.task);
    }
  }

  void ended() {
    connections.decrementAndGet();
  }

  int connections() {
    return connections.get();
  }

  /** Whether the replies of a turn that ends are to be held, see {@link #hold}. */
  boolean holds() {
    return own && round.holds(local.size());
  }

  /** Holds the replies of a connection for a moment; answers a buffer for those of the next. */
  OutputBuffer hold(Sender sender, OutputBuffer replies) {
    return round.hold(sender, replies);
  }

  Selector selector() {
    return selector;
  }

  BufferPool buffers() {
    return buffers;
  }

  /**
   * Whether virtual threads of this carrier run on its own thread, so that nothing else runs
   * meanwhile.
   */
  boolean isOwn() {
    return own;
  }

  @Override
  public void execute(Runnable continuation) {
    if (Thread.currentThread() == thread) {
      (steppingBack ? behind : local).add(continuation);
      steppingBack = false;
      return;
    }
    remote.add(continuation);
    wake();
  }

  /**
   * Ends the wait for sockets. A carrier that is awake must not be woken: the caller may be a
   * virtual thread of its own, and if that had to wait for the lock of the selector, the carrier
   * would wait behind it for the same lock, and nobody would run either.
   */
  void wake() {
    if (asleep) {
      selector.wakeup();
    }
  }

  /** Lets the other connections of the calling thread's carrier run. */
  @SuppressWarnings(
      "ThreadPriorityCheck") // A virtual thread goes to the end of a queue; it is no hint.
  static void letOthersRun() {
    Thread.yield();
  }

  /**
   * Lets the others run because the calling thread, one of this carrier, has had its share. However
   * many do so, whoever is ready waits for no more than one of them.
   */
  void stepBack() {
    steppingBack = own;
    letOthersRun();
  }

  void close() {
    closed = true;
    selector.wakeup();
  }

  @Override
  public void run() {
    while (!closed) {
      try {
        runReady();
        poll();
      } catch (IOException | RuntimeException e) {
        LOG.log(Level.ERROR, "carrier goes on after a failure", e);
      }
    }
  }

  /**
   * Runs each that can run once: those that go on at once wait for the sockets of others. First
   * those that somebody has woken, for who has done so and lets others run expects it.
   */
  private void runReady() {
    beginArrivals();
    Runnable next;
    while ((next = remote.poll()) != null) {
      local.addFirst(next);
    }
    for (int left = local.size(); left > 0; left--) {
      local.remove().run();
      if (round.isFull()) {
        round.send();
      }
    }
    round.send();
    next = behind.poll();
    if (next != null) {
      next.run();
    }
  }

  private void poll() throws IOException {
    asleep = local.isEmpty() && behind.isEmpty();
    try {
      if (asleep && remote.isEmpty() && arrivals.isEmpty()) {
        selector.select(Carrier::ready);
      } else {
        selector.selectNow(Carrier::ready);
      }
    } finally {
      asleep = false;
    }
  }

  private static void ready(SelectionKey key) {
    ((Wire) key.attachment()).ready(key);
  }
}
