package dev.redistill.net;

import static javax.net.ssl.SSLEngineResult.HandshakeStatus.NOT_HANDSHAKING;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** The other side of a {@link TlsStream}: a client with the JDK's TLS that trusts everybody. */
final class TlsPeer implements AutoCloseable {

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
  private static final int LARGE = 1 << 17;
  private static final int MOMENT_MILLIS = 50;
  private static final int TURNS = 20;

  final SocketChannel server;
  private final SocketChannel channel;
  private final SSLEngine engine;
  private final ByteBuffer received = ByteBuffer.allocate(LARGE);

  TlsPeer(String... protocols) throws Exception {
    InetSocketAddress local = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (ServerSocketChannel listener = ServerSocketChannel.open().bind(local)) {
      channel = SocketChannel.open(listener.getLocalAddress());
      server = listener.accept();
    }
    channel.configureBlocking(false);
    server.configureBlocking(false);
    SSLContext context = SSLContext.getInstance("TLS", "SunJSSE");
    context.init(null, new TrustManager[] {new Trustful()}, null);
    engine = context.createSSLEngine();
    engine.setUseClientMode(true);
    engine.setEnabledProtocols(protocols);
    engine.beginHandshake();
  }

  /** Takes the end of a handshake, which may come in several pieces. */
  void endHandshake() throws IOException {
    int turns = 0;
    do {
      byte[] unused = receive();
    } while (engine.getHandshakeStatus() != NOT_HANDSHAKING && ++turns < TURNS);
  }

  /** Waits a moment for something to arrive at a side; answers whether something has. */
  static boolean awaits(SocketChannel side) throws IOException {
    try (Selector selector = Selector.open()) {
      side.register(selector, SelectionKey.OP_READ);
      return selector.select(MOMENT_MILLIS) > 0;
    }
  }

  SSLEngine engine() {
    return engine;
  }

  /** The records that hold these bytes. */
  ByteBuffer records(byte[] plain) throws SSLException {
    ByteBuffer records = ByteBuffer.allocate(LARGE + plain.length);
    ByteBuffer source = ByteBuffer.wrap(plain);
    while (source.hasRemaining()) {
      if (engine.wrap(source, records).bytesConsumed() == 0) {
        throw new SSLException("the handshake is not over: " + engine.getHandshakeStatus());
      }
    }
    return records.flip();
  }

  /** What this side has to say of a handshake after all that has come. */
  ByteBuffer flight() throws IOException {
    ByteBuffer records = ByteBuffer.allocate(LARGE);
    int unused = awaits(channel) ? channel.read(received) : 0;
    while (true) {
      switch (engine.getHandshakeStatus()) {
        case NEED_TASK -> runTasks();
        case NEED_WRAP -> {
          var ignored = engine.wrap(NOTHING, records);
        }
        default -> {
          if (!takeRecord()) {
            return records.flip();
          }
        }
      }
    }
  }

  private boolean takeRecord() throws SSLException {
    received.flip();
    int before = received.remaining();
    var unused = engine.unwrap(received, ByteBuffer.allocate(LARGE));
    int after = received.remaining();
    received.compact();
    return after < before;
  }

  /** Puts bytes on the way as they are. */
  void transmit(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      int unused = channel.write(bytes);
    }
  }

  /** Takes what has come; answers the bytes in it. */
  byte[] receive() throws IOException {
    int unused = awaits(channel) ? channel.read(received) : 0;
    received.flip();
    ByteBuffer plain = ByteBuffer.allocate(LARGE);
    int before;
    do {
      before = received.remaining();
      var ignored = engine.unwrap(received, plain);
      runTasks();
    } while (received.remaining() < before);
    received.compact();
    byte[] bytes = new byte[plain.flip().remaining()];
    plain.get(bytes);
    return bytes;
  }

  private void runTasks() {
    for (Runnable task = engine.getDelegatedTask();
        task != null;
        task = engine.getDelegatedTask()) {
      task.run();
    }
  }

  /** Says that no more bytes will come. */
  void sayFarewell() throws IOException {
    engine.closeOutbound();
    ByteBuffer records = ByteBuffer.allocate(LARGE);
    var unused = engine.wrap(NOTHING, records);
    transmit(records.flip());
  }

  /** Leaves, with or without having said so. */
  @Override
  public void close() throws IOException {
    channel.close();
    server.close();
  }

  /** Leaves without closing the side of the server. */
  void leave() throws IOException {
    channel.close();
  }

  private static final class Trustful implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
