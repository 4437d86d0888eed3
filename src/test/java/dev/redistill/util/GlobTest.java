package dev.redistill.util;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class GlobTest {

  private static final List<String> TEXTS =
      List.of(
          "", "a", "b", "c", "z", "-", "^", "[", "]", "\\", "*", "?", "ab", "abc", "a]", "a\\",
          "[a", "^a", "aa", "key:1", "key:22", "a*b", "\u00ff", "\u0080", "\u0001", "a\n", "A",
          "!");

  /** Patterns, and which of the texts Redis 7.0.15 finds by them. */
  private static final List<Line> TABLE =
      List.of(
          line(
              "**", "a", "b", "c", "z", "-", "^", "[", "]", "\\", "*", "?", "ab", "abc", "a]",
              "a\\", "[a", "^a", "aa", "key:1", "key:22", "a*b", "\u00ff", "\u0080", "\u0001",
              "a\n", "A", "!"),
          line("a*", "a", "ab", "abc", "a]", "a\\", "aa", "a*b", "a\n"),
          line("*a", "a", "[a", "^a", "aa"),
          line("*b*", "b", "ab", "abc", "a*b"),
          line(
              "?", "a", "b", "c", "z", "-", "^", "[", "]", "\\", "*", "?", "\u00ff", "\u0080",
              "\u0001", "A", "!"),
          line("??", "ab", "a]", "a\\", "[a", "^a", "aa", "a\n"),
          line("[ab]", "a", "b"),
          line(
              "[^ab]", "c", "z", "-", "^", "[", "]", "\\", "*", "?", "\u00ff", "\u0080", "\u0001",
              "A", "!"),
          line("[!a]", "a", "!"),
          line("[a-c]", "a", "b", "c"),
          line("[c-a]", "a", "b", "c"),
          line("[a-]", "a", "^", "]"),
          line("[-a]", "a", "-"),
          line("[a", "a"),
          line("["),
          line(
              "[^", "a", "b", "c", "z", "-", "^", "[", "]", "\\", "*", "?", "\u00ff", "\u0080",
              "\u0001", "A", "!"),
          line(
              "[^a", "b", "c", "z", "-", "^", "[", "]", "\\", "*", "?", "\u00ff", "\u0080",
              "\u0001", "A", "!"),
          line("[]"),
          line("[]a]"),
          line(
              "[^]", "a", "b", "c", "z", "-", "^", "[", "]", "\\", "*", "?", "\u00ff", "\u0080",
              "\u0001", "A", "!"),
          line("[^]a]"),
          line("a["),
          line("a\\", "a\\"),
          line("\\a", "a"),
          line("\\*", "*"),
          line("\\", "\\"),
          line("[\\]]", "]"),
          line("[\\", "\\"),
          line("[\\a", "a"),
          line("[a\\-c]", "a", "c", "-"),
          line("[a-\\]]", "a]"),
          line("[\\a-c]", "a", "c", "-"),
          line(
              "[^\\^]", "a", "b", "c", "z", "-", "[", "]", "\\", "*", "?", "\u00ff", "\u0080",
              "\u0001", "A", "!"),
          line(
              "[z-\u00ff]",
              "a",
              "b",
              "c",
              "z",
              "-",
              "^",
              "[",
              "]",
              "\\",
              "*",
              "?",
              "\u00ff",
              "\u0001",
              "A",
              "!"),
          line("[\u0080-\u0001]", "\u00ff", "\u0080", "\u0001"),
          line("key:[0-9]", "key:1"),
          line("key:[0-9]*", "key:1", "key:22"),
          line("a\\*b", "a*b"),
          line("*\\", "\\", "a\\"),
          line("[a-c-z]", "a", "b", "c", "z", "-"),
          line("[[-]]", "[", "]", "\\"),
          line("[*]", "*"),
          line("[?]*", "?"),
          line("a**b*", "ab", "abc", "a*b"),
          line("*]", "]", "a]"),
          line("[a]]", "a]"),
          line("[-]", "-"),
          line("[--a]", "a", "-", "^", "[", "]", "\\", "?", "A"),
          line("a?", "ab", "a]", "a\\", "aa", "a\n"),
          line(
              "*?*?*", "ab", "abc", "a]", "a\\", "[a", "^a", "aa", "key:1", "key:22", "a*b",
              "a\n"));

  private record Line(String pattern, List<String> found) {}

  private static Line line(String pattern, String... found) {
    return new Line(pattern, List.of(found));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void matches_findsWhatRedisFinds() {
    for (Line line : TABLE) {
      Glob glob = new Glob(bytes(line.pattern()));
      assertThat(TEXTS.stream().filter(text -> glob.matches(bytes(text))))
          .as("pattern %s", line.pattern())
          .containsExactlyElementsOf(line.found());
    }
  }

  @Test
  void matches_leavesTheEmptyTextToMatchesAll() {
    assertThat(new Glob(bytes("*")).matches(bytes(""))).isFalse();
    assertThat(new Glob(bytes("*")).matchesAll()).isTrue();
    assertThat(new Glob(bytes("**")).matchesAll()).isFalse();
    assertThat(new Glob(bytes("")).matches(bytes(""))).isTrue();
  }

  @Test
  void matches_ofASliceLooksAtNothingElse() {
    Glob glob = new Glob(bytes("b?"));
    assertThat(glob.matches(bytes("abcd"), 1, 2)).isTrue();
    assertThat(glob.matches(bytes("abcd"), 1, 3)).isFalse();
    assertThat(glob.matches(bytes("abcd"), 0, 2)).isFalse();
  }

  @Test
  void matches_mayIgnoreCase() {
    Glob glob = new Glob(bytes("MaX[a-c]*\\Y"), true);
    assertThat(glob.matches(bytes("maxB--y"))).isTrue();
    assertThat(glob.matches(bytes("maxD--y"))).isFalse();
    assertThat(new Glob(bytes("Max")).matches(bytes("max"))).isFalse();
  }

  @Test
  void matches_isQuickForManyStars() {
    Glob glob = new Glob(bytes("a*".repeat(1000) + "b"));
    assertThat(glob.matches(bytes("a".repeat(10_000)))).isFalse();
  }

  @Test
  void matches_agreesWithANaiveMatcher() {
    for (long seed = 1; seed <= 20_000; seed++) {
      Random random = new Random(seed);
      byte[] pattern = text(random, "ab*?[]^-\\", 8);
      byte[] text = text(random, "ab-]^\\[", 6);
      assertThat(new Glob(pattern).matches(text))
          .as(
              "seed %d: %s against %s",
              seed,
              new String(pattern, StandardCharsets.ISO_8859_1),
              new String(text, StandardCharsets.ISO_8859_1))
          .isEqualTo(Naive.matches(pattern, text));
    }
  }

  private static byte[] text(Random random, String alphabet, int longest) {
    byte[] text = new byte[random.nextInt(longest + 1)];
    for (int i = 0; i < text.length; i++) {
      text[i] = (byte) alphabet.charAt(random.nextInt(alphabet.length()));
    }
    return text;
  }

  /** Turns a pattern into sets of bytes, and tries every way to lay them on the text. */
  private static final class Naive {

    private final byte[] pattern;
    private int at;

    private Naive(byte[] pattern) {
      this.pattern = pattern;
    }

    static boolean matches(byte[] pattern, byte[] text) {
      if (text.length == 0) {
        return pattern.length == 0;
      }
      return fits(new Naive(pattern).elements(), 0, text, 0);
    }

    private static boolean fits(List<@Nullable BitSet> elements, int next, byte[] text, int from) {
      if (next == elements.size()) {
        return from == text.length;
      }
      BitSet element = elements.get(next);
      if (element != null) {
        return from < text.length
            && element.get(text[from] & 0xff)
            && fits(elements, next + 1, text, from + 1);
      }
      for (int end = from; end <= text.length; end++) {
        if (fits(elements, next + 1, text, end)) {
          return true;
        }
      }
      return false;
    }

    /** The elements of the pattern; null is a star. */
    private List<@Nullable BitSet> elements() {
      List<@Nullable BitSet> elements = new ArrayList<>();
      while (at < pattern.length) {
        byte first = pattern[at++];
        switch (first) {
          case '*' -> elements.add(null);
          case '?' -> elements.add(range(0, 255));
          case '[' -> elements.add(characterClass());
          case '\\' -> elements.add(only(at < pattern.length ? pattern[at++] : first));
          default -> elements.add(only(first));
        }
      }
      return elements;
    }

    private BitSet characterClass() {
      BitSet members = new BitSet();
      boolean negated = at < pattern.length && pattern[at] == '^';
      at += negated ? 1 : 0;
      while (at < pattern.length && pattern[at] != ']') {
        int left = pattern.length - at;
        if (pattern[at] == '\\' && left >= 2) {
          members.set(pattern[at + 1]);
          at += 2;
        } else if (left >= 3 && pattern[at + 1] == '-') {
          members.or(range(pattern[at], pattern[at + 2]));
          at += 3;
        } else {
          members.set(pattern[at]);
          at++;
        }
      }
      at++;
      if (negated) {
        members.flip(0, 256);
      }
      return members;
    }

    private static BitSet only(int value) {
      return range(value, value);
    }

    private static BitSet range(int a, int b) {
      BitSet bits = new BitSet();
      bits.set(Math.min(a, b), Math.max(a, b) + 1);
      return bits;
    }
  }
}
