package dev.redistill.loadtest;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A connection from one of the addresses of this machine, for requests of a line. */
final class LoginConnection implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 20_000;

  private final Socket socket = new Socket();
  private final InputStream in;

  /**
   * Connects.
   *
   * @param from an address in 127.0.0.0/8
   */
  LoginConnection(InetAddress from, int port) throws IOException {
    try {
      socket.bind(new InetSocketAddress(from, 0));
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      in = socket.getInputStream();
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** The address 127.x.y.z of a number. */
  static InetAddress address(int number) throws IOException {
    byte[] bytes = {127, (byte) (1 + (number >> 16)), (byte) (number >> 8), (byte) number};
    return InetAddress.getByAddress(bytes);
  }

  /** Sends a line and answers the first line of what comes back; empty at the end. */
  String ask(String line) throws IOException {
    socket.getOutputStream().write((line + "\r\n").getBytes(US_ASCII));
    StringBuilder reply = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      reply.append((char) c);
    }
    return reply.toString().strip();
  }

  @Override
  public void close() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }
}
