package dev.redistill.resp;

import java.util.List;

/**
 * A request typed as a line: words between spaces, with quotes as in Redis: double quotes with
 * {@code \n \r \t \b \a \xHH} and single quotes with {@code \'}.
 */
final class InlineRequest {

  /** Splits the line from {@code from} to the line feed at {@code end} into the request. */
  void split(byte[] buffer, int from, int end, Request request) throws ProtocolException {
    int last = end > from && buffer[end - 1] == '\r' ? end - 1 : end;
    if (isHttp(buffer, from, last)) {
      throw new ProtocolException("");
    }
    boolean quoted = false;
    for (int i = from; i < last; i++) {
      quoted |= buffer[i] == '"' || buffer[i] == '\'';
    }
    if (quoted) {
      splitQuoted(buffer, from, last, request);
    } else {
      splitPlain(buffer, from, last, request);
    }
  }

  /** Whether the line comes from a browser that somebody points at us. */
  private static boolean isHttp(byte[] buffer, int from, int last) {
    int length = last - from;
    return length >= 5
        && (Ascii.equalsIgnoreCase(buffer, from, 5, "HOST:")
            || Ascii.equalsIgnoreCase(buffer, from, 5, "POST "));
  }

  private static void splitPlain(byte[] buffer, int from, int last, Request request) {
    int at = from;
    while (at < last) {
      if (isSpace(buffer[at])) {
        at++;
        continue;
      }
      int word = at;
      while (at < last && !endsWord(buffer[at])) {
        at++;
      }
      request.add(word, at - word);
    }
  }

  /** Unquoted words are never longer than the line, so they are put back over it. */
  private static void splitQuoted(byte[] buffer, int from, int last, Request request)
      throws ProtocolException {
    List<byte[]> words = QuotedLine.split(buffer, from, last);
    if (words == null) {
      throw new ProtocolException("ERR Protocol error: unbalanced quotes in request");
    }
    int at = from;
    for (byte[] word : words) {
      System.arraycopy(word, 0, buffer, at, word.length);
      request.add(at, word.length);
      at += word.length;
    }
  }

  /** Whether a byte is skipped between two words. */
  static boolean isSpace(byte b) {
    return b == ' ' || (b >= '\t' && b <= '\r');
  }

  /** Whether a byte ends a word: a vertical tab or a form feed inside of one does not. */
  static boolean endsWord(byte b) {
    return b == ' ' || b == '\t' || b == '\n' || b == '\r';
  }
}
