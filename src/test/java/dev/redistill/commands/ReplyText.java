package dev.redistill.commands;

import java.util.ArrayList;
import java.util.List;

/**
 * A reply as a test writes it down, for most types as redis-cli shows it: {@code OK}, {@code
 * (error) ERR no such key}, {@code (integer) 1}, {@code "value"}, {@code (nil)}, {@code [(integer)
 * 1, "b"]}; in RESP3 also {@code {"k": "v"}}, {@code ~["member"]}, {@code >["message"]}, {@code
 * (double) 1.5}, {@code (true)}, {@code (bignumber) 123}, {@code (txt) "text"}. No reply at all is
 * the empty text.
 */
public final class ReplyText {

  private final String reply;
  private int at;

  private ReplyText(String reply) {
    this.reply = reply;
  }

  /** Reads exactly one reply, or none. */
  static String of(String reply) {
    if (reply.isEmpty()) {
      return "";
    }
    ReplyText parser = new ReplyText(reply);
    String text = parser.next();
    if (parser.at != reply.length()) {
      throw new AssertionError("more than one reply: " + quoted(reply));
    }
    return text;
  }

  /** Reads any number of replies. */
  public static List<String> all(String replies) {
    List<String> texts = new ArrayList<>();
    ReplyText parser = new ReplyText(replies);
    while (parser.at < replies.length()) {
      texts.add(parser.next());
    }
    return texts;
  }

  private String next() {
    char type = reply.charAt(at++);
    String line = line();
    return switch (type) {
      case '+' -> line;
      case '-' -> "(error) " + line;
      case ':' -> "(integer) " + line;
      case ',' -> "(double) " + line;
      case '(' -> "(bignumber) " + line;
      case '#' -> line.equals("t") ? "(true)" : "(false)";
      case '_' -> "(nil)";
      case '$' -> line.equals("-1") ? "(nil)" : quoted(blob(line));
      case '=' -> verbatim(blob(line));
      case '*' -> line.equals("-1") ? "(nil)" : elements(line, "[", "]");
      case '~' -> elements(line, "~[", "]");
      case '>' -> elements(line, ">[", "]");
      case '%' -> pairs(line);
      default -> throw new AssertionError("no reply: " + quoted(reply));
    };
  }

  private String line() {
    int end = reply.indexOf("\r\n", at);
    if (end < 0) {
      throw new AssertionError("line without end: " + quoted(reply));
    }
    String line = reply.substring(at, end);
    at = end + 2;
    return line;
  }

  private String blob(String length) {
    int end = at + Integer.parseInt(length);
    if (!reply.startsWith("\r\n", end)) {
      throw new AssertionError("wrong length: " + quoted(reply));
    }
    String blob = reply.substring(at, end);
    at = end + 2;
    return blob;
  }

  private static String verbatim(String blob) {
    return "(" + blob.substring(0, 3) + ") " + quoted(blob.substring(4));
  }

  private String elements(String count, String opening, String closing) {
    StringBuilder text = new StringBuilder(opening);
    for (int i = 0; i < Integer.parseInt(count); i++) {
      text.append(i == 0 ? "" : ", ").append(next());
    }
    return text.append(closing).toString();
  }

  private String pairs(String count) {
    StringBuilder text = new StringBuilder("{");
    for (int i = 0; i < Integer.parseInt(count); i++) {
      text.append(i == 0 ? "" : ", ").append(next()).append(": ").append(next());
    }
    return text.append("}").toString();
  }

  private static String quoted(String bytes) {
    StringBuilder text = new StringBuilder("\"");
    for (int i = 0; i < bytes.length(); i++) {
      char c = bytes.charAt(i);
      switch (c) {
        case '"', '\\' -> text.append('\\').append(c);
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        default -> text.append(c < ' ' || c > '~' ? String.format("\\x%02x", (int) c) : c);
      }
    }
    return text.append('"').toString();
  }
}
