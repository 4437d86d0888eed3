package dev.redistill.commands;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BitmapCommandsTest {

  private static final String SYNTAX = "(error) ERR syntax error";
  private static final String NO_INTEGER = "(error) ERR value is not an integer or out of range";

  private final Console console = new Console();

  private String run(String command) {
    return console.run(command.split(" "));
  }

  @Test
  void setbit_answersTheOldBitAndGrowsTheString() {
    assertThat(run("SETBIT a 1 1")).isEqualTo("(integer) 0");
    assertThat(run("GET a")).isEqualTo("\"@\"");
    assertThat(run("SETBIT a 1 0")).isEqualTo("(integer) 1");
    assertThat(run("SETBIT a 23 0")).isEqualTo("(integer) 0");
    assertThat(run("GET a")).isEqualTo("\"\\x00\\x00\\x00\"");
    assertThat(run("OBJECT ENCODING a")).isEqualTo("\"raw\"");
  }

  @Test
  void setbit_keepsTheTimeToLive() {
    run("SET a 1 EX 100");
    assertThat(run("SETBIT a 6 1")).isEqualTo("(integer) 0");
    assertThat(run("GET a")).isEqualTo("\"3\"");
    assertThat(run("TTL a")).isEqualTo("(integer) 100");
  }

  @Test
  void setbit_toWhatItIsDoesNotChangeTheKey() {
    run("SET a 1");
    run("WATCH a");
    console.other().run("SETBIT", "a", "7", "1");
    run("MULTI");
    run("STRLEN a");
    assertThat(run("EXEC")).isEqualTo("[(integer) 1]");
    assertThat(run("OBJECT ENCODING a")).isEqualTo("\"raw\"");
    run("WATCH a");
    console.other().run("SETBIT", "a", "7", "0");
    run("MULTI");
    run("STRLEN a");
    assertThat(run("EXEC")).isEqualTo("(nil)");
  }

  @Test
  void setbit_inALargeBitmapAllocatesNothingOfItsSize() {
    run("SETBIT a 134217727 1");
    run("SETBIT a 0 1");
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 200; i++) {
      console.run("SETBIT", "a", String.valueOf(i * 600_000), "1");
      console.run("GETBIT", "a", String.valueOf(i * 600_000));
    }
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(4_000_000);
    assertThat(run("BITCOUNT a")).isEqualTo("(integer) 201");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "4294967296", "x", "", "#1", "9223372036854775808"})
  void setbit_refusesAnOffsetOutOfRange(String offset) {
    String error = "(error) ERR bit offset is not an integer or out of range";
    assertThat(console.run("SETBIT", "a", offset, "1")).isEqualTo(error);
    assertThat(console.run("GETBIT", "a", offset)).isEqualTo(error);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "-1", "x", ""})
  void setbit_refusesWhatIsNoBit(String bit) {
    assertThat(console.run("SETBIT", "a", "0", bit))
        .isEqualTo("(error) ERR bit is not an integer or out of range");
  }

  @Test
  void getbit_behindTheEndIsZero() {
    run("SET a `");
    assertThat(run("GETBIT a 1")).isEqualTo("(integer) 1");
    assertThat(run("GETBIT a 3")).isEqualTo("(integer) 0");
    assertThat(run("GETBIT a 8")).isEqualTo("(integer) 0");
    assertThat(run("GETBIT none 4294967295")).isEqualTo("(integer) 0");
  }

  @ParameterizedTest
  @CsvSource({
    "'', 26",
    "0 0, 4",
    "1 1, 6",
    "0 -1 BYTE, 26",
    "5 30 BIT, 17",
    "-2 -1, 7",
    "-1 -2, 0",
    "3 1, 0",
    "0 -100, 4",
    "10 20, 0",
    "-9223372036854775808 9223372036854775807 bit, 26"
  })
  void bitcount_countsARange(String range, int expected) {
    run("SET a foobar");
    assertThat(run(("BITCOUNT a " + range).strip())).isEqualTo("(integer) " + expected);
    assertThat(run(("BITCOUNT none " + range).strip())).isEqualTo("(integer) 0");
  }

  @ParameterizedTest
  @CsvSource({
    "1, 8",
    "0, 0",
    "1 2, 16",
    "1 0 0, -1",
    "1 2 -1 BYTE, 16",
    "1 7 15 BIT, 8",
    "0 8 11 BIT, -1",
    "0 1 1, 12",
    "0 2 2, -1",
    "0 2, 24",
    "0 5, -1",
    "1 1 0, -1"
  })
  void bitpos_findsTheFirst(String arguments, int expected) {
    console.run("SET", "a", "\u0000\u00f0\u00ff");
    assertThat(run("BITPOS a " + arguments)).isEqualTo("(integer) " + expected);
  }

  @Test
  void bitpos_ofAMissingKeyIsThatOfZeros() {
    assertThat(run("BITPOS a 0 x")).isEqualTo("(integer) 0");
    assertThat(run("BITPOS a 1 x")).isEqualTo("(integer) -1");
    console.run("SET", "b", "");
    assertThat(run("BITPOS b 0")).isEqualTo("(integer) -1");
  }

  @Test
  void bitcount_bitpos_refuseOtherArguments() {
    run("SET a x");
    assertThat(run("BITCOUNT a 0")).isEqualTo(SYNTAX);
    assertThat(run("BITCOUNT a 0 1 X")).isEqualTo(SYNTAX);
    assertThat(run("BITCOUNT a 0 1 BIT 1")).isEqualTo(SYNTAX);
    assertThat(run("BITCOUNT a 0 x BIT")).isEqualTo(NO_INTEGER);
    assertThat(run("BITPOS a 1 0 x X")).isEqualTo(SYNTAX);
    assertThat(run("BITPOS a 1 x 1 X")).isEqualTo(NO_INTEGER);
    assertThat(run("BITPOS a 1 0 1 BIT 1")).isEqualTo(SYNTAX);
    assertThat(run("BITPOS a 2")).isEqualTo("(error) ERR The bit argument must be 1 or 0.");
  }

  @Test
  void bits_areThoseOfABitSet() {
    long seed = 99;
    Random random = new Random(seed);
    for (int round = 0; round < 2000; round++) {
      byte[] bytes = new byte[random.nextInt(40)];
      if (random.nextBoolean()) {
        random.nextBytes(bytes);
      }
      BitSet model = new BitSet();
      for (int i = 0; i < 8 * bytes.length; i++) {
        model.set(i, (bytes[i / 8] >> (7 - i % 8) & 1) == 1);
      }
      int from = random.nextInt(8 * bytes.length + 1);
      int to = from + random.nextInt(8 * bytes.length - from + 1);
      String where = "seed " + seed + ", round " + round;
      assertThat(Bits.count(bytes, from, to))
          .as(where)
          .isEqualTo(model.get(from, to).cardinality());
      int set = model.nextSetBit(from);
      assertThat(Bits.find(bytes, from, to, true)).as(where).isEqualTo(set < to ? set : -1);
      int clear = model.nextClearBit(from);
      assertThat(Bits.find(bytes, from, to, false)).as(where).isEqualTo(clear < to ? clear : -1);
    }
  }
}
