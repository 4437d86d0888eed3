package dev.redistill.util;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LongDoubleTest {

  /* As Redis 7.0.15 answers INCRBYFLOAT of a key that does not exist. */
  @ParameterizedTest
  @CsvSource({
    "3.0, 3",
    "10.50, 10.5",
    "5.0e3, 5000",
    "1E-5, 0.00001",
    "+1.5, 1.5",
    ".5, 0.5",
    "-.5, -0.5",
    "5., 5",
    "-0, 0",
    "-1e-20, 0",
    "0e99999999, 0",
    "0x1p3, 8",
    "0X.8P-2, 0.125",
    "3.141592653589793238462643383279, 3.14159265358979324",
    "123456789012345678901234567890, 123456789012345678899921813504",
    "18446744073709551615, 18446744073709551615",
    "18446744073709551617, 18446744073709551616",
    "18446744073709551618.00001, 18446744073709551618",
    "inf, inf",
    "-Infinity, -inf"
  })
  void parse_readsAsStrtold(String text, String expected) {
    assertThat(requireNonNull(parse(text)).toString()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "-",
        "+",
        ".",
        "e5",
        "1e",
        "1e+",
        "1 ",
        " 1",
        "--1",
        "1.2.3",
        "0x",
        "0x.",
        "0x1p",
        "1_0",
        "nan",
        "infinit",
        "1e5000",
        "-1e5000",
        "1e-5000",
        "1e99999999999",
        "1e-99999999999",
        "0x1p16384",
        "0x1p-16447",
        "1e4933",
        "1.1897314953572317651e4932"
      })
  void parse_refusesWhatIsNoNumberOrOutOfRange(String text) {
    assertThat(parse(text)).isNull();
  }

  @Test
  void parse_refusesTextLongerThanTheBufferOfRedis() {
    assertThat(parse("1." + "0".repeat(5117))).isEqualTo(number("1"));
    assertThat(parse("1." + "0".repeat(5118))).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "10.5, 0.1, 10.6",
    "0.1, 0.2, 0.3",
    "5.0e3, 200, 5200",
    "18446744073709551615, 1, 18446744073709551616",
    "18446744073709551616, 1, 18446744073709551616",
    "18446744073709551616, 3, 18446744073709551620",
    "1e30, -1e30, 0",
    "inf, 1, inf",
    "1, -inf, -inf"
  })
  void plus_roundsToTheMantissaOfALongDouble(String a, String b, String sum) {
    assertThat(requireNonNull(number(a).plus(number(b))).toString()).isEqualTo(sum);
    assertThat(requireNonNull(number(b).plus(number(a))).toString()).isEqualTo(sum);
  }

  @Test
  void plus_ofOppositeInfinitiesIsNoNumber() {
    assertThat(LongDouble.INFINITY.plus(LongDouble.NEGATIVE_INFINITY)).isNull();
    assertThat(LongDouble.INFINITY.plus(LongDouble.INFINITY)).isEqualTo(LongDouble.INFINITY);
  }

  @Test
  void plus_beyondTheLargestNumberIsInfinite() {
    LongDouble largest = number("1.18973149535723176502e4932");
    assertThat(largest).isEqualTo(LongDouble.LARGEST);
    assertThat(largest.isInfinite()).isFalse();
    assertThat(requireNonNull(largest.plus(largest)).isInfinite()).isTrue();
    assertThat(requireNonNull(largest.plus(number("1"))).isInfinite()).isFalse();
  }

  @Test
  void compareTo_ordersNumbers() {
    assertThat(number("-inf")).isLessThan(number("-1e4000"));
    assertThat(number("-1e-4000")).isLessThan(LongDouble.ZERO);
    assertThat(number("0.1")).isLessThan(number("0.2"));
    assertThat(number("1e4932")).isLessThan(LongDouble.INFINITY);
    assertThat(number("8")).isEqualTo(number("0x1p3")).hasSameHashCodeAs(number("0x1p3"));
  }

  @Test
  void parse_findsTheClosestNumberOfAll() {
    long seed = 20_240_611;
    Random random = new Random(seed);
    for (int i = 0; i < 2000; i++) {
      BigDecimal exact =
          new BigDecimal(new BigInteger(1 + random.nextInt(160), random), random.nextInt(60) - 30);
      BigDecimal read = value(number(exact.toString()));
      BigDecimal step = exact.movePointLeft(19);
      assertThat(read.subtract(exact).abs())
          .as("seed %d, %s", seed, exact)
          .isLessThanOrEqualTo(step.max(new BigDecimal("5e-18")));
    }
  }

  private static BigDecimal value(LongDouble number) {
    return new BigDecimal(number.toString());
  }

  private static LongDouble number(String text) {
    return requireNonNull(parse(text), text);
  }

  private static @Nullable LongDouble parse(String text) {
    byte[] bytes = ("<" + text + ">").getBytes(StandardCharsets.ISO_8859_1);
    return LongDouble.parse(bytes, 1, bytes.length - 2);
  }
}
