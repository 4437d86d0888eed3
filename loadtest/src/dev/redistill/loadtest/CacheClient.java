package dev.redistill.loadtest;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** An application that keeps what it computes in a cache: GET, and after a miss SET. */
final class CacheClient implements AutoCloseable {
  private static final int BATCH = 32;
  private static final int BUFFER = 1 << 16;

  private final Socket socket;
  private final InputStream in;
  private final byte[] filler = new byte[BUFFER];
  private long hits;

  CacheClient(InetSocketAddress address) throws IOException {
    socket = new Socket(address.getAddress(), address.getPort());
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream(), BUFFER);
  }

  /** Asks for so many keys and answers which part of them was there. */
  double run(KeyStream stream, KeyStream.Run run, long requests) throws IOException {
    hits = 0;
    for (long done = 0; done < requests; done += BATCH) {
      List<Long> keys = new ArrayList<>();
      ByteArrayOutputStream gets = new ByteArrayOutputStream(BUFFER);
      for (int i = 0; i < BATCH; i++) {
        long key = run.next();
        keys.add(key);
        write(gets, "GET", key, -1);
      }
      gets.writeTo(socket.getOutputStream());
      set(stream, missing(keys));
    }
    return (double) hits / requests;
  }

  private Set<Long> missing(List<Long> keys) throws IOException {
    Set<Long> missing = new LinkedHashSet<>();
    for (long key : keys) {
      long length = length('$');
      if (length < 0) {
        missing.add(key);
      } else {
        in.skipNBytes(length + 2);
        hits++;
      }
    }
    return missing;
  }

  private void set(KeyStream stream, Set<Long> keys) throws IOException {
    ByteArrayOutputStream sets = new ByteArrayOutputStream(BUFFER);
    for (long key : keys) {
      write(sets, "SET", key, stream.size(key));
    }
    sets.writeTo(socket.getOutputStream());
    for (int i = 0; i < keys.size(); i++) {
      String line = line();
      if (!line.equals("+OK")) {
        throw new IOException("SET failed: " + line);
      }
    }
  }

  private void write(ByteArrayOutputStream out, String command, long key, int size) {
    String name = "key:%012d".formatted(key);
    String head = "*%d\r\n$3\r\n%s\r\n$16\r\n%s\r\n".formatted(size < 0 ? 2 : 3, command, name);
    out.writeBytes(head.getBytes(US_ASCII));
    if (size >= 0) {
      out.writeBytes(("$" + size + "\r\n").getBytes(US_ASCII));
      out.write(filler, 0, size);
      out.writeBytes("\r\n".getBytes(US_ASCII));
    }
  }

  private long length(char kind) throws IOException {
    String line = line();
    if (line.charAt(0) != kind) {
      throw new IOException("unexpected reply: " + line);
    }
    return Long.parseLong(line.substring(1));
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the server closed the connection");
      }
      line.append((char) c);
    }
    return line.substring(0, line.length() - 1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
