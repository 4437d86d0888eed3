package dev.redistill.it;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A connection that sends the bytes it is given and hands back the bytes of each reply. */
final class RawClient implements AutoCloseable {
  private static final int CONNECT_MILLIS = 5_000;
  private static final int READ_MILLIS = 30_000;
  private static final long LOADING_NANOS = 5_000_000;

  private final Socket socket;
  private final OutputStream out;
  private final BufferedInputStream in;
  private final ReplyReader replies;

  private RawClient(Socket socket) throws IOException {
    this.socket = socket;
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(READ_MILLIS);
    this.out = socket.getOutputStream();
    this.in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
    this.replies = new ReplyReader(in);
  }

  static RawClient connect(int port) throws IOException {
    return connect(port, 0);
  }

  /** A connection that takes in no more than so many bytes before they are read; 0 is as usual. */
  static RawClient connect(int port, int receiveBuffer) throws IOException {
    Socket socket = new Socket();
    try {
      if (receiveBuffer > 0) {
        socket.setReceiveBufferSize(receiveBuffer);
      }
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
      return new RawClient(socket);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** A connection over TLS, whose handshake is over. */
  static RawClient connect(int port, SSLContext context) throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(loopback, port);
    try {
      socket.setSoTimeout(READ_MILLIS);
      socket.startHandshake();
      return new RawClient(socket);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** How long a read waits before it fails with a {@link SocketTimeoutException}. */
  RawClient patience(int millis) throws IOException {
    socket.setSoTimeout(millis);
    return this;
  }

  void send(String latin1) throws IOException {
    send(Wire.bytes(latin1));
  }

  void send(byte[] bytes) throws IOException {
    out.write(bytes);
  }

  /** The bytes of the next reply. */
  String read() throws IOException {
    return Wire.text(replies.next());
  }

  /** Sends one request and reads its reply. */
  String call(String... arguments) throws IOException {
    send(Wire.request(arguments));
    return read();
  }

  /** Waits until the server has loaded its keys. */
  void awaitLoaded() throws IOException {
    while (call("PING").startsWith("-LOADING")) {
      LockSupport.parkNanos(LOADING_NANOS);
    }
  }

  /** Sends one request whose reply is an integer. */
  long integer(String... arguments) throws IOException {
    String reply = call(arguments);
    if (!reply.startsWith(":")) {
      throw new IOException("no integer: " + Wire.escape(reply));
    }
    return Long.parseLong(reply.substring(1, reply.length() - 2));
  }

  /** The next reply, or in round brackets what came instead. */
  String observe(int millis) throws IOException {
    patience(millis);
    try {
      return read();
    } catch (EOFException e) {
      return unfinished("(closed)");
    } catch (SocketTimeoutException e) {
      return unfinished("(nothing more)");
    } catch (java.net.SocketException e) {
      return unfinished("(closed)");
    }
  }

  private String unfinished(String how) {
    return Wire.text(replies.partial()) + how;
  }

  /** Everything until the peer closes; says so when it does not. */
  String observeEnd(int millis) throws IOException {
    return observeEnd(0, millis, millis);
  }

  /**
   * The same, but waits for so many bytes with a patience of their own, since whoever is slow to
   * answer has not fallen silent.
   */
  String observeEnd(int expected, int untilThen, int afterwards) throws IOException {
    StringBuilder seen = new StringBuilder();
    try {
      while (true) {
        patience(seen.length() < expected ? untilThen : afterwards);
        int read = in.read();
        if (read < 0) {
          return seen.append("(closed)").toString();
        }
        seen.append((char) read);
      }
    } catch (SocketTimeoutException e) {
      return seen.append("(still open)").toString();
    } catch (java.net.SocketException e) {
      return seen.append("(closed)").toString();
    }
  }

  /** The number of bytes that can be read without waiting. */
  int available() throws IOException {
    return in.available();
  }

  /** Ends the sending side: the peer reads an end of file. */
  void finish() throws IOException {
    socket.shutdownOutput();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
