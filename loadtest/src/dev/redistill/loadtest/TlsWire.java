package dev.redistill.loadtest;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * A socket with TLS 1.3 by the JDK, always of the same cipher suite, so that all servers have the
 * same to do. It trusts whom it meets.
 */
final class TlsWire implements Wire {
  private static final String SUITE = "TLS_AES_128_GCM_SHA256";
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  /** Less than what one read of a loop takes, so that nothing decrypted is left over. */
  private static final int SIZE = 1 << 16;

  private final SocketChannel channel;
  private final SSLEngine engine;
  private final ByteBuffer in = ByteBuffer.allocate(SIZE);

  /** Records that the socket has not taken. */
  private final ByteBuffer out;

  private TlsWire(SocketChannel channel, SSLEngine engine) {
    this.channel = channel;
    this.engine = engine;
    out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize()).flip();
  }

  /** What the wires of one load are made from. */
  static SSLContext context() throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new Trustful()}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("the JDK has no TLS", e);
    }
  }

  /** Shakes hands over a socket that still blocks. */
  static TlsWire open(SocketChannel channel, SSLContext context) throws IOException {
    SSLEngine engine = context.createSSLEngine();
    engine.setUseClientMode(true);
    engine.setEnabledProtocols(new String[] {"TLSv1.3"});
    engine.setEnabledCipherSuites(new String[] {SUITE});
    TlsWire wire = new TlsWire(channel, engine);
    wire.shakeHands();
    return wire;
  }

  private void shakeHands() throws IOException {
    engine.beginHandshake();
    ByteBuffer nothing = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
    while (true) {
      switch (engine.getHandshakeStatus()) {
        case NEED_TASK -> engine.getDelegatedTask().run();
        case NEED_WRAP -> {
          boolean unused = wrap(NOTHING);
        }
        case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
          if (unwrap(nothing).getStatus() == Status.BUFFER_UNDERFLOW && channel.read(in) < 0) {
            throw new EOFException("the server closed a connection instead of shaking hands");
          }
        }
        case FINISHED, NOT_HANDSHAKING -> {
          return;
        }
      }
    }
  }

  @Override
  public SocketChannel channel() {
    return channel;
  }

  @Override
  public int read(ByteBuffer replies) throws IOException {
    int before = replies.position();
    if (channel.read(in) < 0) {
      return -1;
    }
    Status status;
    do {
      status = unwrap(replies).getStatus();
    } while (status == Status.OK && in.position() > 0);
    return status == Status.CLOSED ? -1 : replies.position() - before;
  }

  private SSLEngineResult unwrap(ByteBuffer plain) throws IOException {
    SSLEngineResult result = engine.unwrap(in.flip(), plain);
    in.compact();
    return result;
  }

  @Override
  public boolean write(ByteBuffer requests) throws IOException {
    boolean gone = flush();
    while (gone && requests.hasRemaining()) {
      gone = wrap(requests);
    }
    return gone;
  }

  private boolean wrap(ByteBuffer plain) throws IOException {
    SSLEngineResult unused = engine.wrap(plain, out.clear());
    out.flip();
    return flush();
  }

  private boolean flush() throws IOException {
    if (out.hasRemaining()) {
      channel.write(out);
    }
    return !out.hasRemaining();
  }

  /** Believes everybody: it measures, and tells no secrets. */
  private static final class Trustful implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
