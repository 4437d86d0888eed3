package dev.redistill.it;

import java.util.ArrayList;
import java.util.List;

/** A parsed reply: its type character, its text or the count that was sent, and its elements. */
record Tree(char type, String text, List<Tree> children) {
  /** The trees of all complete replies in a text; what is no RESP becomes one tree of type '('. */
  static List<Tree> parse(String raw) {
    Parser parser = new Parser(raw);
    List<Tree> all = new ArrayList<>();
    while (parser.at < raw.length()) {
      all.add(parser.next());
    }
    return all;
  }

  boolean isAggregate() {
    return "*~>%".indexOf(type) >= 0;
  }

  /** The reply again, in the form of the wire. */
  String raw() {
    StringBuilder out = new StringBuilder().append(type);
    if ("$=!".indexOf(type) >= 0 && !text.equals("-1")) {
      return out.append(text.length()).append("\r\n").append(text).append("\r\n").toString();
    }
    out.append(text).append("\r\n");
    children.forEach(child -> out.append(child.raw()));
    return out.toString();
  }

  Tree withText(String other) {
    return new Tree(type, other, children);
  }

  Tree withChildren(List<Tree> other) {
    return new Tree(type, text, other);
  }

  /** A cursor over the bytes of replies. */
  private static final class Parser {
    private final String raw;
    private int at;

    Parser(String raw) {
      this.raw = raw;
    }

    Tree next() {
      char type = raw.charAt(at);
      int end = raw.indexOf("\r\n", at);
      if (type == '(' || end < 0) {
        Tree rest = new Tree('(', raw.substring(at + 1), List.of());
        at = raw.length();
        return rest;
      }
      String line = raw.substring(at + 1, end);
      at = end + 2;
      return switch (type) {
        case '$', '=', '!' -> line.equals("-1") ? leaf(type, line) : body(type, line);
        case '*', '~', '>' -> aggregate(type, line, 1);
        case '%' -> aggregate(type, line, 2);
        default -> leaf(type, line);
      };
    }

    private static Tree leaf(char type, String line) {
      return new Tree(type, line, List.of());
    }

    private Tree body(char type, String line) {
      int length = Integer.parseInt(line);
      String text = raw.substring(at, at + length);
      at += length + 2;
      return new Tree(type, text, List.of());
    }

    private Tree aggregate(char type, String line, int each) {
      int count = Math.max(0, Integer.parseInt(line)) * each;
      List<Tree> children = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        children.add(next());
      }
      return new Tree(type, line, children);
    }
  }
}
