package dev.redistill.loadtest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Well-known hash functions without a key, and names that collide under them. */
enum Collisions {
  /** {@link String#hashCode} and, for bytes of one length, {@link java.util.Arrays#hashCode}. */
  POLYNOMIAL("String.hashCode, Arrays.hashCode", 34),
  /** MurmurHash3 for 32 bits with seed 0. */
  MURMUR3("Murmur3", 8);

  private static final int C1 = 0xcc9e2d51;
  private static final int C2 = 0x1b873593;
  private static final int STEP_FACTOR = 5;
  private static final int STEP = 0xe6546b64;
  private static final int SHARED_STATE = 0x12345678;

  private final String title;
  private final int length;

  Collisions(String title, int length) {
    this.title = title;
    this.length = length;
  }

  String title() {
    return title;
  }

  /** Different names of one length and one hash, one byte for a character. */
  List<String> names(int count) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      names.add(this == POLYNOMIAL ? polynomial(i) : murmur3(i));
    }
    return names;
  }

  /** Different names of the same length, drawn by chance. */
  List<String> others(int count, Random random) {
    Set<String> names = new LinkedHashSet<>();
    while (names.size() < count) {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      names.add(new String(bytes, ISO_8859_1));
    }
    return List.copyOf(names);
  }

  /** Pairs of one hash for the bits of a number: 31 * 'A' + 'a' is 31 * 'B' + 'B'. */
  private String polynomial(int number) {
    StringBuilder name = new StringBuilder(length);
    for (int bit = 0; bit < length / 2; bit++) {
      name.append((number >>> bit & 1) == 0 ? "Aa" : "BB");
    }
    return name.toString();
  }

  /** A word of its own, and a second one that takes the hash to the same state. */
  private static String murmur3(int first) {
    int state = Integer.rotateLeft(mix(first), 13) * STEP_FACTOR + STEP;
    int wanted = Integer.rotateRight((SHARED_STATE - STEP) * inverse(STEP_FACTOR), 13);
    int mixed = wanted ^ state;
    int second = Integer.rotateRight(mixed * inverse(C2), 15) * inverse(C1);
    ByteBuffer bytes = ByteBuffer.allocate(2 * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    return new String(bytes.putInt(first).putInt(second).array(), ISO_8859_1);
  }

  /** What a word is before it goes into the state. */
  static int mix(int word) {
    return Integer.rotateLeft(word * C1, 15) * C2;
  }

  /** What an odd number is multiplied by to give 1, by Newton's method. */
  private static int inverse(int odd) {
    int inverse = odd;
    for (int bits = 3; bits < Integer.SIZE; bits *= 2) {
      inverse *= 2 - odd * inverse;
    }
    return inverse;
  }

  /** MurmurHash3 for 32 bits, seed 0, of a name whose length is a multiple of 4. */
  static int murmur3(String name) {
    ByteBuffer bytes = ByteBuffer.wrap(name.getBytes(ISO_8859_1)).order(ByteOrder.LITTLE_ENDIAN);
    int state = 0;
    while (bytes.hasRemaining()) {
      state = Integer.rotateLeft(state ^ mix(bytes.getInt()), 13) * STEP_FACTOR + STEP;
    }
    state ^= name.length();
    state = (state ^ state >>> 16) * 0x85ebca6b;
    state = (state ^ state >>> 13) * 0xc2b2ae35;
    return state ^ state >>> 16;
  }
}
