package dev.redistill.loadtest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * Counts the RESP2 replies in a stream that may be cut at any byte. An array, with all that is in
 * it, is one reply; the counts by kind include its elements.
 */
final class ReplyCounter {
  private enum State {
    TYPE,
    LINE,
    LINE_END,
    PAYLOAD
  }

  private static final int ERROR_LENGTH = 120;

  private State state = State.TYPE;
  private byte type;
  private long number;
  private boolean negative;
  private long payloadLeft;
  private long pending = 1;

  private long complete;
  private long simples;
  private long integers;
  private long bulks;
  private long bulkBytes;
  private long nils;
  private long errors;
  private final byte[] lastError = new byte[ERROR_LENGTH];
  private int lastErrorLength;

  /** Takes the next bytes of the stream. */
  void feed(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to) {
      switch (state) {
        case TYPE -> beginLine(bytes[i++]);
        case LINE -> i = readLine(bytes, i, to);
        case LINE_END -> {
          i++;
          endLine();
        }
        case PAYLOAD -> {
          int skipped = (int) Math.min(payloadLeft, to - i);
          i += skipped;
          payloadLeft -= skipped;
          if (payloadLeft == 0) {
            endElement();
          }
        }
      }
    }
  }

  private void beginLine(byte first) {
    type = first;
    number = 0;
    negative = false;
    state = State.LINE;
    if (first == '-') {
      lastErrorLength = 0;
    }
  }

  private int readLine(byte[] bytes, int from, int to) {
    if (type == '+' || type == '-') {
      return readText(bytes, from, to);
    }
    for (int i = from; i < to; i++) {
      byte c = bytes[i];
      if (c >= '0' && c <= '9') {
        number = number * 10 + (c - '0');
      } else if (c == '\r') {
        state = State.LINE_END;
        return i + 1;
      } else if (c == '-') {
        negative = true;
      } else {
        throw new IllegalStateException("not a RESP2 reply: " + (char) type + " then " + (char) c);
      }
    }
    return to;
  }

  private int readText(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == '\r') {
        state = State.LINE_END;
        return i + 1;
      }
      if (type == '-' && lastErrorLength < ERROR_LENGTH) {
        lastError[lastErrorLength++] = bytes[i];
      }
    }
    return to;
  }

  private void endLine() {
    switch (type) {
      case '+' -> simples++;
      case '-' -> errors++;
      case ':' -> integers++;
      case '$' -> {
        if (!negative) {
          bulks++;
          bulkBytes += number;
          payloadLeft = number + 2;
          state = State.PAYLOAD;
          return;
        }
        nils++;
      }
      case '*' -> {
        if (negative) {
          nils++;
        } else {
          pending += number;
        }
      }
      default -> throw new IllegalStateException("not a RESP2 reply: " + (char) type);
    }
    endElement();
  }

  /*
   * pending counts what the current reply still lacks: 1 for a reply that begins, and one more for
   * each element that an array announces.
   */
  private void endElement() {
    state = State.TYPE;
    pending--;
    if (pending == 0) {
      complete++;
      pending = 1;
    }
  }

  /** Forgets the counts, not what has been read of a reply that is not complete. */
  void reset() {
    complete = 0;
    simples = 0;
    integers = 0;
    bulks = 0;
    bulkBytes = 0;
    nils = 0;
    errors = 0;
  }

  /** Replies that have come in full. */
  long complete() {
    return complete;
  }

  long simples() {
    return simples;
  }

  long integers() {
    return integers;
  }

  long bulks() {
    return bulks;
  }

  /** Sum of the lengths of all bulk strings. */
  long bulkBytes() {
    return bulkBytes;
  }

  /** Null bulk strings and null arrays. */
  long nils() {
    return nils;
  }

  long errors() {
    return errors;
  }

  /** The text of the last error reply, cut to 120 bytes. */
  String lastError() {
    return new String(lastError, 0, lastErrorLength, ISO_8859_1);
  }
}
