package dev.redistill.loadtest;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Open loop: batches are due at even intervals, whether or not the server keeps up. The latency of
 * a batch that had to wait for a free connection counts from when it was due, so that a server that
 * stalls is not spared the requests it kept from being sent (coordinated omission).
 */
final class OpenPace implements Pace {
  private static final long PATIENCE = 100;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Sender sender;
  private final double interval;
  private final long start;
  private final Queue<Connection> idle = new ArrayDeque<>();
  private long sent;

  /** A pace of one batch every {@code interval} nanoseconds; the first is due at {@code start}. */
  OpenPace(Sender sender, double interval, long start) {
    this.sender = sender;
    this.interval = interval;
    this.start = start;
  }

  @Override
  public void free(Connection connection, long now) {
    idle.add(connection);
  }

  @Override
  public void sendDue(long now) {
    while (dueAt(sent) <= now) {
      Connection connection = idle.poll();
      if (connection == null) {
        return;
      }
      sender.send(connection, dueAt(sent));
      sent++;
    }
  }

  /** Less than 2 ms before a batch is due the loop polls, because a selector waits whole ms. */
  @Override
  public long patience(long now) {
    if (idle.isEmpty()) {
      return PATIENCE;
    }
    long millis = (dueAt(sent) - now) / NANOS_PER_MILLI;
    return Math.clamp(millis - 1, 0, PATIENCE);
  }

  @Override
  public long overdue(long now) {
    return Math.max(0, (long) ((now - start) / interval) + 1 - sent);
  }

  private long dueAt(long batch) {
    return start + (long) (batch * interval);
  }
}
