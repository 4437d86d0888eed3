package dev.redistill.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;

/** Text forms of what goes over the wire: requests, quoted arguments, escaped bytes. */
final class Wire {
  private Wire() {}

  static byte[] bytes(String latin1) {
    return latin1.getBytes(ISO_8859_1);
  }

  static String text(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }

  /** A request as an array of bulk strings. */
  static String request(List<String> arguments) {
    StringBuilder request = new StringBuilder().append('*').append(arguments.size()).append("\r\n");
    for (String argument : arguments) {
      request.append('$').append(argument.length()).append("\r\n").append(argument).append("\r\n");
    }
    return request.toString();
  }

  static String request(String... arguments) {
    return request(List.of(arguments));
  }

  /** A bulk string reply. */
  static String bulk(String value) {
    return "$" + value.length() + "\r\n" + value + "\r\n";
  }

  static String escape(byte[] bytes) {
    return escape(text(bytes));
  }

  /** The text between double quotes, with everything but printable ASCII escaped. */
  static String escape(String latin1) {
    StringBuilder out = new StringBuilder(latin1.length() + 16).append('"');
    latin1.chars().forEach(c -> out.append(escape((char) c)));
    return out.append('"').toString();
  }

  private static String escape(char c) {
    return switch (c) {
      case '\r' -> "\\r";
      case '\n' -> "\\n";
      case '"', '\\' -> "\\" + c;
      default -> c < ' ' || c > '~' ? "\\x%02x".formatted((int) c) : Character.toString(c);
    };
  }

  /** Splits a line into arguments with the quoting of redis-cli. */
  static List<String> split(String line) {
    return new Splitter(line).all();
  }

  /** A cursor over a line of quoted and plain arguments. */
  private static final class Splitter {
    private final String line;
    private int at;

    Splitter(String line) {
      this.line = line;
    }

    List<String> all() {
      List<String> arguments = new ArrayList<>();
      while (skipSpaces()) {
        arguments.add(argument());
      }
      return arguments;
    }

    private boolean skipSpaces() {
      while (at < line.length() && line.charAt(at) == ' ') {
        at++;
      }
      return at < line.length();
    }

    private String argument() {
      StringBuilder out = new StringBuilder();
      while (at < line.length() && line.charAt(at) != ' ') {
        char c = line.charAt(at++);
        if (c == '"') {
          quoted(out);
        } else {
          out.append(c);
        }
      }
      return out.toString();
    }

    private void quoted(StringBuilder out) {
      while (line.charAt(at) != '"') {
        char c = line.charAt(at++);
        out.append(c == '\\' ? escaped() : c);
      }
      at++;
    }

    private char escaped() {
      char c = line.charAt(at++);
      return switch (c) {
        case 'n' -> '\n';
        case 'r' -> '\r';
        case 't' -> '\t';
        case '0' -> '\0';
        case 'x' -> {
          at += 2;
          yield (char) Integer.parseInt(line.substring(at - 2, at), 16);
        }
        default -> c;
      };
    }
  }
}
