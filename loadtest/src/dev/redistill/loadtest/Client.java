package dev.redistill.loadtest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.redistill.loadtest.Workload.Mode;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A blocking connection for what is not load: PING, INFO and the preloading of keys. */
final class Client implements AutoCloseable {
  private static final int CHUNK = 1 << 15;
  private static final int BUFFER = 1 << 16;
  private static final int READ_TIMEOUT_MILLIS = 60_000;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  Client(InetSocketAddress address) throws IOException {
    socket = new Socket();
    try {
      socket.connect(address, READ_TIMEOUT_MILLIS);
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(READ_TIMEOUT_MILLIS);
      in = new BufferedInputStream(socket.getInputStream(), BUFFER);
      out = socket.getOutputStream();
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** Whether the server answers PING with PONG; a server that is loading does not. */
  boolean ping() throws IOException {
    return ask("PING").equals("+PONG");
  }

  /** One field of INFO. */
  String info(String field) throws IOException {
    return field(ask("INFO"), field);
  }

  /** One field of a section of INFO. */
  String info(String section, String field) throws IOException {
    return field(ask("INFO", section), field);
  }

  private static String field(String text, String field) throws IOException {
    String prefix = field + ":";
    return text.lines()
        .filter(line -> line.startsWith(prefix))
        .map(line -> line.substring(prefix.length()))
        .findFirst()
        .orElseThrow(() -> new IOException("INFO has no field " + field));
  }

  /** The text of a bulk string, or the line of any other reply with its first character. */
  String ask(String... command) throws IOException {
    StringBuilder request = new StringBuilder("*" + command.length + "\r\n");
    for (String word : command) {
      request.append("$").append(word.length()).append("\r\n").append(word).append("\r\n");
    }
    out.write(request.toString().getBytes(US_ASCII));
    String line = readLine();
    if (!line.startsWith("$") || line.equals("$-1")) {
      return line;
    }
    int length = Integer.parseInt(line.substring(1));
    byte[] text = in.readNBytes(length + 2);
    if (text.length < length + 2) {
      throw new EOFException("the server closed the connection");
    }
    return new String(text, 0, length, ISO_8859_1);
  }

  /**
   * Removes all keys, and has a policy and so many bytes more than the server takes without keys.
   */
  void limit(String policy, long bytes) throws IOException {
    order("FLUSHALL");
    order("CONFIG", "SET", "maxmemory", "0", "maxmemory-policy", policy);
    long empty = Long.parseLong(info("used_memory"));
    order("CONFIG", "SET", "maxmemory", Long.toString(empty + bytes));
  }

  /** Sends a command that is answered with OK. */
  void order(String... command) throws IOException {
    String reply = ask(command);
    if (!reply.equals("+OK")) {
      throw new IOException(String.join(" ", command) + ": " + reply);
    }
  }

  private String readLine() throws IOException {
    StringBuilder line = new StringBuilder();
    while (true) {
      int c = in.read();
      if (c < 0) {
        throw new EOFException("the server closed the connection");
      }
      if (c == '\n') {
        return line.substring(0, line.length() - 1);
      }
      line.append((char) c);
    }
  }

  /**
   * Sets every key of a workload, in the order of their numbers.
   *
   * @throws IOException when a reply is not OK
   */
  void preload(Workload workload) throws IOException {
    if (workload.mode() == Mode.PING) {
      return;
    }
    RequestWriter writer = new RequestWriter(workload.valueSize());
    ReplyCounter replies = new ReplyCounter();
    byte[] buffer = new byte[BUFFER];
    for (int key = 0; key < workload.keys(); key++) {
      preload(workload, writer, key);
      if (writer.size() >= CHUNK || key == workload.keys() - 1) {
        out.write(writer.bytes(), 0, writer.size());
        writer.clear();
        readReplies(replies, key + 1L, buffer);
      }
    }
    if (replies.simples() + replies.integers() != workload.keys()) {
      throw new IOException("preloading failed: " + replies.lastError());
    }
  }

  private static void preload(Workload workload, RequestWriter writer, int key) {
    switch (workload.mode()) {
      case GET_SET, CACHE, MSET, PING -> writer.set(key);
      case INCR -> writer.setZero(key);
      case HASH -> writer.setHash(key);
      case FIELD, FIELD_DEL -> writer.setField(key);
      case FIELD_INCR -> writer.setFieldZero(key);
    }
  }

  private void readReplies(ReplyCounter replies, long wanted, byte[] buffer) throws IOException {
    while (replies.complete() < wanted) {
      int count = in.read(buffer);
      if (count < 0) {
        throw new EOFException("the server closed the connection while keys were preloaded");
      }
      replies.feed(buffer, 0, count);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
