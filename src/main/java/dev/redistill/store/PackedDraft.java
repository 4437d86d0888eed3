package dev.redistill.store;

import java.util.Arrays;

/**
 * A small hash that is being changed: the block of a {@link PackedHash} with room behind it, which
 * is a copy from the first change on. Confined to the command that makes the change.
 */
final class PackedDraft {

  private byte[] bytes;
  private int length;
  private int count;
  private boolean timed;
  private boolean own;
  private int spare;

  PackedDraft(PackedHash hash) {
    begin(hash);
  }

  /** Forgets the last change and begins one of this hash. */
  void begin(PackedHash hash) {
    bytes = hash.block;
    own = false;
    spare = 0;
    length = bytes.length;
    count = hash.size();
    timed = hash.isTimed();
  }

  /** Says how many bytes of names and values are about to come, so that room is made once. */
  void expect(int size) {
    spare = size;
  }

  int count() {
    return count;
  }

  int length() {
    return length;
  }

  boolean find(Field field, long now) {
    int at = seek(field);
    if (at < 0) {
      return false;
    }
    int unused = PackedHash.readValue(bytes, at, timed, field);
    return field.expireAt >= now;
  }

  /** Where the field of a name stands behind its name, or -1. */
  int seek(Field field) {
    return PackedHash.seek(bytes, length, timed, field);
  }

  /** Whether the value that stands at a place is as long as the field's, which does not expire. */
  boolean isAsLong(int at, Field field) {
    return at >= 0 && !timed && Packing.length(bytes, at) == field.valueLength;
  }

  /**
   * Sets a field, whose slices do not lie in this draft; answers whether it is new.
   *
   * @param place where {@link #seek} has found it
   */
  boolean put(Field field, int place) {
    int at = place;
    if (field.expires() && !timed) {
      addTimes();
      at = seek(field);
    }
    boolean fresh = at < 0;
    if (fresh) {
      at = length;
      int size = Packing.size(field.nameLength) + field.nameLength;
      resize(at, 0, size + valueSize(field.valueLength));
      at = Packing.putLength(bytes, at, field.nameLength);
      System.arraycopy(field.nameBytes, field.nameOffset, bytes, at, field.nameLength);
      at += field.nameLength;
      count++;
    } else {
      resize(at, valueSize(Packing.length(bytes, at)), valueSize(field.valueLength));
    }
    at = Packing.putLength(bytes, at, field.valueLength);
    System.arraycopy(field.valueBytes, field.valueOffset, bytes, at, field.valueLength);
    if (timed) {
      Packing.putTime(bytes, at + field.valueLength, field.expireAt);
    }
    return fresh;
  }

  /** Sets when a field is gone, which has to be there. */
  void expire(Field field, long time) {
    if (!timed) {
      addTimes();
    }
    resize(length, 0, 0);
    int at = seek(field);
    Packing.putTime(bytes, at + valueSize(Packing.length(bytes, at)) - Packing.TIME, time);
  }

  /** Removes a field; answers whether it was there. */
  boolean remove(Field field) {
    int at = seek(field);
    if (at < 0) {
      return false;
    }
    int end = at + valueSize(Packing.length(bytes, at));
    int from = at - field.nameLength - Packing.size(field.nameLength);
    resize(from, end - from, 0);
    count--;
    return true;
  }

  /** Removes the fields that are due. */
  void removeDue(long now) {
    Field field = new Field();
    int at = PackedHash.start(timed);
    while (at < length) {
      int next = PackedHash.read(bytes, at, timed, field);
      if (field.expireAt >= now) {
        at = next;
      } else {
        resize(at, next - at, 0);
        count--;
      }
    }
  }

  /** The changed hash. */
  PackedHash finish() {
    if (timed) {
      long earliest = earliest();
      if (earliest == Entry.NEVER) {
        return new PackedHash(withTimes(false), count, false);
      }
      Packing.putTime(bytes, 0, earliest);
    }
    byte[] block = length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    return new PackedHash(block, count, timed);
  }

  private long earliest() {
    long earliest = Entry.NEVER;
    Field field = new Field();
    int at = PackedHash.start(true);
    while (at < length) {
      at = PackedHash.read(bytes, at, true, field);
      earliest = Math.min(earliest, field.expireAt);
    }
    return earliest;
  }

  private int valueSize(int valueLength) {
    return Packing.size(valueLength) + valueLength + (timed ? Packing.TIME : 0);
  }

  private void addTimes() {
    bytes = withTimes(true);
    length = bytes.length;
    timed = true;
    own = true;
  }

  /** The block with a time for each field, none of which is set, or without their times. */
  private byte[] withTimes(boolean wanted) {
    int times = PackedHash.start(true) * (count + 1);
    byte[] target = new byte[length + (wanted ? times : -times)];
    Field field = new Field();
    int at = PackedHash.start(timed);
    int to = PackedHash.start(wanted);
    while (at < length) {
      int next = PackedHash.read(bytes, at, timed, field);
      int size = field.valueOffset + field.valueLength - at;
      System.arraycopy(bytes, at, target, to, size);
      to += size;
      if (wanted) {
        Packing.putTime(target, to, Entry.NEVER);
        to += Packing.TIME;
      }
      at = next;
    }
    return target;
  }

  /** Makes {@code added} bytes of {@code taken} ones at a place of a block of our own. */
  private void resize(int at, int taken, int added) {
    int size = length - taken + added;
    byte[] source = bytes;
    if (!own || size > bytes.length) {
      int roomy = own ? size + (size >> 1) : spare == 0 ? size : length + spare;
      bytes = Arrays.copyOf(source, Math.max(size, roomy));
      own = true;
    }
    if (taken != added) {
      int tail = at + taken;
      System.arraycopy(source, tail, bytes, at + added, length - tail);
    }
    length = size;
  }
}
