package dev.redistill.store;

/**
 * How many bytes of heap things take. The size of an object header depends on the JVM's options;
 * the launcher, which sets those, says it in {@code redistill.header} (8 with compact headers, else
 * 12).
 */
public final class Footprint {

  private static final int HEADER = Integer.getInteger("redistill.header", 12);
  private static final int ARRAY_HEADER = HEADER == 8 ? 12 : 16;

  /** What the table of a map takes for each key, about. */
  private static final long SLOT = 8;

  private static final long ENTRY = align(HEADER + 4 * 4 + 8 + 4 + 4);

  private Footprint() {}

  /** A byte array of the given length. */
  public static long bytes(int length) {
    return align(ARRAY_HEADER + (long) length);
  }

  /** An array of the given number of references. */
  public static long references(int length) {
    return align(ARRAY_HEADER + 4L * length);
  }

  /** An entry with its key and value. */
  public static long entry(Entry entry) {
    return entry(entry.key.length, entry.value());
  }

  /** An entry with a key of the given length and this value. */
  public static long entry(int keyLength, Object value) {
    return ENTRY + bytes(keyLength) + value(value);
  }

  /** A value alone; nothing for one that has left the store. */
  public static long value(Object value) {
    if (value instanceof byte[] plain) {
      return bytes(plain.length);
    }
    if (value instanceof HashValue hash) {
      return hash.footprint();
    }
    if (value instanceof SetValue set) {
      return set.footprint();
    }
    if (value instanceof Text text) {
      return align(HEADER + 2 * 4 + 1) + bytes(text.bytes.length);
    }
    return value instanceof Phantom phantom ? phantom.bytes() : 0;
  }

  /** A small hash with a block of the given length. */
  static long packedHash(int length) {
    return align(HEADER + 8) + bytes(length);
  }

  /** A large hash with a directory of the given length, without its segments. */
  static long fieldTable(int directory) {
    return align(HEADER + 6 * 4 + 2 * 8 + 1) + references(directory);
  }

  /** A set without its members. */
  static long set() {
    return align(HEADER + 4 + 1);
  }

  /** A segment of a large hash with the given room, without its records. */
  static long segment(int capacity) {
    return align(HEADER + 5 * 4 + 8) + (capacity == 0 ? 0 : 2 * references(capacity));
  }

  /** What a shard knows of its hashes with expiring fields, without the queue's arrays. */
  static long fieldExpiry() {
    return 2 * align(HEADER + 16);
  }

  /** The queue of a large hash for the given number of segments. */
  static long segmentQueue(int capacity) {
    return align(HEADER + 8) + references(capacity);
  }

  /** What it takes to remember for a key of the given length which clients have read it. */
  public static long readers(int keyLength, int clients) {
    long text = align(HEADER + 2 * 4 + 2) + bytes(keyLength);
    long node = align(HEADER + 4 * 4) + SLOT;
    return text + node + align(ARRAY_HEADER + 8L * clients);
  }

  private static long align(long size) {
    return size + 7 & ~7L;
  }
}
