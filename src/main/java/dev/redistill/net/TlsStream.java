package dev.redistill.net;

import dev.redistill.resp.ReplyWriter;
import dev.redistill.resp.RequestReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;

/**
 * The encrypted side of a {@link Wire}: takes records off the socket for the request reader, and
 * puts replies into records. Confined to the connection's thread.
 *
 * <p>Between turns it keeps only the beginning of a record that has not arrived whole, and records
 * that the socket has not taken.
 */
final class TlsStream {

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final SocketChannel channel;
  private final SSLEngine engine;
  private final int largestRecord;
  private ByteBuffer begun = NOTHING;
  private ByteBuffer unsent = NOTHING;
  private boolean open;
  private boolean ended;

  TlsStream(SocketChannel channel, SSLEngine engine) {
    this.channel = channel;
    this.engine = engine;
    largestRecord = engine.getSession().getPacketBufferSize();
  }

  /** Whether records wait for the socket to take them. */
  boolean isBlocked() {
    return unsent.hasRemaining();
  }

  /** Bytes of records that wait for the socket to take them. */
  int unsent() {
    return unsent.remaining();
  }

  /** Whether the handshake is over. */
  boolean isOpen() {
    return open;
  }

  /** Whether the client has said that nothing more comes. */
  boolean isEnded() {
    return ended;
  }

  /** What both sides have agreed on. */
  SSLSession session() {
    return engine.getSession();
  }

  /**
   * Reads what is there; answers how many bytes the reader got, which may be none, or -1 at the
   * end. A client that leaves without a farewell is at its end, too.
   */
  int read(RequestReader reader, Buffers buffers) throws IOException {
    ByteBuffer records = buffers.nativeIn.clear().put(begun);
    if (channel.read(records) < 0) {
      return -1;
    }
    try {
      int plain = open(records.flip(), reader, buffers);
      begun = records.hasRemaining() ? copy(records) : NOTHING;
      return ended && plain == 0 ? -1 : plain;
    } catch (SSLException e) {
      sendAlert(buffers);
      throw e;
    }
  }

  private int open(ByteBuffer records, RequestReader reader, Buffers buffers) throws IOException {
    int sum = 0;
    while (!ended) {
      ByteBuffer plain = buffers.nativeOut.clear();
      SSLEngineResult result = engine.unwrap(records, plain);
      open |= result.getHandshakeStatus() == HandshakeStatus.FINISHED;
      if (plain.flip().hasRemaining()) {
        sum += plain.remaining();
        reader.append(plain);
      }
      ended = result.getStatus() == Status.CLOSED;
      boolean moved = shakeHands(buffers);
      boolean starved =
          result.getStatus() == Status.BUFFER_UNDERFLOW
              || (result.bytesConsumed() == 0 && result.bytesProduced() == 0);
      if (starved && !moved) {
        break;
      }
    }
    return sum;
  }

  /** Does what the handshake asks of us; answers whether there was anything. */
  private boolean shakeHands(Buffers buffers) throws IOException {
    boolean moved = false;
    while (true) {
      switch (engine.getHandshakeStatus()) {
        case NEED_TASK -> {
          if (open) {
            throw new SSLException("the client wants to shake hands again");
          }
          engine.getDelegatedTask().run();
        }
        case NEED_WRAP -> {
          if (wrap(NOTHING, buffers.nativeOut.clear()) == 0) {
            return moved;
          }
        }
        case NEED_UNWRAP, NEED_UNWRAP_AGAIN, FINISHED, NOT_HANDSHAKING -> {
          return moved;
        }
      }
      moved = true;
    }
  }

  /** Encrypts and sends one record; answers how long it is. */
  private int wrap(ByteBuffer plain, ByteBuffer records) throws IOException {
    SSLEngineResult result = engine.wrap(plain, records);
    open |= result.getHandshakeStatus() == HandshakeStatus.FINISHED;
    send(records.flip());
    return result.bytesProduced();
  }

  /** Writes what the socket takes now of what waits; answers how many bytes of replies that was. */
  int write(ReplyWriter reply, Buffers buffers) throws IOException {
    if (!flush() || !open) {
      return 0;
    }
    ByteBuffer plain = buffers.nativeIn.clear();
    reply.peek(plain);
    plain.flip();
    ByteBuffer records = buffers.nativeOut.clear();
    while (plain.hasRemaining() && records.remaining() >= largestRecord) {
      SSLEngineResult result = engine.wrap(plain, records);
      if (result.getStatus() != Status.OK) {
        throw new SSLException("cannot encrypt: " + result.getStatus());
      }
    }
    send(records.flip());
    return plain.position();
  }

  /** Sends what waits; answers whether all of it is gone. */
  boolean flush() throws IOException {
    if (unsent.hasRemaining()) {
      int unused = channel.write(unsent);
      if (unsent.hasRemaining()) {
        return false;
      }
      unsent = NOTHING;
    }
    return true;
  }

  private void send(ByteBuffer records) throws IOException {
    if (flush()) {
      int unused = channel.write(records);
    }
    if (unsent.remaining() + records.remaining() > 2 * Buffers.SIZE) {
      throw new SSLException("the client asks and does not read");
    }
    if (records.hasRemaining()) {
      unsent = unsent.hasRemaining() ? joined(unsent, records) : copy(records);
    }
  }

  private void sendAlert(Buffers buffers) {
    try {
      boolean unused = shakeHands(buffers);
    } catch (IOException e) {
      System.getLogger(TlsStream.class.getName())
          .log(System.Logger.Level.DEBUG, "no alert could be sent", e);
    }
  }

  /** Says farewell as far as the socket takes it now. */
  void end(Buffers buffers) throws IOException {
    engine.closeOutbound();
    if (flush()) {
      int unused = wrap(NOTHING, buffers.nativeOut.clear());
    }
  }

  private static ByteBuffer copy(ByteBuffer bytes) {
    return ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
  }

  private static ByteBuffer joined(ByteBuffer first, ByteBuffer second) {
    return ByteBuffer.allocate(first.remaining() + second.remaining())
        .put(first)
        .put(second)
        .flip();
  }
}
