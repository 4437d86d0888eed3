package dev.redistill.store;

import java.util.Arrays;

/**
 * The fields of a large hash whose hashes begin with the same bits, in the order of their hashes.
 * Guarded by the lock of the hash's shard.
 */
final class FieldSegment {

  /** A segment with so many fields is divided. */
  static final int MOST = 128;

  private static final int FIRST_CAPACITY = 8;
  private static final int[] NO_HASHES = new int[0];
  private static final byte[][] NO_RECORDS = new byte[0][];

  int[] hashes = NO_HASHES;
  byte[][] records = NO_RECORDS;
  int size;

  /** How many first bits of their hashes the fields have in common. */
  int depth;

  /** A time before which no field is due. */
  long earliest = Entry.NEVER;

  /** The place of this segment in the queue of its hash, or -1. */
  int place = -1;

  FieldSegment(int depth) {
    this.depth = depth;
  }

  /** Where the first field stands whose hash is not below the given one. */
  int seek(int hash) {
    int wanted = hash ^ Integer.MIN_VALUE;
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if ((hashes[middle] ^ Integer.MIN_VALUE) < wanted) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Where the field of a name and its hash stands, or -1. */
  int find(Field field, int hash) {
    for (int at = seek(hash); at < size && hashes[at] == hash; at++) {
      if (FieldRecord.isNamed(records[at], field)) {
        return at;
      }
    }
    return -1;
  }

  void insert(int hash, byte[] record) {
    if (size == hashes.length) {
      int capacity = capacity(size + 1);
      hashes = Arrays.copyOf(hashes, capacity);
      records = Arrays.copyOf(records, capacity);
    }
    int at = seek(hash);
    System.arraycopy(hashes, at, hashes, at + 1, size - at);
    System.arraycopy(records, at, records, at + 1, size - at);
    hashes[at] = hash;
    records[at] = record;
    size++;
  }

  void remove(int at) {
    size--;
    System.arraycopy(hashes, at + 1, hashes, at, size - at);
    System.arraycopy(records, at + 1, records, at, size - at);
    releaseFrom(size, size + 1);
  }

  /** Removes the fields that are due; answers the bytes of their records. */
  long removeDue(long now) {
    long bytes = 0;
    int before = size;
    int kept = 0;
    for (int i = 0; i < before; i++) {
      byte[] record = records[i];
      if (FieldRecord.time(record) < now) {
        bytes += Footprint.bytes(record.length);
      } else {
        hashes[kept] = hashes[i];
        records[kept++] = record;
      }
    }
    size = kept;
    releaseFrom(kept, before);
    return bytes;
  }

  /** Looks at all fields for the earliest time. */
  void refreshEarliest() {
    earliest = Entry.NEVER;
    for (int i = 0; i < size; i++) {
      earliest = Math.min(earliest, FieldRecord.time(records[i]));
    }
  }

  /** Moves the fields from a place on to another segment, which is empty. */
  void moveTo(FieldSegment other, int from) {
    other.take(this, from);
    int end = size;
    size = from;
    releaseFrom(from, end);
  }

  /** Adds the fields of the segment that follows in the order of hashes. */
  void append(FieldSegment following) {
    take(following, 0);
  }

  private void take(FieldSegment source, int from) {
    int count = source.size - from;
    if (size + count > hashes.length) {
      int capacity = capacity(size + count);
      hashes = Arrays.copyOf(hashes, capacity);
      records = Arrays.copyOf(records, capacity);
    }
    System.arraycopy(source.hashes, from, hashes, size, count);
    System.arraycopy(source.records, from, records, size, count);
    size += count;
  }

  /** A segment with the same fields. */
  FieldSegment copy() {
    FieldSegment copy = new FieldSegment(depth);
    copy.take(this, 0);
    copy.earliest = earliest;
    return copy;
  }

  long footprint() {
    return Footprint.segment(hashes.length);
  }

  private static int capacity(int needed) {
    return Math.max(FIRST_CAPACITY, needed + (needed >> 2));
  }

  /** Lets go of records that have left, and of room that is hardly used. */
  private void releaseFrom(int from, int to) {
    if (size < hashes.length >> 2) {
      int capacity = capacity(size);
      hashes = Arrays.copyOf(hashes, capacity);
      records = Arrays.copyOf(records, capacity);
    } else {
      Arrays.fill(records, from, to, null);
    }
  }
}
