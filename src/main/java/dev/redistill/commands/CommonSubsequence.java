package dev.redistill.commands;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The longest common subsequence of two strings, found 64 bytes of the second one at a time.
 *
 * <p>Among several it is the one that Redis finds.
 */
final class CommonSubsequence {

  /* In the table of lengths L(i, j) of the prefixes of both strings, neighbours in a row differ by 0 or 1, so a row
  is a bit per column, and the next row follows from it and from where its byte stands in the second string by a
  few operations on whole words (M. Crochemore et al., A fast and practical bit-vector algorithm for the longest
  common subsequence problem, 2001). A bit is 1 where the length does not grow.

  The rows are kept to walk back through the table. Where the bytes differ Redis goes up if L(i-1, j) > L(i, j-1),
  else left; as L(i, j) is the larger of both, that is so exactly where the length grows in column j. */

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] first;
  private final byte[] second;
  private final int stride;
  private final byte @Nullable [] rows;
  private final int length;

  /**
   * Compares two strings.
   *
   * @param walkable whether {@link #walk} will be asked for
   */
  CommonSubsequence(byte[] first, byte[] second, boolean walkable) {
    this.first = first;
    this.second = second;
    stride = (second.length + 7) / 8;
    rows = walkable ? new byte[first.length * stride] : null;
    length = compare();
  }

  /** The length of the subsequence. */
  int length() {
    return length;
  }

  /** Takes a pair of equal bytes of the subsequence. */
  interface Visitor {

    /** Pairs come from the last to the first. */
    void match(int inFirst, int inSecond);
  }

  /** Shows all pairs of equal bytes that the subsequence consists of. */
  void walk(Visitor visitor) {
    int i = first.length;
    int j = second.length;
    while (i > 0 && j > 0) {
      if (first[i - 1] == second[j - 1]) {
        i--;
        j--;
        visitor.match(i, j);
      } else if (grows(i - 1, j - 1)) {
        i--;
      } else {
        j--;
      }
    }
  }

  private boolean grows(int row, int column) {
    byte[] kept = rows;
    return kept != null && (kept[row * stride + column / 8] >> (column & 7) & 1) == 0;
  }

  private int compare() {
    int words = (second.length + 63) / 64;
    long[] row = new long[words];
    Arrays.fill(row, -1);
    long[][] places = new long[256][];
    for (int i = 0; i < first.length; i++) {
      int value = first[i] & 0xff;
      long[] matches = places[value];
      if (matches == null) {
        matches = placesOf(first[i], words);
        places[value] = matches;
      }
      advance(row, matches);
      keep(row, i);
    }
    int same = 0;
    for (long word : row) {
      same += Long.bitCount(word);
    }
    return words * 64 - same;
  }

  private long[] placesOf(byte value, int words) {
    long[] places = new long[words];
    for (int j = 0; j < second.length; j++) {
      if (second[j] == value) {
        places[j >> 6] |= 1L << j;
      }
    }
    return places;
  }

  private static void advance(long[] row, long[] matches) {
    long carry = 0;
    for (int w = 0; w < row.length; w++) {
      long before = row[w];
      long hits = before & matches[w];
      long sum = before + hits;
      long overflow = Long.compareUnsigned(sum, before) < 0 ? 1 : 0;
      sum += carry;
      carry = overflow | (carry == 1 && sum == 0 ? 1 : 0);
      row[w] = sum | (before & ~matches[w]);
    }
  }

  private void keep(long[] row, int index) {
    if (rows == null) {
      return;
    }
    int at = index * stride;
    int whole = stride / 8;
    for (int w = 0; w < whole; w++) {
      LONG.set(rows, at + 8 * w, row[w]);
    }
    for (int k = 8 * whole; k < stride; k++) {
      rows[at + k] = (byte) (row[whole] >>> ((k & 7) * 8));
    }
  }
}
