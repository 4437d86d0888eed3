package dev.redistill.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LcsCommandTest {

  private final Console console = new Console();

  @BeforeEach
  void setStrings() {
    console.run("MSET", "a", "ohmytext", "b", "mynewtext");
  }

  @Test
  void lcs_isTheString() {
    assertThat(console.run("LCS", "a", "b")).isEqualTo("\"mytext\"");
    assertThat(console.run("LCS", "a", "b", "LEN")).isEqualTo("(integer) 6");
    assertThat(console.run("LCS", "a", "none")).isEqualTo("\"\"");
  }

  @Test
  void lcs_idxIsTheRanges() {
    String i = "(integer) ";
    String text = "[[" + i + "4, " + i + "7], [" + i + "5, " + i + "8]";
    String my = "[[" + i + "2, " + i + "3], [" + i + "0, " + i + "1]";
    assertThat(console.run("LCS", "a", "b", "IDX"))
        .isEqualTo("[\"matches\", [" + text + "], " + my + "]], \"len\", " + i + "6]");
    assertThat(console.run("LCS", "a", "b", "IDX", "MINMATCHLEN", "4"))
        .isEqualTo("[\"matches\", [" + text + "]], \"len\", " + i + "6]");
    assertThat(console.run("LCS", "a", "b", "IDX", "MINMATCHLEN", "-4", "WITHMATCHLEN"))
        .isEqualTo(
            "[\"matches\", ["
                + (text + ", " + i + "4], ")
                + (my + ", " + i + "2]], ")
                + ("\"len\", " + i + "6]"));
  }

  @Test
  void lcs_idxIsAMapInResp3() {
    assertThat(console.resp3().run("LCS", "a", "none", "IDX"))
        .isEqualTo("{\"matches\": [], \"len\": (integer) 0}");
  }

  @Test
  void lcs_refusesOtherOptions() {
    assertThat(console.run("LCS", "a", "b", "X")).isEqualTo("(error) ERR syntax error");
    assertThat(console.run("LCS", "a", "b", "MINMATCHLEN")).isEqualTo("(error) ERR syntax error");
    assertThat(console.run("LCS", "a", "b", "MINMATCHLEN", "x"))
        .isEqualTo("(error) ERR value is not an integer or out of range");
    assertThat(console.run("LCS", "a", "b", "LEN", "IDX"))
        .isEqualTo("(error) ERR If you want both the length and indexes, please just use IDX.");
  }

  @Test
  void lcs_refusesStringsThatRedisHasNoMemoryFor() {
    console.run("SETRANGE", "a", "11586", "x");
    console.run("SETRANGE", "b", "11586", "x");
    assertThat(console.run("LCS", "a", "b"))
        .isEqualTo(
            "(error) ERR Insufficient memory, transient memory for LCS exceeds"
                + " proto-max-bulk-len");
  }

  @Test
  void commonSubsequence_isThatOfTheWholeTable() {
    long seed = 7;
    Random random = new Random(seed);
    int[] sizes = {0, 1, 2, 7, 8, 9, 63, 64, 65, 127, 128, 129, 200};
    for (int round = 0; round < 400; round++) {
      byte[] first = bytes(random, sizes[random.nextInt(sizes.length)]);
      byte[] second = bytes(random, sizes[random.nextInt(sizes.length)]);
      StringBuilder expected = new StringBuilder();
      int length = walkWholeTable(first, second, expected);
      CommonSubsequence common = new CommonSubsequence(first, second, true);
      StringBuilder found = new StringBuilder();
      common.walk((i, j) -> found.append(i).append('=').append(j).append(' '));
      assertThat(common.length()).as("seed %d, round %d", seed, round).isEqualTo(length);
      assertThat(found).as("seed %d, round %d", seed, round).asString().isEqualTo("" + expected);
      assertThat(new CommonSubsequence(first, second, false).length()).isEqualTo(length);
    }
  }

  private static byte[] bytes(Random random, int size) {
    byte[] bytes = new byte[size];
    int letters = 1 + random.nextInt(random.nextBoolean() ? 4 : 256);
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) random.nextInt(letters);
    }
    return bytes;
  }

  /** The textbook algorithm, which goes up only if that is strictly better than left. */
  private static int walkWholeTable(byte[] first, byte[] second, StringBuilder pairs) {
    int[][] lengths = new int[first.length + 1][second.length + 1];
    for (int i = 1; i <= first.length; i++) {
      for (int j = 1; j <= second.length; j++) {
        lengths[i][j] =
            first[i - 1] == second[j - 1]
                ? lengths[i - 1][j - 1] + 1
                : Math.max(lengths[i - 1][j], lengths[i][j - 1]);
      }
    }
    int i = first.length;
    int j = second.length;
    while (i > 0 && j > 0) {
      if (first[i - 1] == second[j - 1]) {
        i--;
        j--;
        pairs.append(i).append('=').append(j).append(' ');
      } else if (lengths[i - 1][j] > lengths[i][j - 1]) {
        i--;
      } else {
        j--;
      }
    }
    return lengths[first.length][second.length];
  }
}
