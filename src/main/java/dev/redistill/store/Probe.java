package dev.redistill.store;

import dev.redistill.util.Bytes;
import java.util.Arrays;

/**
 * A key to look for: a slice of somebody else's bytes with its hash. It is reused from lookup to
 * lookup, so nothing is allocated to read. Confined to one connection.
 */
public final class Probe {

  private static final int LONGEST_PREFIX = 64;
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

  /**
   * Makes this probe what stands before the first delimiter in a key; nothing if there is none
   * among the first {@value #LONGEST_PREFIX} bytes.
   */
  public Probe setPrefix(Probe key, byte[] delimiter) {
    int last = Math.min(key.length - delimiter.length, LONGEST_PREFIX);
    for (int i = 0; i <= last; i++) {
      if (Bytes.equal(key.bytes, key.offset + i, delimiter, 0, delimiter.length)) {
        return set(key.bytes, key.offset, i);
      }
    }
    return set(NOTHING);
  }

  /** Lets go of the bytes. */
  public void forget() {
    set(NOTHING, 0, 0);
  }

  public int hash() {
    return hash;
  }

  public int length() {
    return length;
  }

  /** Whether this probe looks for this key. */
  public boolean isNamed(byte[] key) {
    return length == key.length && Bytes.equal(key, 0, bytes, offset, length);
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
