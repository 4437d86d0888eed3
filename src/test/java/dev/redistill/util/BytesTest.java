package dev.redistill.util;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class BytesTest {

  @Test
  void equal_slicesOfEachLengthAtEachPlace_areEqual() {
    Random random = new Random(1);
    for (int length = 0; length <= 40; length++) {
      for (int from = 0; from < 9; from++) {
        byte[] one = new byte[from + length];
        random.nextBytes(one);
        byte[] other = new byte[length + 3];
        System.arraycopy(one, from, other, 2, length);

        assertEquals(true, Bytes.equal(one, from, other, 2, length), length + " at " + from);
      }
    }
  }

  @Test
  void equal_aDifferenceAtAnyPlace_isSeen() {
    for (int length = 1; length <= 40; length++) {
      for (int place = 0; place < length; place++) {
        byte[] one = new byte[length];
        byte[] other = Arrays.copyOf(one, length);
        other[place] = 1;

        assertEquals(false, Bytes.equal(one, 0, other, 0, length), place + " of " + length);
      }
    }
  }

  @Test
  void equal_whatLiesAroundTheSlices_doesNotCount() {
    byte[] one = "xxxfieldyyyyyyyyy".getBytes(US_ASCII);
    byte[] other = "fieldzzzzzzzzzzz".getBytes(US_ASCII);

    assertEquals(true, Bytes.equal(one, 3, other, 0, 5));
  }
}
