package dev.redistill.command;

import dev.redistill.util.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** The clients that wait inside a command, and how their waits end. Safe for all threads. */
public final class BlockedClients {

  /** A client that goes away is noticed after so long at most. */
  private static final long LONGEST_REST_NANOS = 500_000_000;

  /** Waiting for ever, as far as a clock can tell. */
  private static final long LONGEST_WAIT_NANOS = Long.MAX_VALUE / 4;

  /** How a wait ends. */
  public enum End {
    /** It has not ended. */
    NONE,
    /** Its time is over, or somebody wants it to be. */
    TIMEOUT,
    /** Somebody wants it to fail. */
    ERROR,
    /** The connection ends. */
    GONE
  }

  /**
   * One that waits.
   *
   * @param session the client
   * @param timed whether it does not wait for ever
   * @param end how the wait ended; whoever sets it first has it
   */
  private record Waiter(Session session, boolean timed, AtomicReference<End> end) {}

  private final Map<Long, Waiter> waiters = new ConcurrentHashMap<>();
  private final Clock clock;

  public BlockedClients(Clock clock) {
    this.clock = clock;
  }

  /**
   * Lets the client of a call wait; its replies so far are sent before.
   *
   * @param millis how long; 0 is for ever
   */
  public End await(Call call, long millis) {
    Session session = call.session();
    Waiter waiter = new Waiter(session, millis > 0, new AtomicReference<>(End.NONE));
    if (session.replies() == Replies.ON) {
      session.link().sendReplies();
    }
    call.services().tracking().settled();
    long begin = clock.nanos();
    waiters.put(session.id(), waiter);
    try {
      rest(waiter, begin, millis);
    } finally {
      waiters.remove(session.id());
      call.rested(clock.nanos() - begin);
      session.startTurn(clock.millis());
    }
    return Objects.requireNonNull(waiter.end.get());
  }

  private void rest(Waiter waiter, long begin, long millis) {
    long wanted = millis == 0 ? LONGEST_WAIT_NANOS : TimeUnit.MILLISECONDS.toNanos(millis);
    while (waiter.end.get() == End.NONE) {
      long left = Math.min(wanted, LONGEST_WAIT_NANOS) - (clock.nanos() - begin);
      if (left <= 0) {
        boolean unused = waiter.end.compareAndSet(End.NONE, End.TIMEOUT);
      } else if (!waiter.session.link().rest(Math.min(left, LONGEST_REST_NANOS))) {
        waiter.end.set(End.GONE);
      }
    }
  }

  /** Ends the wait of a client; answers whether it did wait. */
  public boolean unblock(long id, End how) {
    Waiter waiter = waiters.get(id);
    if (waiter == null || !waiter.end.compareAndSet(End.NONE, how)) {
      return false;
    }
    waiter.session.link().wake();
    return true;
  }

  /** Whether a client waits. */
  public boolean contains(Session session) {
    return waiters.containsKey(session.id());
  }

  /** How many clients wait. */
  public int count() {
    return waiters.size();
  }

  /** How many of them do not wait for ever. */
  public int timed() {
    return (int) waiters.values().stream().filter(Waiter::timed).count();
  }
}
