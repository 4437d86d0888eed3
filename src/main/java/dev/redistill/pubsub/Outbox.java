package dev.redistill.pubsub;

import dev.redistill.resp.Push;
import dev.redistill.resp.ReplyWriter;
import dev.redistill.util.FieldHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The messages that wait to be sent to one client: any thread puts them in and never waits, only
 * the client's own connection takes them out. When more bytes wait than the limit allows the outbox
 * breaks: it forgets all of them, takes no more, and the connection has to end.
 */
public final class Outbox {

  /* Producers push onto a stack, which the connection takes as a whole and turns around. A node carries the sums
  over all nodes below it, so one compare-and-set adds a message, counts it, and tells whether the stack was empty:
  only the producer that found it empty has to wake the connection. */

  private static final int MUCH = 256 * 1024;
  private static final VarHandle TOP = FieldHandle.of(MethodHandles.lookup(), "top", Node.class);
  private static final VarHandle UNSENT =
      FieldHandle.of(MethodHandles.lookup(), "unsent", long.class);
  private static final VarHandle STUCK =
      FieldHandle.of(MethodHandles.lookup(), "stuck", boolean.class);
  private static final Node BROKEN =
      new Node(new Push(new byte[0], new byte[0], new byte[0]), null);

  private static final class Node {
    private final Push push;
    private final @Nullable Interest interest;
    private @Nullable Node next;
    private long bytes;
    private int count;

    Node(Push push, @Nullable Interest interest) {
      this.push = push;
      this.interest = interest;
    }

    boolean isWanted() {
      return interest == null || interest.isLive();
    }
  }

  private final Runnable wake;
  private final LongSupplier limit;
  private volatile @Nullable Node top;

  /* Messages in their order, and how many bytes of them and of replies are not sent; the connection's own. */
  private @Nullable Node first;
  private @Nullable Node last;
  private int waiting;
  private long waitingBytes;

  @SuppressWarnings("UnusedVariable")
  private long unsent;

  @SuppressWarnings("UnusedVariable")
  private boolean stuck;

  /**
   * An outbox.
   *
   * @param wake has the connection look into the outbox; called from any thread, must not wait
   * @param limit how many bytes may wait, 0 if that does not matter
   */
  public Outbox(Runnable wake, LongSupplier limit) {
    this.wake = wake;
    this.limit = limit;
  }

  /** Puts a message in, from any thread. */
  public void put(Push push) {
    boolean unused = put(push, null);
  }

  /**
   * Puts a message in that is dropped if the interest in it has ended when its turn comes; answers
   * as {@link #isLagging}.
   */
  public boolean put(Push push, @Nullable Interest interest) {
    Node node = new Node(push, interest);
    Node below;
    do {
      below = top;
      if (below == BROKEN) {
        return false;
      }
      node.next = below;
      node.bytes = push.size() + (below == null ? 0 : below.bytes);
      node.count = 1 + (below == null ? 0 : below.count);
    } while (!TOP.compareAndSet(this, below, node));
    long bytes = node.bytes + (long) UNSENT.getOpaque(this);
    if (isTooMuch(bytes)) {
      breakDown();
    } else if (below == null) {
      wake.run();
    }
    return isLagging(bytes);
  }

  private boolean isTooMuch(long bytes) {
    long most = limit.getAsLong();
    return most > 0 && bytes > most;
  }

  /** Forgets everything and takes no more: the connection has to end. Safe from any thread. */
  public void breakDown() {
    top = BROKEN;
    wake.run();
  }

  /** Whether the connection has to end because more waited than may. */
  public boolean isBroken() {
    return top == BROKEN;
  }

  /** Whether nothing is to be taken out. Asked by the connection. */
  public boolean isEmpty() {
    return first == null && top == null;
  }

  /** Bytes in the outbox, and those of replies that {@link #left} told of; a guess. */
  public long bytes() {
    Node node = top;
    return (long) UNSENT.getOpaque(this) + (node == null ? 0 : node.bytes);
  }

  /**
   * Whether much waits that the client was not yet offered: who produces more of it should let the
   * connection run.
   */
  public boolean isLagging() {
    return isLagging(bytes());
  }

  private boolean isLagging(long bytes) {
    return bytes > MUCH && !(boolean) STUCK.getOpaque(this) && !isBroken();
  }

  /** Bytes of messages in the outbox; a guess to other threads. */
  public long messageBytes() {
    Node node = top;
    return waitingBytes + (node == null ? 0 : node.bytes);
  }

  /** The number of messages in the outbox; a guess to other threads. */
  public int count() {
    Node node = top;
    return waiting + (node == null ? 0 : node.count);
  }

  /**
   * Moves messages to the replies until so many bytes wait there, or nothing is left. Called by the
   * connection.
   */
  public void moveTo(ReplyWriter reply, long enough) {
    while (reply.pending() < enough) {
      if (first == null) {
        collect();
      }
      Node node = first;
      if (node == null) {
        return;
      }
      first = node.next;
      last = first == null ? null : last;
      waiting--;
      waitingBytes -= node.push.size();
      if (node.push.isFor(reply.isResp3())) {
        reply.push(node.push);
      }
    }
  }

  /**
   * Decides what the client gets: all messages that have come so far and whose subscriptions have
   * not ended. Called by the connection.
   */
  void collect() {
    Node node;
    do {
      node = top;
      if (node == null || node == BROKEN) {
        return;
      }
    } while (!TOP.compareAndSet(this, node, null));
    Node newest = null;
    Node oldest = null;
    while (node != null) {
      Node below = node.next;
      if (node.isWanted()) {
        node.next = oldest;
        oldest = node;
        newest = newest == null ? node : newest;
        waiting++;
        waitingBytes += node.push.size();
      }
      node = below;
    }
    append(oldest, newest);
  }

  private void append(@Nullable Node oldest, @Nullable Node newest) {
    if (oldest == null) {
      return;
    }
    if (last == null || first == null) {
      first = oldest;
    } else {
      last.next = oldest;
    }
    last = newest;
  }

  /**
   * Tells how many bytes of replies wait to be sent, which count, too, and whether that is because
   * the client does not take them. Called by the connection.
   */
  public void left(long replies, boolean isStuck) {
    UNSENT.setOpaque(this, waitingBytes + replies);
    STUCK.setOpaque(this, isStuck);
  }
}
