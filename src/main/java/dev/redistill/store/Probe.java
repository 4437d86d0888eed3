package dev.redistill.store;

import java.util.Arrays;

/**
 * A key to look for: a slice of somebody else's bytes with its hash. It is reused from lookup to
 * lookup, so nothing is allocated to read. Confined to one connection.
 */
public final class Probe {

  private static final byte[] NOTHING = new byte[0];

  byte[] bytes = NOTHING;
  int offset;
  int length;
  int hash;

  /** Points this probe at a slice and hashes it. */
  public Probe set(byte[] source, int from, int count) {
    bytes = source;
    offset = from;
    length = count;
    hash = KeyHash.hash(source, from, count);
    return this;
  }

  /** Points this probe at a whole array. */
  public Probe set(byte[] source) {
    return set(source, 0, source.length);
  }

  /** Makes this probe one for a nameless entry of a miniature, which only its hash tells apart. */
  public Probe set(int wanted) {
    bytes = NOTHING;
    offset = 0;
    length = 0;
    hash = wanted;
    return this;
  }

  /** Points this probe at the key of an entry. */
  public Probe set(Entry entry) {
    bytes = entry.key;
    offset = 0;
    length = entry.key.length;
    hash = entry.hash;
    return this;
  }

  /** Lets go of the bytes. */
  public void forget() {
    set(NOTHING, 0, 0);
  }

  public int hash() {
    return hash;
  }

  /** A copy of the key's bytes. */
  public byte[] copy() {
    return length == 0 ? NOTHING : Arrays.copyOfRange(bytes, offset, offset + length);
  }

  /** Whether both probes name the same key. */
  public boolean same(Probe other) {
    return hash == other.hash
        && Arrays.equals(
            bytes, offset, offset + length, other.bytes, other.offset, other.offset + other.length);
  }
}
