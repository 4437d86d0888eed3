package dev.redistill.resp;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A line of words of which some are quoted, read from left to right. */
final class QuotedLine {

  private static final int UNBALANCED = -1;

  private final byte[] bytes;
  private final int end;
  private final ByteArrayOutputStream word = new ByteArrayOutputStream();

  private QuotedLine(byte[] bytes, int end) {
    this.bytes = bytes;
    this.end = end;
  }

  /** The words of a line, or null if its quotes do not match. */
  static @Nullable List<byte[]> split(byte[] bytes, int from, int end) {
    QuotedLine line = new QuotedLine(bytes, end);
    List<byte[]> words = new ArrayList<>();
    int at = from;
    while (true) {
      while (at < end && InlineRequest.isSpace(bytes[at])) {
        at++;
      }
      if (at == end) {
        return words;
      }
      line.word.reset();
      at = line.word(at);
      if (at == UNBALANCED) {
        return null;
      }
      words.add(line.word.toByteArray());
    }
  }

  /** Reads one word; answers where it ends. */
  private int word(int from) {
    int at = from;
    while (at < end && !InlineRequest.endsWord(bytes[at])) {
      byte b = bytes[at];
      if (b == '"' || b == '\'') {
        return closed(b == '"' ? doubleQuoted(at + 1) : singleQuoted(at + 1));
      }
      word.write(b);
      at++;
    }
    return at;
  }

  /** A closing quote must be followed by a space or the end. */
  private int closed(int at) {
    boolean ends = at != UNBALANCED && (at == end || InlineRequest.isSpace(bytes[at]));
    return ends ? at : UNBALANCED;
  }

  private int singleQuoted(int from) {
    int at = from;
    while (at < end) {
      if (bytes[at] == '\\' && at + 1 < end && bytes[at + 1] == '\'') {
        word.write('\'');
        at += 2;
      } else if (bytes[at] == '\'') {
        return at + 1;
      } else {
        word.write(bytes[at++]);
      }
    }
    return UNBALANCED;
  }

  private int doubleQuoted(int from) {
    int at = from;
    while (at < end) {
      if (bytes[at] == '\\' && at + 1 < end) {
        at = escape(at + 1);
      } else if (bytes[at] == '"') {
        return at + 1;
      } else {
        word.write(bytes[at++]);
      }
    }
    return UNBALANCED;
  }

  private int escape(int at) {
    byte b = bytes[at];
    if (b == 'x' && at + 2 < end && hex(bytes[at + 1]) >= 0 && hex(bytes[at + 2]) >= 0) {
      word.write(hex(bytes[at + 1]) << 4 | hex(bytes[at + 2]));
      return at + 3;
    }
    word.write(
        switch (b) {
          case 'n' -> '\n';
          case 'r' -> '\r';
          case 't' -> '\t';
          case 'b' -> '\b';
          case 'a' -> 7;
          default -> b;
        });
    return at + 1;
  }

  private static int hex(byte b) {
    return Character.digit(b, 16);
  }
}
