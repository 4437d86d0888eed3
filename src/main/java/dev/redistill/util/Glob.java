package dev.redistill.util;

/**
 * Redis' glob patterns over bytes: {@code *}, {@code ?}, {@code [a-z]}, {@code [^a]} and {@code \}.
 *
 * <p>A failed match goes back to the last star only, so a match costs at most pattern times text
 * and needs no recursion. As in Redis, bytes are signed where a range is concerned, a class ends
 * with the pattern if nothing else ends it, and only the empty pattern matches an empty text: who
 * wants {@code *} to match it asks {@link #matchesAll} first.
 */
public final class Glob {

  private final byte[] pattern;
  private final boolean ignoreCase;

  public Glob(byte[] pattern) {
    this(pattern, false);
  }

  public Glob(byte[] pattern, boolean ignoreCase) {
    this.pattern = pattern.clone();
    this.ignoreCase = ignoreCase;
  }

  /** Whether the pattern matches every text. */
  public boolean matchesAll() {
    return pattern.length == 1 && pattern[0] == '*';
  }

  public boolean matches(byte[] text) {
    return matches(text, 0, text.length);
  }

  /** Whether the pattern matches the whole slice. */
  public boolean matches(byte[] text, int offset, int length) {
    if (length == 0) {
      return pattern.length == 0;
    }
    int end = offset + length;
    int at = offset;
    int p = 0;
    int starPattern = -1;
    int starText = 0;
    while (true) {
      if (p < pattern.length && pattern[p] == '*') {
        starPattern = ++p;
        starText = at;
        continue;
      }
      if (at == end) {
        return p >= pattern.length;
      }
      int next = p < pattern.length ? step(p, text[at]) : -1;
      if (next >= 0) {
        p = next;
        at++;
      } else if (starPattern >= 0) {
        p = starPattern;
        at = ++starText;
      } else {
        return false;
      }
    }
  }

  /**
   * The pattern position behind the element at {@code p} if that element accepts the byte, or -1.
   */
  private int step(int p, byte text) {
    return switch (pattern[p]) {
      case '?' -> p + 1;
      case '[' -> stepClass(p + 1, text);
      case '\\' -> {
        int literal = p + 1 < pattern.length ? p + 1 : p;
        yield same(pattern[literal], text) ? literal + 1 : -1;
      }
      default -> same(pattern[p], text) ? p + 1 : -1;
    };
  }

  private int stepClass(int from, byte text) {
    int p = from;
    boolean negated = p < pattern.length && pattern[p] == '^';
    if (negated) {
      p++;
    }
    boolean found = false;
    while (p < pattern.length && pattern[p] != ']') {
      if (pattern[p] == '\\' && p + 1 < pattern.length) {
        found |= pattern[p + 1] == text;
        p += 2;
      } else if (p + 2 < pattern.length && pattern[p + 1] == '-') {
        found |= inRange(fold(pattern[p]), fold(pattern[p + 2]), fold(text));
        p += 3;
      } else {
        found |= same(pattern[p], text);
        p++;
      }
    }
    if (found == negated) {
      return -1;
    }
    return Math.min(p + 1, pattern.length);
  }

  private static boolean inRange(int a, int b, int value) {
    return value >= Math.min(a, b) && value <= Math.max(a, b);
  }

  private boolean same(byte a, byte b) {
    return a == b || (ignoreCase && fold(a) == fold(b));
  }

  private int fold(byte b) {
    return ignoreCase && b >= 'A' && b <= 'Z' ? b + 32 : b;
  }
}
