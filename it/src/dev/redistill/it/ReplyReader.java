package dev.redistill.it;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Reads exactly one RESP2 or RESP3 reply from a stream and keeps its bytes as they came. */
final class ReplyReader {
  private final InputStream in;
  private final ByteArrayOutputStream raw = new ByteArrayOutputStream();

  ReplyReader(InputStream in) {
    this.in = in;
  }

  /**
   * The bytes of the next reply.
   *
   * @throws EOFException when the peer closes before the reply is complete
   * @throws IOException also when the bytes are no RESP
   */
  byte[] next() throws IOException {
    raw.reset();
    long missing = 1;
    while (missing > 0) {
      missing += one() - 1;
    }
    return raw.toByteArray();
  }

  /** What has been read of an unfinished reply. */
  byte[] partial() {
    return raw.toByteArray();
  }

  /** Reads one element and tells how many elements belong to it. */
  private long one() throws IOException {
    int type = take();
    return switch (type) {
      case '+', '-', ':', '_', '#', ',', '(' -> {
        line();
        yield 0;
      }
      case '$', '=', '!' -> {
        body(number(line()));
        yield 0;
      }
      case '*', '~', '>' -> Math.max(0, number(line()));
      case '%' -> 2 * Math.max(0, number(line()));
      case '|' -> 2 * Math.max(0, number(line())) + 1;
      default -> throw new IOException("no RESP type: " + Wire.escape(raw.toByteArray()));
    };
  }

  private void body(long length) throws IOException {
    if (length < 0) {
      return;
    }
    byte[] bytes = in.readNBytes(Math.toIntExact(length + 2));
    raw.writeBytes(bytes);
    if (bytes.length < length + 2) {
      throw new EOFException("the reply ends inside a bulk string");
    }
    if (bytes[bytes.length - 2] != '\r' || bytes[bytes.length - 1] != '\n') {
      throw new IOException("bulk string without CR LF");
    }
  }

  private String line() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int read = take(); read != '\r'; read = take()) {
      text.append((char) read);
    }
    if (take() != '\n') {
      throw new IOException("CR without LF");
    }
    return text.toString();
  }

  private int take() throws IOException {
    int read = in.read();
    if (read < 0) {
      throw new EOFException("the peer closed the connection");
    }
    raw.write(read);
    return read;
  }

  private static long number(String line) throws IOException {
    try {
      return Long.parseLong(line);
    } catch (NumberFormatException e) {
      throw new IOException("no length: " + line, e);
    }
  }
}
