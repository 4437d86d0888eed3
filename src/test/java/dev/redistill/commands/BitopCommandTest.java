package dev.redistill.commands;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redistill.resp.Ascii;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BitopCommandTest {

  private final Console console = new Console();

  /** What the operation makes of one bit of each key; the bits of X, Y, Z stand in this order. */
  private static boolean expected(String operation, boolean[] bits) {
    boolean x = bits[0];
    int count = 0;
    for (boolean bit : bits) {
      count += bit ? 1 : 0;
    }
    boolean others = count > (x ? 1 : 0);
    return switch (operation) {
      case "AND" -> count == bits.length;
      case "OR" -> count > 0;
      case "XOR" -> count % 2 == 1;
      case "NOT" -> !x;
      case "DIFF" -> x && !others;
      case "DIFF1" -> !x && others;
      case "ANDOR" -> x && others;
      case "ONE" -> count == 1;
      default -> throw new IllegalArgumentException(operation);
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"AND", "OR", "XOR", "NOT", "DIFF", "DIFF1", "ANDOR", "ONE"})
  void bitop_combinesBitByBit(String operation) {
    long seed = 5;
    Random random = new Random(seed);
    IntBinaryOperator between = (from, to) -> from + random.nextInt(to - from + 1);
    for (int round = 0; round < 300; round++) {
      int least = operation.startsWith("DIFF") || operation.equals("ANDOR") ? 2 : 1;
      int keys = operation.equals("NOT") ? 1 : between.applyAsInt(least, 4);
      byte[][] values = new byte[keys][];
      byte[][] command = new byte[3 + keys][];
      command[0] = Ascii.bytes("BITOP");
      command[1] = Ascii.bytes(operation);
      command[2] = Ascii.bytes("target");
      for (int i = 0; i < keys; i++) {
        values[i] = new byte[random.nextInt(4) == 0 ? 0 : random.nextInt(30)];
        random.nextBytes(values[i]);
        command[3 + i] = Ascii.bytes("k" + i);
        console.run(Ascii.bytes("SET"), command[3 + i], values[i]);
      }
      byte[] expected = combine(operation, values);
      String where = "seed " + seed + ", round " + round;
      assertThat(console.run(command)).as(where).isEqualTo("(integer) " + expected.length);
      String bulk = "$" + expected.length + "\r\n" + text(expected) + "\r\n";
      assertThat(console.raw("GET", "target"))
          .as(where)
          .isEqualTo(expected.length == 0 ? "$-1\r\n" : bulk);
    }
  }

  private static byte[] combine(String operation, byte[][] values) {
    int length = Arrays.stream(values).mapToInt(value -> value.length).max().orElse(0);
    byte[] result = new byte[length];
    for (int bit = 0; bit < 8 * length; bit++) {
      boolean[] bits = new boolean[values.length];
      for (int i = 0; i < values.length; i++) {
        bits[i] = bit / 8 < values[i].length && Bits.get(values[i], bit);
      }
      Bits.set(result, bit, expected(operation, bits));
    }
    return result;
  }

  private static String text(byte[] bytes) {
    return Ascii.text(bytes, 0, bytes.length);
  }

  @Test
  void bitop_writesOverOneOfItsKeys() {
    console.run("MSET", "a", "abc", "b", "   ");
    assertThat(console.run("BITOP", "xor", "a", "a", "b")).isEqualTo("(integer) 3");
    assertThat(console.run("GET", "a")).isEqualTo("\"ABC\"");
    assertThat(console.run("OBJECT", "ENCODING", "a")).isEqualTo("\"raw\"");
  }

  @Test
  void bitop_ofNothingDeletesTheTarget() {
    console.run("SET", "target", "1", "EX", "100");
    assertThat(console.run("BITOP", "OR", "target", "a", "b")).isEqualTo("(integer) 0");
    assertThat(console.run("EXISTS", "target")).isEqualTo("(integer) 0");
  }

  @Test
  void bitop_forgetsTheExpiryOfTheTarget() {
    console.run("SET", "target", "1", "EX", "100");
    console.run("SET", "a", "1");
    console.run("BITOP", "AND", "target", "a");
    assertThat(console.run("TTL", "target")).isEqualTo("(integer) -1");
  }

  @ParameterizedTest
  @CsvSource({
    "NOT, BITOP NOT must be called with a single source key.",
    "X, syntax error",
    "'', syntax error"
  })
  void bitop_refusesOtherOperations(String operation, String error) {
    assertThat(console.run("BITOP", operation, "target", "a", "b"))
        .isEqualTo("(error) ERR " + error);
  }

  @ParameterizedTest
  @ValueSource(strings = {"DIFF", "DIFF1", "ANDOR"})
  void bitop_refusesASingleKeyWhereItNeedsTwo(String operation) {
    assertThat(console.run("BITOP", operation, "target", "a"))
        .isEqualTo(
            "(error) ERR BITOP " + operation + " must be called with at least two source keys.");
  }
}
