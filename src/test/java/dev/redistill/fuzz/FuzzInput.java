package dev.redistill.fuzz;

import java.util.Arrays;
import java.util.List;

/** The bytes of one run of a fuzz target, taken as choices from their beginning to their end. */
final class FuzzInput {

  private final byte[] bytes;
  private int at;

  FuzzInput(byte[] bytes) {
    this.bytes = bytes;
  }

  boolean isEmpty() {
    return at >= bytes.length;
  }

  /** The next byte without its sign; 0 behind the end. */
  int next() {
    return isEmpty() ? 0 : bytes[at++] & 0xff;
  }

  /** A number from 0 to less than {@code bound}, which is at most 65536. */
  int below(int bound) {
    int number = bound <= 256 ? next() : next() << 8 | next();
    return number % bound;
  }

  <T> T pick(List<T> choices) {
    return choices.get(below(choices.size()));
  }

  /** So many bytes, or as many as there are. */
  byte[] take(int count) {
    int end = Math.min(bytes.length, at + count);
    byte[] taken = Arrays.copyOfRange(bytes, Math.min(at, end), end);
    at = end;
    return taken;
  }

  byte[] rest() {
    return take(bytes.length);
  }
}
