package dev.redistill.loadtest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class CollisionsTest {
  private static final int COUNT = 100_000;

  @Test
  void murmur3_isTheHashThatOthersKnow() {
    assertThat(Collisions.murmur3("")).isZero();
    assertThat(Collisions.murmur3("test")).isEqualTo(0xba6bd213);
  }

  @Test
  void namesOfEachFunction_areDifferent_andHaveOneHash() {
    List<String> polynomial = Collisions.POLYNOMIAL.names(COUNT);
    assertThat(new HashSet<>(polynomial)).hasSize(COUNT);
    assertThat(polynomial.stream().mapToInt(String::hashCode).distinct().count()).isOne();
    assertThat(
            polynomial.stream()
                .mapToInt(name -> Arrays.hashCode(name.getBytes(ISO_8859_1)))
                .distinct()
                .count())
        .isOne();
    List<String> murmur3 = Collisions.MURMUR3.names(COUNT);
    assertThat(new HashSet<>(murmur3)).hasSize(COUNT);
    assertThat(murmur3.stream().mapToInt(Collisions::murmur3).distinct().count()).isOne();
  }

  @Test
  void others_areAsLongAndMostlyOfDifferentHashes() {
    for (Collisions function : Collisions.values()) {
      List<String> others = function.others(COUNT, new Random(1));
      assertThat(others).hasSize(COUNT);
      assertThat(others.getFirst()).hasSameSizeAs(function.names(1).getFirst());
      assertThat(others.stream().mapToInt(String::hashCode).distinct().count())
          .isGreaterThan(COUNT * 99L / 100);
    }
  }
}
