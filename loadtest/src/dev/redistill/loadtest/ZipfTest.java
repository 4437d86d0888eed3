package dev.redistill.loadtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ZipfTest {
  private static final int DRAWS = 400_000;
  private static final double DEVIATIONS = 5;

  @ParameterizedTest
  @ValueSource(doubles = {0.2, 0.5, 0.99, 1, 1.2, 2})
  void ranks_areAsFrequentAsZipfsLawSays(double theta) {
    int keys = 500;
    double[] likely = new double[keys + 1];
    for (int rank = 1; rank <= keys; rank++) {
      likely[rank] = Math.pow(rank, -theta);
    }
    double sum = Arrays.stream(likely).sum();
    Zipf zipf = new Zipf(keys, theta);
    SplittableRandom random = new SplittableRandom(7);
    int[] seen = new int[keys + 1];
    for (int i = 0; i < DRAWS; i++) {
      seen[(int) zipf.rank(random)]++;
    }
    for (int rank = 1; rank <= keys; rank++) {
      double p = likely[rank] / sum;
      double deviation = Math.sqrt(DRAWS * p * (1 - p));
      assertThat((double) seen[rank])
          .as("rank " + rank)
          .isCloseTo(DRAWS * p, within(DEVIATIONS * deviation + 1));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10, 96, 997})
  void everyKey_isDrawn(int keys) {
    Zipf zipf = new Zipf(keys, 0.5);
    SplittableRandom random = new SplittableRandom(3);
    boolean[] drawn = new boolean[keys];
    for (int i = 0; i < 200_000; i++) {
      drawn[zipf.next(random)] = true;
    }
    assertThat(drawn).doesNotContain(false);
  }

  @Test
  void frequentKeys_areNoNeighbours() {
    int[] seen = new int[100_000];
    Zipf zipf = new Zipf(seen.length, 1.2);
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < DRAWS; i++) {
      seen[zipf.next(random)]++;
    }
    int first = indexOfGreatest(seen);
    seen[first] = 0;
    int second = indexOfGreatest(seen);
    assertThat(Math.abs(first - second)).isGreaterThan(1_000);
  }

  @Test
  void manyKeys_areDrawnWithinBounds() {
    int keys = 2_000_000_000;
    Zipf zipf = new Zipf(keys, 0.99);
    SplittableRandom random = new SplittableRandom(11);
    for (int i = 0; i < 10_000; i++) {
      assertThat(zipf.next(random)).isBetween(0, keys - 1);
    }
  }

  @Test
  void thetaZero_isUniform() {
    KeyChooser chooser = KeyChooser.of(10, 0);
    SplittableRandom random = new SplittableRandom(13);
    int[] seen = new int[10];
    for (int i = 0; i < 100_000; i++) {
      seen[chooser.next(random)]++;
    }
    for (int count : seen) {
      assertThat(count).isBetween(9_500, 10_500);
    }
  }

  private static int indexOfGreatest(int[] counts) {
    int best = 0;
    for (int i = 0; i < counts.length; i++) {
      best = counts[i] > counts[best] ? i : best;
    }
    return best;
  }
}
