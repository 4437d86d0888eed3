package dev.redistill.snapshot;

import java.util.Arrays;

/**
 * The compression of strings in RDB files: Marc Lehmann's LZF. Reused; confined to one thread.
 *
 * <p>A byte below 32 says that so many bytes and one more follow as they are. Any other byte says
 * in its first three bits how long a piece is that has been there before, less two (with 7 a byte
 * follows that is added), and in the other bits and the next byte how far back it is, less one.
 */
final class Lzf {

  private static final int HASH_BITS = 14;
  private static final int MOST_PLAIN = 32;
  private static final int FARTHEST = 1 << 13;
  private static final int LONGEST = 264;
  private static final int SHORTEST = 3;

  /** Where three bytes with that hash were last seen, counted on from call to call. */
  private final int[] places = new int[1 << HASH_BITS];

  /** What {@link #places} counts the first byte of the call in hand as; what is below is older. */
  private int first = 1;

  /** The same of the next call. */
  private int next = 1;

  /**
   * Compresses bytes; answers how many it wrote, or 0 if they do not fit into {@code most} bytes.
   */
  int compress(byte[] in, int from, int length, byte[] out, int most) {
    begin(length);
    int end = from + length;
    int at = from;
    int plain = from;
    int to = 0;
    while (at + SHORTEST <= end) {
      int slot = slot(in, at);
      int earlier = places[slot] - first + from;
      places[slot] = at - from + first;
      boolean found = earlier >= from && at - earlier <= FARTHEST && same(in, earlier, at);
      if (!found) {
        at++;
        continue;
      }
      to = putPlain(in, plain, at, out, to, most);
      int size = matching(in, earlier, at, end);
      if (to < 0 || to + 3 > most) {
        return 0;
      }
      to = putPiece(size, at - earlier - 1, out, to);
      at += size;
      plain = at;
    }
    to = putPlain(in, plain, end, out, to, most);
    return Math.max(to, 0);
  }

  private void begin(int length) {
    if (length > Integer.MAX_VALUE - next) {
      Arrays.fill(places, 0);
      next = 1;
    }
    first = next;
    next += length;
  }

  private static int slot(byte[] in, int at) {
    int three = (in[at] & 0xff) << 16 | (in[at + 1] & 0xff) << 8 | (in[at + 2] & 0xff);
    return (three * 0x9e3779b1) >>> (Integer.SIZE - HASH_BITS);
  }

  private static boolean same(byte[] in, int one, int two) {
    return in[one] == in[two] && in[one + 1] == in[two + 1] && in[one + 2] == in[two + 2];
  }

  private static int matching(byte[] in, int earlier, int at, int end) {
    int most = Math.min(end - at, LONGEST);
    int size = SHORTEST;
    while (size < most && in[earlier + size] == in[at + size]) {
      size++;
    }
    return size;
  }

  /** Writes bytes as they are; answers where that ends, or -1 if there is no room. */
  private static int putPlain(byte[] in, int from, int end, byte[] out, int start, int most) {
    int to = start;
    int at = from;
    while (to >= 0 && at < end) {
      int count = Math.min(end - at, MOST_PLAIN);
      if (to + 1 + count > most) {
        return -1;
      }
      out[to++] = (byte) (count - 1);
      System.arraycopy(in, at, out, to, count);
      to += count;
      at += count;
    }
    return to;
  }

  private static int putPiece(int size, int distance, byte[] out, int start) {
    int to = start;
    int shown = size - 2;
    out[to++] = (byte) (Math.min(shown, 7) << 5 | distance >>> 8);
    if (shown >= 7) {
      out[to++] = (byte) (shown - 7);
    }
    out[to++] = (byte) distance;
    return to;
  }

  /** Whether so few bytes can be so many when they are decompressed. */
  static boolean isPossible(long compressed, long size) {
    return size <= compressed * (LONGEST / SHORTEST);
  }

  /** Decompresses bytes; answers whether they are exactly as many as there is room for. */
  static boolean decompress(byte[] in, int from, int end, byte[] out) {
    int at = from;
    int to = 0;
    while (at < end) {
      int control = in[at++] & 0xff;
      if (control < MOST_PLAIN) {
        int count = control + 1;
        if (count > end - at || count > out.length - to) {
          return false;
        }
        System.arraycopy(in, at, out, to, count);
        at += count;
        to += count;
        continue;
      }
      int size = control >>> 5;
      int more = size == 7 ? 2 : 1;
      if (more > end - at) {
        return false;
      }
      size += 2 + (more == 2 ? in[at++] & 0xff : 0);
      int earlier = to - ((control & 0x1f) << 8 | (in[at++] & 0xff)) - 1;
      if (earlier < 0 || size > out.length - to) {
        return false;
      }
      for (int i = 0; i < size; i++) {
        out[to + i] = out[earlier + i];
      }
      to += size;
    }
    return to == out.length;
  }
}
