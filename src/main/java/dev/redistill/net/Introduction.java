package dev.redistill.net;

import dev.redistill.command.Guard;
import dev.redistill.command.Session;
import dev.redistill.resp.RequestReader;
import dev.redistill.tls.Tls;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLSession;

/**
 * The beginning of a connection with TLS: the handshake and, if the client's certificate names a
 * user, the login. Confined to the connection's thread, which waits while a step is done for it.
 */
final class Introduction {

  private final Connection connection;
  private final SocketChannel channel;
  private final Carrier carrier;
  private final Handshakes handshakes;
  private final Guard guard;
  private final Tls tls;
  private volatile boolean underWay = true;

  Introduction(
      Connection connection, SocketChannel channel, Carrier carrier, Shared shared, Tls tls) {
    this.connection = connection;
    this.channel = channel;
    this.carrier = carrier;
    handshakes = shared.handshakes();
    guard = shared.services().guard();
    this.tls = tls;
  }

  /** Whether the handshake has not ended yet; for any thread. */
  boolean isUnderWay() {
    return underWay;
  }

  TlsStream begin() {
    handshakes.begin(connection);
    return new TlsStream(channel, tls.engine());
  }

  /**
   * Carries all of it out. Answers how many bytes of requests have come behind it, or -1 at the end
   * of the connection.
   */
  int carryOut(Wire wire, RequestReader reader, Session session) throws IOException {
    int count = 0;
    while (count == 0 && !wire.isOpen()) {
      if (connection.isClosed() || !wire.await(SelectionKey.OP_READ)) {
        return -1;
      }
      count = handshakes.run(() -> connection.isClosed() ? -1 : read(wire, reader));
    }
    end();
    if (count >= 0) {
      login(wire, session);
    }
    return count;
  }

  private int read(Wire wire, RequestReader reader) throws IOException {
    Buffers buffers = carrier.buffers().borrow();
    reader.lend(buffers.in);
    try {
      wire.flush();
      return wire.read(reader, buffers);
    } finally {
      reader.giveBack();
      carrier.buffers().giveBack(buffers);
    }
  }

  /** The handshake has ended, well or not. */
  void end() {
    if (underWay) {
      underWay = false;
      handshakes.end(connection);
    }
  }

  /** A certificate that names a user is as good as its password. */
  private void login(Wire wire, Session session) {
    SSLSession security = wire.security();
    String name = security == null ? null : tls.user(security);
    if (name != null && !session.account().loginByCertificate(name)) {
      guard.refuseCertificate(session, name);
    }
  }
}
