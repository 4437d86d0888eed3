package dev.redistill.snapshot;

import dev.redistill.store.SetValue;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The block that Redis keeps a set of integers in: how many bytes each takes, how many there are,
 * and the integers in ascending order, all with the lowest byte first.
 */
final class IntegerSet {

  private static final int HEAD = 2 * Integer.BYTES;

  private IntegerSet() {}

  /** The block of a set of integers. */
  static byte[] pack(SetValue set) {
    long[] numbers = new long[set.size()];
    int[] count = {0};
    set.forEach(member ->
        numbers[count[0]++] =
            IntegerText.parse(member.nameBytes(), member.nameOffset(), member.nameLength()));
    int width = Math.max(width(numbers[0]), width(numbers[numbers.length - 1]));
    ByteBuffer block = ByteBuffer.allocate(HEAD + width * numbers.length);
    block.order(ByteOrder.LITTLE_ENDIAN).putInt(width).putInt(numbers.length);
    for (long number : numbers) {
      switch (width) {
        case Short.BYTES -> block.putShort((short) number);
        case Integer.BYTES -> block.putInt((int) number);
        default -> block.putLong(number);
      }
    }
    return block.array();
  }

  private static int width(long number) {
    if (number == (short) number) {
      return Short.BYTES;
    }
    return number == (int) number ? Integer.BYTES : Long.BYTES;
  }

  /** The integers of a block in decimal. */
  static List<byte[]> unpack(byte[] bytes) throws RdbException {
    if (bytes.length < HEAD) {
      throw damaged();
    }
    ByteBuffer block = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int width = block.getInt();
    long count = Integer.toUnsignedLong(block.getInt());
    boolean known = width == Short.BYTES || width == Integer.BYTES || width == Long.BYTES;
    if (!known || bytes.length != HEAD + width * count) {
      throw damaged();
    }
    List<byte[]> members = new ArrayList<>();
    while (block.hasRemaining()) {
      long number =
          switch (width) {
            case Short.BYTES -> block.getShort();
            case Integer.BYTES -> block.getInt();
            default -> block.getLong();
          };
      members.add(Long.toString(number).getBytes(StandardCharsets.ISO_8859_1));
    }
    return members;
  }

  private static RdbException damaged() {
    return new RdbException("an intset is damaged");
  }
}
