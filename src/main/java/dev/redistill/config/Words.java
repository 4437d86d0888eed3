package dev.redistill.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The words of a configuration line, quoted the way redis.conf does it: double quotes with
 * backslash escapes, single quotes with {@code \'} only, and white space after a closing quote.
 * Works on bytes, because {@code \xNN} is one.
 */
final class Words {

  private final byte[] line;
  private int position;

  private Words(String line) {
    this.line = line.getBytes(UTF_8);
  }

  /** Splits a line into words; throws {@link BadValueException} where quotes do not match. */
  static List<String> split(String line) {
    return new Words(line).split();
  }

  /** Puts a word into double quotes, so that {@link #split} gives it back. */
  static String quote(String word) {
    StringBuilder quoted = new StringBuilder(word.length() + 2).append('"');
    for (int i = 0; i < word.length(); i++) {
      char character = word.charAt(i);
      switch (character) {
        case '\\', '"' -> quoted.append('\\').append(character);
        case '\n' -> quoted.append("\\n");
        case '\r' -> quoted.append("\\r");
        case '\t' -> quoted.append("\\t");
        default -> quoted.append(character);
      }
    }
    return quoted.append('"').toString();
  }

  private List<String> split() {
    List<String> words = new ArrayList<>();
    while (true) {
      while (position < line.length && isSpace(line[position])) {
        position++;
      }
      if (position == line.length) {
        return words;
      }
      words.add(word());
    }
  }

  private String word() {
    ByteArrayOutputStream word = new ByteArrayOutputStream();
    while (position < line.length && !isSpace(line[position])) {
      byte character = line[position++];
      switch (character) {
        case '"' -> {
          doubleQuoted(word);
          return word.toString(UTF_8);
        }
        case '\'' -> {
          singleQuoted(word);
          return word.toString(UTF_8);
        }
        default -> word.write(character);
      }
    }
    return word.toString(UTF_8);
  }

  private void doubleQuoted(ByteArrayOutputStream word) {
    while (position < line.length) {
      byte character = line[position++];
      if (character == '"') {
        endOfQuotes();
        return;
      }
      if (character == '\\' && position < line.length) {
        escape(word);
      } else {
        word.write(character);
      }
    }
    throw unbalanced();
  }

  private void escape(ByteArrayOutputStream word) {
    int high = hexDigit(position + 1);
    int low = hexDigit(position + 2);
    byte escaped = line[position];
    if (escaped == 'x' && high >= 0 && low >= 0) {
      word.write(high * 16 + low);
      position += 3;
      return;
    }
    position++;
    word.write(
        switch (escaped) {
          case 'n' -> '\n';
          case 'r' -> '\r';
          case 't' -> '\t';
          case 'b' -> '\b';
          case 'a' -> 7;
          default -> escaped;
        });
  }

  private int hexDigit(int index) {
    return index < line.length ? Character.digit(line[index], 16) : -1;
  }

  private void singleQuoted(ByteArrayOutputStream word) {
    while (position < line.length) {
      byte character = line[position++];
      if (character == '\'') {
        endOfQuotes();
        return;
      }
      if (character == '\\' && position < line.length && line[position] == '\'') {
        position++;
        word.write('\'');
      } else {
        word.write(character);
      }
    }
    throw unbalanced();
  }

  private void endOfQuotes() {
    if (position < line.length && !isSpace(line[position])) {
      throw unbalanced();
    }
  }

  private static BadValueException unbalanced() {
    return new BadValueException("Unbalanced quotes in configuration line");
  }

  private static boolean isSpace(byte character) {
    return character == ' ' || (character >= '\t' && character <= '\r');
  }
}
