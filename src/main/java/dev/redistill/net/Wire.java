package dev.redistill.net;

import dev.redistill.resp.ReplyWriter;
import dev.redistill.resp.RequestReader;
import dev.redistill.util.FieldHandle;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * A socket that a virtual thread waits for: non-blocking underneath, blocking for its thread.
 *
 * <p>{@link #await} parks the thread until the carrier's selector says that the socket is ready.
 * The socket stays registered for reading all the time; only when it becomes ready while its thread
 * is busy with something else (a lock, a pause) is its registration silenced until the thread waits
 * again.
 */
final class Wire {

  private static final int NONE = -1;
  private static final VarHandle READY =
      FieldHandle.of(MethodHandles.lookup(), "ready", boolean.class);

  private final SocketChannel channel;
  private final Carrier carrier;
  private final Thread thread = Thread.currentThread();

  /* Written with release and read with acquire: the two threads meet in park and unpark, and where a carrier
  schedules its own threads there is only one. */
  @SuppressWarnings("UnusedVariable")
  private boolean ready;

  /** Whether the thread is in {@link #await}. Used where the carrier's thread runs it. */
  private boolean waiting;

  private volatile boolean closed;
  private volatile boolean finishing;

  /** Somebody has called {@link #wake} since the thread last waited. */
  private volatile boolean called;

  /** Whether the thread was woken by {@link #wake}; its own. */
  private boolean woken;

  private final SelectionKey key;

  /** The file descriptor, once it is used past the channel. */
  private int descriptor = NONE;

  private int interest = SelectionKey.OP_READ;

  private final @Nullable TlsStream tls;

  /** Made by the thread that will wait. */
  Wire(SocketChannel channel, Carrier carrier, @Nullable TlsStream tls) throws IOException {
    this.channel = channel;
    this.carrier = carrier;
    this.tls = tls;
    key = channel.register(carrier.selector(), carrier.isOwn() ? SelectionKey.OP_READ : 0, this);
  }

  /**
   * Waits until the socket is ready for one of the operations of {@link SelectionKey}, or until
   * somebody calls {@link #wake}; answers false if the connection is to end instead.
   */
  boolean await(int replies) throws IOException {
    int wanted = isBlocked() ? replies | SelectionKey.OP_WRITE : replies;
    waiting = true;
    if (interest != wanted || !(carrier.isOwn() || woken)) {
      interest = wanted;
      listen();
    }
    if (called) {
      Carrier.letOthersRun();
    }
    woken = false;
    while (!isReady()) {
      if (closed || finishing) {
        return false;
      }
      if (called) {
        called = false;
        woken = true;
        waiting = false;
        return true;
      }
      LockSupport.park();
    }
    waiting = false;
    READY.setRelease(this, false);
    return true;
  }

  /** Whether {@link #await} has ended because of {@link #wake}, and the socket is not ready. */
  boolean wasWoken() {
    return woken;
  }

  /** Ends the wait, or the next one, from any thread. */
  void wake() {
    called = true;
    LockSupport.unpark(thread);
  }

  private void listen() throws IOException {
    try {
      key.interestOps(interest);
    } catch (java.nio.channels.CancelledKeyException e) {
      throw new ClosedChannelException();
    }
    if (!carrier.isOwn()) {
      carrier.selector().wakeup();
    }
  }

  /** The selector has found the socket ready. Called by the carrier's thread. */
  void ready(SelectionKey readyKey) {
    boolean silence = !carrier.isOwn() || !waiting || isReady();
    if (silence && readyKey.isValid()) {
      readyKey.interestOps(0);
    }
    if (carrier.isOwn() && silence) {
      interest = 0;
      return;
    }
    READY.setRelease(this, true);
    LockSupport.unpark(thread);
  }

  private boolean isReady() {
    return (boolean) READY.getAcquire(this);
  }

  /** Reads what is there, at most a buffer full; answers how much, or -1 at the end. */
  int read(RequestReader reader, Buffers buffers) throws IOException {
    if (tls != null) {
      return tls.read(reader, buffers);
    }
    if (isDirect() && reader.isLentEmpty()) {
      int count = SystemCalls.receive(descriptor, buffers.inSegment(), buffers.in.length);
      if (count >= 0) {
        reader.received(count);
        return count == 0 ? -1 : count;
      }
    }
    int count = channel.read(buffers.nativeIn.clear());
    if (count > 0) {
      reader.append(buffers.nativeIn.flip());
    }
    return count;
  }

  /** Writes what the socket takes now of what waits, at most a buffer full; answers how much. */
  int write(ReplyWriter reply, Buffers buffers) throws IOException {
    if (tls != null) {
      return tls.write(reply, buffers);
    }
    if (isDirect() && reply.isLentPlain()) {
      int count = SystemCalls.send(descriptor, buffers.out.segment(), (int) reply.pending());
      if (count >= 0) {
        return count;
      }
    }
    return writeCopy(reply, buffers);
  }

  /** Whether replies can be written by {@link #writeHeld}. */
  boolean mayHold(ReplyWriter reply) {
    return tls == null && isDirect() && reply.isLentPlain() && reply.pending() > 0;
  }

  /** Writes what the socket takes now of what a buffer holds; answers how much, or -1. */
  int writeHeld(ReplyWriter reply, OutputBuffer held) {
    return isDirect() ? SystemCalls.send(descriptor, held.segment(), (int) reply.pending()) : -1;
  }

  /** Does the same with any buffers, not only those that the reply is written into. */
  int writeCopy(ReplyWriter reply, Buffers buffers) throws IOException {
    if (tls != null) {
      return tls.write(reply, buffers);
    }
    reply.peek(buffers.nativeOut.clear());
    return channel.write(buffers.nativeOut.flip());
  }

  /**
   * Whether the connection goes on, as far as can be seen without reading. That the client has gone
   * is seen where the socket may be used past the channel, and nothing waits to be read.
   */
  boolean isConnected() {
    return !closed && !finishing && !(isDirect() && SystemCalls.isAtEnd(descriptor));
  }

  /** Whether bytes wait here for the socket to take them. */
  boolean isBlocked() {
    return tls != null && tls.isBlocked();
  }

  /** Whether the thread waits for the client; to other threads a guess. */
  boolean isWaiting() {
    return waiting;
  }

  /** Whether requests can be read, for which TLS may have to shake hands first. */
  boolean isOpen() {
    return tls == null || tls.isOpen();
  }

  /** Whether the client has said, encrypted, that nothing more comes. */
  boolean isEnded() {
    return tls != null && tls.isEnded();
  }

  /** What both sides have agreed on, or null without TLS. */
  @Nullable SSLSession security() {
    return tls == null ? null : tls.session();
  }

  /** Bytes that wait here for the socket to take them. */
  int unsent() {
    return tls == null ? 0 : tls.unsent();
  }

  /** Writes what the socket takes now of what waits here. */
  void flush() throws IOException {
    if (tls != null) {
      boolean unused = tls.flush();
    }
  }

  /** Tells the client that nothing more will come, if that is the way of the protocol. */
  void end(Buffers buffers) throws IOException {
    if (tls != null && !closed) {
      tls.end(buffers);
    }
  }

  /**
   * Whether the descriptor may be used past the channel: it is closed by the selector, that is by
   * this very thread, after {@code closed} was set. Failures are left to the channel to name.
   */
  private boolean isDirect() {
    if (descriptor == NONE && carrier.isOwn() && SystemCalls.areAvailable()) {
      descriptor = SystemCalls.descriptor(channel);
    }
    return descriptor != NONE && !closed;
  }

  /** Ends the connection as soon as its thread has to wait. */
  void finish() {
    finishing = true;
    LockSupport.unpark(thread);
  }

  /** Ends the connection from any thread; a thread that waits learns of it. */
  void close() {
    closed = true;
    try {
      channel.close();
    } catch (IOException e) {
      System.getLogger(Wire.class.getName()).log(System.Logger.Level.DEBUG, "close failed", e);
    }
    carrier.wake();
    LockSupport.unpark(thread);
  }
}
