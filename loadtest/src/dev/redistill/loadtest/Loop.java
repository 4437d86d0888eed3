package dev.redistill.loadtest;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * One thread of the generator with a selector and its connections. Without TLS it allocates nothing
 * while it runs. Confined to the thread that runs it, except for {@link #tally} and {@link #stop}.
 */
final class Loop implements Runnable, AutoCloseable {
  private static final int READ_SIZE = 1 << 18;

  private final Selector selector;
  private final Batches batches;
  private final int pipeline;
  private final LongSupplier ticker;
  private final Tally tally = new Tally();
  private final List<Connection> connections = new ArrayList<>();
  private final ByteBuffer requests;
  private final ByteBuffer direct = ByteBuffer.allocateDirect(READ_SIZE);
  private final byte[] bytes = new byte[READ_SIZE];
  private final Pace pace;
  private final Consumer<SelectionKey> whenReady = this::ready;
  private int nextBatch;
  private int nextKey;
  private volatile boolean stopped;
  private volatile long overdue;

  /**
   * A loop over connected sockets.
   *
   * @param interval nanoseconds from one batch to the next, or 0 for a closed loop
   * @param firstBatch where in the batches the loop begins, so that loops differ
   */
  Loop(Batches batches, List<Wire> wires, double interval, int firstBatch, LongSupplier ticker)
      throws IOException {
    selector = Selector.open();
    this.batches = batches;
    this.ticker = ticker;
    nextBatch = firstBatch;
    nextKey = batches.firstKey(firstBatch);
    pipeline = batches.pipeline();
    requests = batches.view();
    pace =
        interval == 0
            ? new ClosedPace(this::send)
            : new OpenPace(this::send, interval, ticker.getAsLong());
    for (Wire wire : wires) {
      wire.channel().configureBlocking(false);
      SelectionKey key = wire.channel().register(selector, SelectionKey.OP_READ);
      Connection connection = new Connection(wire, key);
      key.attach(connection);
      connections.add(connection);
    }
  }

  @Override
  public void run() {
    for (Connection connection : connections) {
      pace.free(connection, ticker.getAsLong());
    }
    try {
      while (!stopped) {
        turn();
      }
      overdue = pace.overdue(ticker.getAsLong());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void turn() throws IOException {
    long now = ticker.getAsLong();
    pace.sendDue(now);
    long patience = pace.patience(now);
    if (patience == 0) {
      selector.selectNow(whenReady);
    } else {
      selector.select(whenReady, patience);
    }
  }

  private void ready(SelectionKey key) {
    Connection connection = (Connection) key.attachment();
    try {
      if (key.isWritable()) {
        write(connection);
      }
      if (key.isReadable()) {
        read(connection);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void send(Connection connection, long startedAt) {
    connection.batch = nextBatch;
    nextBatch = nextBatch + 1 == batches.count() ? 0 : nextBatch + 1;
    connection.position = batches.start(connection.batch);
    nextKey = batches.renew(requests, connection.batch, nextKey);
    connection.startedAt = startedAt;
    try {
      write(connection);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(Connection connection) throws IOException {
    requests.limit(batches.end(connection.batch)).position(connection.position);
    boolean blocked = !connection.wire.write(requests);
    connection.position = requests.position();
    if (blocked != connection.blocked) {
      connection.blocked = blocked;
      connection.key.interestOps(
          blocked ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
    }
  }

  private void read(Connection connection) throws IOException {
    direct.clear();
    int count = connection.wire.read(direct);
    if (count < 0) {
      throw new EOFException("the server closed a connection");
    }
    direct.flip().get(bytes, 0, count);
    ReplyCounter replies = connection.replies;
    replies.feed(bytes, 0, count);
    if (replies.complete() >= pipeline) {
      answered(connection, replies);
    }
  }

  private void answered(Connection connection, ReplyCounter replies) {
    long now = ticker.getAsLong();
    if (!batches.isAnsweredBy(connection.batch, replies)) {
      tally.unexpected(replies);
    }
    if (replies.complete() > pipeline) {
      throw new IllegalStateException("more replies than commands");
    }
    replies.reset();
    tally.answered(pipeline, now - connection.startedAt);
    pace.free(connection, now);
  }

  Tally tally() {
    return tally;
  }

  /** Batches that were due and not sent when the loop stopped. */
  long overdue() {
    return overdue;
  }

  /** Lets {@link #run} return soon. */
  void stop() {
    stopped = true;
    selector.wakeup();
  }

  @Override
  public void close() throws IOException {
    for (Connection connection : connections) {
      connection.wire.channel().close();
    }
    selector.close();
  }
}
