package dev.redistill.net;

import dev.redistill.command.Dispatcher;
import dev.redistill.command.Link;
import dev.redistill.command.Lookahead;
import dev.redistill.command.Services;
import dev.redistill.command.Session;
import dev.redistill.config.Settings;
import dev.redistill.pubsub.Outbox;
import dev.redistill.resp.OutputTooLargeException;
import dev.redistill.resp.ProtocolException;
import dev.redistill.resp.ReplyWriter;
import dev.redistill.resp.RequestBatch;
import dev.redistill.resp.RequestReader;
import dev.redistill.tls.Tls;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection: a virtual thread that waits for bytes, runs every complete request in
 * them, and sends the replies together. The one place where failures become a reply, a log line or
 * a close.
 */
final class Connection implements Runnable, Link {

  private static final Logger LOG = System.getLogger(Connection.class.getName());

  /** {@code client-query-buffer-limit} cannot be less. */
  private static final long LEAST_QUERY_LIMIT = 1024 * 1024;

  private final SocketChannel channel;
  private final Carrier carrier;
  private final Shared shared;
  private final Services services;
  private final Dispatcher dispatcher;
  private final @Nullable Introduction introduction;
  private final RequestReader reader;
  private final ReplyWriter reply = new ReplyWriter();
  private final String address;
  private final String localAddress;
  private final Session session;
  private final Sender sender;
  private final ClientMemory.Share share;
  private volatile @Nullable Wire open;
  private volatile boolean closed;
  private boolean fresh = true;

  Connection(SocketChannel channel, Carrier carrier, Shared shared, @Nullable Tls tls) {
    this.channel = channel;
    this.carrier = carrier;
    introduction = tls == null ? null : new Introduction(this, channel, carrier, shared, tls);
    this.shared = shared;
    services = shared.services();
    dispatcher = shared.dispatcher();
    reader = new RequestReader(() -> services.config().bytes(Settings.PROTO_MAX_BULK_LEN));
    address = Addresses.remote(channel);
    localAddress = Addresses.local(channel);
    session = new Session(services, this, reader, reply);
    sender = new Sender(session, reply, carrier);
    share = shared.memory().share(session);
    reader.budget(new InFlight(services.memory(), dispatcher, session, share));
  }

  Session session() {
    return session;
  }

  @Override
  public void run() {
    try {
      Wire wire = new Wire(channel, carrier, introduction == null ? null : introduction.begin());
      open = wire;
      if (session.messaging().outboxIfAny() != null) {
        wire.wake();
      }
      int there = introduction == null ? 0 : introduction.carryOut(wire, reader, session);
      boolean going = there == 0 || (there > 0 && turn(wire, there));
      while (going && !closed && wire.await(sender.wanted()) && turn(wire, 0)) {
        settle();
      }
      sender.sendHeld();
      farewell(wire);
    } catch (OverLimitException | OutputTooLargeException e) {
      LOG.log(Level.WARNING, "closed {0}: {1}", address, e.getMessage());
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "connection of {0} ended: {1}", address, e.getMessage());
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "closed " + address + " after a failure", e);
    } finally {
      close();
      if (introduction != null) {
        introduction.end();
      }
      share.leave();
      session.end();
      carrier.ended();
    }
  }

  boolean isClosed() {
    return closed;
  }

  /** Says what is kept until the next turn, which is not to become too much. */
  private void settle() throws OverLimitException {
    long waiting = session.waitingBytes();
    share.holds(waiting);
    if (waiting > LEAST_QUERY_LIMIT
        && session.requestBytes() > services.config().bytes(Settings.CLIENT_QUERY_BUFFER_LIMIT)) {
      throw new OverLimitException(Settings.CLIENT_QUERY_BUFFER_LIMIT);
    }
  }

  private void farewell(Wire wire) throws IOException {
    if (introduction != null) {
      Buffers buffers = carrier.buffers().borrow();
      wire.end(buffers);
      carrier.buffers().giveBack(buffers);
    }
  }

  /**
   * Reads bytes, unless so many are there already, and answers the requests in them; answers false
   * at the end of the connection.
   */
  private boolean turn(Wire wire, int there) throws IOException {
    Buffers buffers = carrier.buffers().borrow();
    reader.lend(buffers.in);
    sender.begin(buffers);
    try {
      if (wire.wasWoken()) {
        session.woken();
      }
      boolean reads = there == 0 && !session.isClosing() && !wire.wasWoken();
      int count = reads ? wire.read(reader, buffers) : there;
      if (count < 0) {
        return false;
      }
      if (count > 0) {
        session.traffic().received(count);
        answer(wire, buffers);
      }
      return sender.send(wire, buffers);
    } finally {
      if (reader.isLarge()) {
        buffers.forget();
      }
      reader.giveBack();
      sender.end();
      carrier.buffers().giveBack(buffers);
    }
  }

  private void answer(Wire wire, Buffers buffers) throws IOException {
    boolean timed = session.isTimed();
    long begin = timed ? services.clock().nanos() : 0;
    session.startTurn(services.clock().millis());
    try {
      if (fresh && reader.isJunk()) {
        throw stranger("what it sends is not of this protocol");
      }
      fresh = false;
      writeMessages();
      while (!session.isClosing() && reader.read(buffers.requests) > 0) {
        answer(wire, buffers.requests, buffers);
      }
    } catch (ProtocolException e) {
      refuse(e);
    } catch (RuntimeException | StackOverflowError e) {
      LOG.log(Level.ERROR, "closing " + address + " after a failure", e);
      reply.error("ERR internal error");
      session.closeAfterReply();
    } finally {
      session.endTurn(timed ? services.clock().nanos() - begin : 0);
    }
  }

  /** What was published before the requests came is told before their replies. */
  private void writeMessages() {
    Outbox outbox = session.messaging().outboxIfAny();
    if (outbox != null) {
      outbox.moveTo(reply, Long.MAX_VALUE);
    }
  }

  private void answer(Wire wire, RequestBatch batch, Buffers buffers) throws IOException {
    Lookahead lookahead = buffers.lookahead;
    lookahead.prepare(session, batch);
    for (int i = 0; i < batch.count() && !session.isClosing(); i++) {
      dispatcher.dispatch(session, batch.get(i), lookahead, i);
      sender.sendIfMany(wire, buffers);
    }
  }

  private void refuse(ProtocolException e) throws IOException {
    String message = String.valueOf(e.getMessage());
    if (message.isEmpty()) {
      throw stranger("it seems to be a web browser that somebody wants to use against us");
    }
    LOG.log(Level.DEBUG, "closing {0}: {1}", address, message);
    reply.error(message);
    session.closeAfterReply();
  }

  /** Tells of one that does not speak our protocol, though not of all of them. */
  private IOException stranger(String what) {
    if (shared.strangers().isTime(services.clock().millis())) {
      LOG.log(Level.WARNING, "closed {0}: {1}; others are not told of for a minute", address, what);
    }
    return new IOException(what);
  }

  @Override
  public void wake() {
    Wire wire = open;
    if (wire != null) {
      wire.wake();
    }
  }

  @Override
  public void letOthersRun() {
    Carrier.letOthersRun();
  }

  @Override
  public void sendReplies() {
    Wire wire = open;
    if (wire != null) {
      sender.sendWhatFits(wire);
    }
  }

  @Override
  public boolean rest(long nanos) {
    LockSupport.parkNanos(nanos);
    Wire wire = open;
    return wire != null && wire.isConnected();
  }

  @Override
  public void finish() {
    Wire wire = open;
    if (wire != null) {
      wire.finish();
    }
  }

  @Override
  public void close() {
    closed = true;
    Wire wire = open;
    if (wire != null) {
      wire.close();
      return;
    }
    try {
      channel.close();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "close failed", e);
    }
  }

  @Override
  public String address() {
    return address;
  }

  @Override
  public String localAddress() {
    return localAddress;
  }

  @Override
  public int descriptor() {
    return SystemCalls.areAvailable() ? SystemCalls.descriptor(channel) : -1;
  }

  @Override
  public int queryBuffer() {
    return reader.waiting();
  }

  @Override
  public boolean isWaiting() {
    Wire wire = open;
    return wire != null && wire.isWaiting();
  }

  @Override
  public boolean isShakingHands() {
    return introduction != null && introduction.isUnderWay();
  }

  @Override
  public long outputBuffer() {
    Wire wire = open;
    return sender.waiting() + (wire == null ? 0 : wire.unsent());
  }
}
