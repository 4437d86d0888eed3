package dev.redistill.loadtest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * Sends many commands of any kind, one byte for a character, a pipeline at a time. Confined to one
 * thread.
 */
final class Feeder implements AutoCloseable {
  private static final int CHUNK = 1 << 15;
  private static final int BUFFER = 1 << 16;

  private final Socket socket;
  private final ReplyCounter replies = new ReplyCounter();
  private final ByteArrayOutputStream commands = new ByteArrayOutputStream(BUFFER);
  private final byte[] buffer = new byte[BUFFER];
  private long sent;

  Feeder(InetSocketAddress address) throws IOException {
    socket = new Socket(address.getAddress(), address.getPort());
    socket.setTcpNoDelay(true);
  }

  void send(String... words) throws IOException {
    StringBuilder command = new StringBuilder("*" + words.length + "\r\n");
    for (String word : words) {
      command.append("$").append(word.length()).append("\r\n").append(word).append("\r\n");
    }
    commands.writeBytes(command.toString().getBytes(ISO_8859_1));
    sent++;
    if (commands.size() >= CHUNK) {
      flush();
    }
  }

  /**
   * Sends what is left, and waits for all replies.
   *
   * @throws IOException when one of them is an error
   */
  void flush() throws IOException {
    commands.writeTo(socket.getOutputStream());
    commands.reset();
    InputStream in = socket.getInputStream();
    while (replies.complete() < sent) {
      int count = in.read(buffer);
      if (count < 0) {
        throw new EOFException("the server closed the connection");
      }
      replies.feed(buffer, 0, count);
    }
    if (replies.errors() > 0) {
      throw new IOException("the server refused a command: " + replies.lastError());
    }
  }

  /** How many replies were nil. */
  long nils() {
    return replies.nils();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
