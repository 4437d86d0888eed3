package dev.redistill.store;

import dev.redistill.util.Bytes;

/**
 * A field of a hash as slices of somebody else's bytes: the name to look for, and what was found
 * under it. Reused from field to field; confined to one connection.
 */
public final class Field {

  private static final byte[] NOTHING = new byte[0];

  byte[] nameBytes = NOTHING;
  int nameOffset;
  int nameLength;
  byte[] valueBytes = NOTHING;
  int valueOffset;
  int valueLength;
  long expireAt = Entry.NEVER;

  /** Points to a name. */
  public Field name(byte[] source, int offset, int length) {
    nameBytes = source;
    nameOffset = offset;
    nameLength = length;
    return this;
  }

  /** Points to a value. */
  public Field value(byte[] source, int offset, int length) {
    valueBytes = source;
    valueOffset = offset;
    valueLength = length;
    return this;
  }

  /** Points to a value that fills an array. */
  public Field value(byte[] source) {
    return value(source, 0, source.length);
  }

  /** Says when the field is gone, in Unix milliseconds, or {@link Entry#NEVER}. */
  public Field expireAt(long millis) {
    expireAt = millis;
    return this;
  }

  /** A field that points to the same bytes. */
  public Field copy() {
    return new Field()
        .name(nameBytes, nameOffset, nameLength)
        .value(valueBytes, valueOffset, valueLength)
        .expireAt(expireAt);
  }

  public byte[] nameBytes() {
    return nameBytes;
  }

  public int nameOffset() {
    return nameOffset;
  }

  public int nameLength() {
    return nameLength;
  }

  public byte[] valueBytes() {
    return valueBytes;
  }

  public int valueOffset() {
    return valueOffset;
  }

  public int valueLength() {
    return valueLength;
  }

  /** The last millisecond of the field as a Unix time, or {@link Entry#NEVER}. */
  public long expireAt() {
    return expireAt;
  }

  public boolean expires() {
    return expireAt != Entry.NEVER;
  }

  boolean isNamed(byte[] bytes, int offset, int length) {
    return length == nameLength && Bytes.equal(bytes, offset, nameBytes, nameOffset, length);
  }
}
