package dev.redistill.util;

/**
 * A pattern as KEYS and CONFIG GET take it: {@code *}, {@code ?}, {@code [a-z]}, {@code [^a]} and
 * {@code \} before a character that stands for itself.
 *
 * <p>Matching goes back to the last star only, so that no pattern takes longer than its length
 * times that of the text, and does not recurse.
 */
public final class Glob {

  private final byte[] pattern;
  private final boolean ignoreCase;

  /** Makes a pattern of bytes that must not change any more. */
  public Glob(byte[] pattern, boolean ignoreCase) {
    this.pattern = pattern;
    this.ignoreCase = ignoreCase;
  }

  /** Returns whether the whole text matches. */
  public boolean matches(byte[] text) {
    return matches(text, 0, text.length);
  }

  /** Returns whether the text from one index to before another matches as a whole. */
  public boolean matches(byte[] text, int from, int to) {
    int at = 0;
    int position = from;
    int afterStar = -1;
    int starPosition = from;
    while (position < to) {
      if (at < pattern.length && pattern[at] == '*') {
        at++;
        afterStar = at;
        starPosition = position;
        continue;
      }
      int end = at < pattern.length ? matchOne(at, text[position]) : -1;
      if (end >= 0) {
        at = end;
        position++;
      } else if (afterStar >= 0) {
        at = afterStar;
        starPosition++;
        position = starPosition;
      } else {
        return false;
      }
    }
    return onlyStarsFrom(at);
  }

  private boolean onlyStarsFrom(int at) {
    for (int i = at; i < pattern.length; i++) {
      if (pattern[i] != '*') {
        return false;
      }
    }
    return true;
  }

  /** Returns the index after the part of the pattern that matches one byte, or -1 if it does not. */
  private int matchOne(int at, byte character) {
    return switch (pattern[at]) {
      case '?' -> at + 1;
      case '[' -> matchClass(at + 1, character);
      case '\\' -> matchLiteral(Math.min(at + 1, pattern.length - 1), character);
      default -> matchLiteral(at, character);
    };
  }

  private int matchLiteral(int at, byte character) {
    return same(pattern[at], character) ? at + 1 : -1;
  }

  /** Matches the inside of brackets; as in Redis the end of the pattern closes them, too. */
  private int matchClass(int start, byte character) {
    boolean negated = start < pattern.length && pattern[start] == '^';
    int at = negated ? start + 1 : start;
    boolean found = false;
    while (at < pattern.length && pattern[at] != ']') {
      if (pattern[at] == '\\' && at + 1 < pattern.length) {
        found |= same(pattern[at + 1], character);
        at += 2;
      } else if (at + 2 < pattern.length && pattern[at + 1] == '-') {
        found |= inRange(pattern[at], pattern[at + 2], character);
        at += 3;
      } else {
        found |= same(pattern[at], character);
        at++;
      }
    }
    return found == negated ? -1 : Math.min(at + 1, pattern.length);
  }

  private boolean inRange(byte first, byte last, byte character) {
    int start = fold(first);
    int end = fold(last);
    int folded = fold(character);
    return start <= end ? start <= folded && folded <= end : end <= folded && folded <= start;
  }

  private boolean same(byte left, byte right) {
    return fold(left) == fold(right);
  }

  private int fold(byte character) {
    return ignoreCase && character >= 'A' && character <= 'Z' ? character + 32 : character;
  }
}
