package dev.redistill.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BitFieldCommandsTest {

  private final Console console = new Console();

  private String run(String command) {
    return console.run(command.split(" ")).replace("(integer) ", "");
  }

  @Test
  void bitfield_getsSetsAndAdds() {
    assertThat(run("BITFIELD a SET i8 0 100 GET i8 0 INCRBY i5 100 1 GET u4 0"))
        .isEqualTo("[0, 100, 1, 6]");
    assertThat(run("STRLEN a")).isEqualTo("14");
    assertThat(run("OBJECT ENCODING a")).isEqualTo("\"raw\"");
    assertThat(run("BITFIELD a")).isEqualTo("[]");
  }

  @Test
  void bitfield_countsFieldsBehindAHash() {
    assertThat(run("BITFIELD a SET u12 #2 4095 GET u12 24 GET u12 #1")).isEqualTo("[0, 4095, 0]");
  }

  @Test
  void bitfield_readsBehindTheEndAsZeros() {
    console.run("SET", "a", "\u00ff");
    assertThat(run("BITFIELD a GET u16 0 GET i9 0 GET i64 4294967295")).isEqualTo("[65280, -2, 0]");
    assertThat(run("BITFIELD none GET u8 0")).isEqualTo("[0]");
    assertThat(run("EXISTS none")).isEqualTo("0");
  }

  @ParameterizedTest
  @CsvSource({
    "WRAP, SET, u8, 257, 1",
    "WRAP, SET, i8, 128, -128",
    "WRAP, INCRBY, i8, 28, -128",
    "WRAP, INCRBY, u8, -101, 255",
    "SAT, SET, u8, -1, 255",
    "SAT, SET, i8, -129, -128",
    "SAT, SET, i8, -9223372036854775808, 127",
    "SAT, INCRBY, u8, -101, 0",
    "SAT, INCRBY, i8, 1000, 127",
    "FAIL, SET, u8, 256, 100",
    "FAIL, INCRBY, i8, 28, 100"
  })
  void bitfield_overflowsAsAsked(
      String overflow, String action, String type, String value, String expected) {
    run("BITFIELD a SET i8 0 100");
    String reply = run(String.join(" ", "BITFIELD a OVERFLOW", overflow, action, type, "0", value));
    assertThat(reply.equals("[(nil)]")).isEqualTo(overflow.equals("FAIL"));
    assertThat(run("BITFIELD a GET " + type + " 0")).isEqualTo("[" + expected + "]");
  }

  @Test
  void bitfield_overflowHoldsForWhatFollows() {
    assertThat(
            run("BITFIELD a INCRBY u2 0 3 INCRBY u2 0 1 OVERFLOW SAT INCRBY u2 0 9 INCRBY u2 0 9"))
        .isEqualTo("[3, 0, 3, 3]");
  }

  @Test
  void bitfield_thatChangesNothingDoesNotChangeTheKey() {
    run("BITFIELD a SET u8 0 7");
    console.run("WATCH", "a");
    console.other().run("BITFIELD", "a", "SET", "u8", "0", "7", "GET", "u8", "0");
    console.other().run("BITFIELD", "a", "OVERFLOW", "FAIL", "INCRBY", "u8", "0", "255");
    console.run("MULTI");
    console.run("STRLEN", "a");
    assertThat(run("EXEC")).isEqualTo("[1]");
    console.run("WATCH", "a");
    console.other().run("BITFIELD", "a", "SET", "u8", "8", "0");
    console.run("MULTI");
    console.run("STRLEN", "a");
    assertThat(run("EXEC")).isEqualTo("(nil)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"u64", "i65", "u0", "i0", "I8", "x8", "u", "u-1", "u08", "8", "u8x"})
  void bitfield_refusesOtherTypes(String type) {
    assertThat(run("BITFIELD a GET " + type + " 0"))
        .isEqualTo(
            "(error) ERR Invalid bitfield type. Use something like i16 u8. Note that u64 is not"
                + " supported but i64 is.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "#-1", "#", "##1", "x", "4294967296"})
  void bitfield_refusesAnOffsetOutOfRange(String offset) {
    assertThat(run("BITFIELD a GET u8 " + offset))
        .isEqualTo("(error) ERR bit offset is not an integer or out of range");
  }

  @ParameterizedTest
  @ValueSource(strings = {"X", "GET u8", "SET u8 0", "INCRBY u8 0", "OVERFLOW"})
  void bitfield_refusesWhatIsIncomplete(String operation) {
    assertThat(run("BITFIELD a " + operation)).isEqualTo("(error) ERR syntax error");
  }

  @Test
  void bitfield_changesNothingIfALaterOperationIsWrong() {
    assertThat(run("BITFIELD a SET u8 0 1 OVERFLOW X"))
        .isEqualTo("(error) ERR Invalid OVERFLOW type specified");
    assertThat(run("BITFIELD a SET u8 0 x"))
        .isEqualTo("(error) ERR value is not an integer or out of range");
    assertThat(run("EXISTS a")).isEqualTo("0");
  }

  @Test
  void bitfieldRo_onlyReads() {
    console.run("SET", "a", "A");
    assertThat(run("BITFIELD_RO a GET u8 0 GET i2 0")).isEqualTo("[65, 1]");
    assertThat(run("BITFIELD_RO a")).isEqualTo("[]");
    assertThat(run("BITFIELD_RO a SET u8 0 1"))
        .isEqualTo("(error) ERR BITFIELD_RO only supports the GET subcommand");
  }

  @Test
  void bitfield_calculatesLikeNumbersOfAnySize() {
    long seed = 3;
    Random random = new Random(seed);
    for (int round = 0; round < 3000; round++) {
      boolean signed = random.nextBoolean();
      int width = 1 + random.nextInt(signed ? 64 : 63);
      BitField field = new BitField(signed, width);
      long value = field.wrapped(random.nextLong() >> random.nextInt(64));
      long increment = random.nextLong() >> random.nextInt(64);
      BigInteger one = BigInteger.ONE;
      BigInteger least = signed ? one.shiftLeft(width - 1).negate() : BigInteger.ZERO;
      BigInteger most = one.shiftLeft(signed ? width - 1 : width).subtract(one);
      BigInteger sum = BigInteger.valueOf(value).add(BigInteger.valueOf(increment));
      int expected = sum.compareTo(most) > 0 ? 1 : sum.compareTo(least) < 0 ? -1 : 0;
      String where = "seed " + seed + ": " + field + " " + value + " + " + increment;
      assertThat(field.excess(value, increment)).as(where).isEqualTo(expected);
      assertThat(field.bound(1)).as(where).isEqualTo(most.longValueExact());
      assertThat(field.bound(-1)).as(where).isEqualTo(least.longValueExact());
      BigInteger wrapped = BigInteger.valueOf(field.wrapped(value + increment));
      assertThat(wrapped.subtract(sum).mod(one.shiftLeft(width))).as(where).isZero();
      assertThat(wrapped).as(where).isBetween(least, most);
    }
  }

  @Test
  void bits_keepEveryOtherBitOfANumber() {
    long seed = 4;
    Random random = new Random(seed);
    for (int round = 0; round < 3000; round++) {
      byte[] bytes = new byte[20];
      random.nextBytes(bytes);
      int width = 1 + random.nextInt(64);
      int bit = random.nextInt(160 - width + 1);
      long number = random.nextLong();
      BigInteger before = new BigInteger(1, bytes);
      Bits.setNumber(bytes, bit, width, number);
      int shift = 160 - width - bit;
      BigInteger mask = BigInteger.ONE.shiftLeft(width).subtract(BigInteger.ONE);
      BigInteger kept = before.andNot(mask.shiftLeft(shift));
      BigInteger low = BigInteger.valueOf(number).and(mask);
      String where = "seed " + seed + ", round " + round;
      assertThat(new BigInteger(1, bytes)).as(where).isEqualTo(kept.or(low.shiftLeft(shift)));
      assertThat(Bits.number(bytes, 20, bit, width)).as(where).isEqualTo(low.longValue());
    }
  }
}
