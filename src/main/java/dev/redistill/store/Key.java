package dev.redistill.store;

import java.util.Arrays;

/** The bytes of a key as a value that can stand in a map. */
record Key(byte[] bytes) implements Comparable<Key> {

  @Override
  public boolean equals(Object other) {
    return other instanceof Key key && Arrays.equals(bytes, key.bytes);
  }

  @Override
  public int hashCode() {
    return KeyHash.hash(bytes, 0, bytes.length);
  }

  @Override
  public int compareTo(Key other) {
    return Arrays.compare(bytes, other.bytes);
  }
}
