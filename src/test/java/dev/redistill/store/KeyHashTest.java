package dev.redistill.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

final class KeyHashTest {

  private static final int KEYS = 200_000;
  private static final int BUCKETS = 2048;

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static int hash(byte[] key) {
    return KeyHash.hash(key, 0, key.length);
  }

  @Test
  void hash_ofASliceIsThatOfItsBytes() {
    for (int length = 0; length < 70; length++) {
      byte[] key = new byte[length];
      new Random(length).nextBytes(key);
      byte[] padded = new byte[length + 7];
      Arrays.fill(padded, (byte) 'x');
      System.arraycopy(key, 0, padded, 3, length);
      assertThat(KeyHash.hash(padded, 3, length)).as("length %d", length).isEqualTo(hash(key));
    }
  }

  /* The upper bits choose the shard, the lower ones the place in its table. With 98 keys to a bucket on
  average, a fair hash leaves the bounds below about once in 10^12 runs. */
  @Test
  void hash_spreadsKeysThatLookAlikeEvenly() {
    assertEven("key:%d", i -> bytes("key:" + i));
    assertEven("zero-padded", i -> bytes(String.format("user:%012d:session", i)));
    assertEven("four bytes", i -> new byte[] {(byte) i, (byte) (i >> 8), (byte) (i >> 16), 0});
    assertEven("three bytes", i -> new byte[] {(byte) i, (byte) (i >> 8), (byte) (i >> 16)});
    assertEven("nul bytes of any length", byte[]::new, 5000);
  }

  private static void assertEven(String name, IntFunction<byte[]> key) {
    assertEven(name, key, KEYS);
  }

  private static void assertEven(String name, IntFunction<byte[]> key, int keys) {
    int[] upper = new int[BUCKETS];
    int[] lower = new int[BUCKETS];
    for (int i = 0; i < keys; i++) {
      int hash = hash(key.apply(i));
      upper[hash >>> 21]++;
      lower[hash & BUCKETS - 1]++;
    }
    double mean = (double) keys / BUCKETS;
    int most = (int) (mean + 9 * Math.sqrt(mean) + 10);
    assertThat(Arrays.stream(upper).max().orElseThrow()).as(name).isLessThan(most);
    assertThat(Arrays.stream(lower).max().orElseThrow()).as(name).isLessThan(most);
    assertThat(deviation(upper, mean)).as(name).isBetween(0.7, 1.3);
    assertThat(deviation(lower, mean)).as(name).isBetween(0.7, 1.3);
  }

  /** The variance of the counts in terms of what chance would give: 1 is chance. */
  private static double deviation(int[] counts, double mean) {
    return Arrays.stream(counts).mapToDouble(c -> (c - mean) * (c - mean)).sum()
        / (counts.length * mean);
  }

  @Test
  void hash_changesAboutHalfOfItsBitsWithAnyBitOfTheKey() {
    for (int length : new int[] {1, 3, 4, 7, 8, 9, 15, 16, 17, 31, 32, 33, 64, 100}) {
      byte[] key = new byte[length];
      Random random = new Random(length);
      int changed = 0;
      int trials = 2000;
      for (int i = 0; i < trials; i++) {
        random.nextBytes(key);
        int before = hash(key);
        key[random.nextInt(length)] ^= (byte) (1 << random.nextInt(8));
        changed += Integer.bitCount(before ^ hash(key));
      }
      assertThat((double) changed / trials).as("length %d", length).isBetween(15.0, 17.0);
    }
  }
}
