package dev.redistill.resp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/**
 * Bytes as text that can be shown to people, on one line, whatever they are: what cannot be seen is
 * escaped, so that different bytes give different texts.
 */
public final class Printable {

  private Printable() {}

  /** UTF-8 as it is where it can be seen, and other bytes as {@code \xNN}. */
  public static String text(byte[] bytes) {
    String decoded;
    try {
      decoded = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return ascii(bytes);
    }
    StringBuilder text = new StringBuilder(decoded.length());
    decoded
        .codePoints()
        .forEach(point -> {
          if (isSeen(point) && point != '\\') {
            text.appendCodePoint(point);
          } else {
            text.append(ascii(Character.toString(point).getBytes(UTF_8)));
          }
        });
    return text.toString();
  }

  /** The printable characters of ASCII, and other bytes as {@code \xNN}. */
  public static String ascii(byte[] bytes) {
    StringBuilder text = new StringBuilder(bytes.length);
    for (byte each : bytes) {
      append(text, each);
    }
    return text.toString();
  }

  private static void append(StringBuilder text, byte each) {
    if (each == '\\' || each == '"') {
      text.append('\\').append((char) each);
    } else if (each >= ' ' && each <= '~') {
      text.append((char) each);
    } else {
      text.append("\\x").append(Character.forDigit(each >> 4 & 15, 16));
      text.append(Character.forDigit(each & 15, 16));
    }
  }

  /** The bytes in quotation marks, as Redis writes them in MONITOR and redis-cli reads them. */
  public static String quoted(byte[] bytes) {
    StringBuilder text = new StringBuilder(bytes.length + 2).append('"');
    for (byte each : bytes) {
      switch (each) {
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        case '\b' -> text.append("\\b");
        case 7 -> text.append("\\a");
        default -> append(text, each);
      }
    }
    return text.append('"').toString();
  }

  private static boolean isSeen(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
