package dev.redistill.http;

import dev.redistill.resp.Ascii;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a complete reply of RESP2: a number is a {@code Long}, a string a {@code byte[]}, an array
 * a {@code List}. Used by one thread.
 */
final class ReplyParser {

  private final byte[] bytes;
  private int at;

  ReplyParser(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The next reply; an error is thrown. */
  @Nullable Object next() throws RefusedException {
    byte kind = bytes[at++];
    String line = line();
    return switch (kind) {
      case '+' -> Ascii.bytes(line);
      case '-' -> throw new RefusedException(line);
      case ':' -> Long.valueOf(line);
      case '$' -> string(Integer.parseInt(line));
      case '*' -> list(Integer.parseInt(line));
      default -> throw new IllegalStateException("a reply of an unknown kind: " + (char) kind);
    };
  }

  private String line() {
    int end = at;
    while (bytes[end] != '\r') {
      end++;
    }
    String line = Ascii.text(bytes, at, end - at);
    at = end + 2;
    return line;
  }

  private byte @Nullable [] string(int length) {
    if (length < 0) {
      return null;
    }
    byte[] string = Arrays.copyOfRange(bytes, at, at + length);
    at += length + 2;
    return string;
  }

  private @Nullable List<@Nullable Object> list(int count) throws RefusedException {
    if (count < 0) {
      return null;
    }
    List<@Nullable Object> list = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      list.add(next());
    }
    return list;
  }
}
