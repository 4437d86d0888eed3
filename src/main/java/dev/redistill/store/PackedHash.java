package dev.redistill.store;

import dev.redistill.util.Bytes;
import dev.redistill.util.FieldHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * A small hash: one block of bytes with its fields in the order in which they came. A change makes
 * another one, which takes its place; so it is read without a lock, as a string is. Only a value
 * may be overwritten by one of the same length, where it stands: whoever has read without the lock
 * looks at the version of the shard again before it believes what it has read.
 */
public final class PackedHash implements HashValue {

  /* A field is: length of the name, name, length of the value, value. If any field of the hash
  expires, the block begins with the earliest of their times, and each field ends with its own. */

  static final PackedHash NONE = new PackedHash(new byte[0], 0, false);

  private static final int TIMED = 1;
  private static final int LENT = 2;
  private static final int COUNT = 2;
  private static final VarHandle FORM = FieldHandle.of(MethodHandles.lookup(), "form", int.class);

  final byte[] block;

  /** The number of fields above two flags: the object is a word smaller so. */
  private int form;

  PackedHash(byte[] block, int count, boolean timed) {
    this.block = block;
    this.form = count << COUNT | (timed ? TIMED : 0);
  }

  boolean isTimed() {
    return (form & TIMED) != 0;
  }

  /** Whether somebody reads it without the lock, so that it must not change in place. */
  boolean isLent() {
    return ((int) FORM.getAcquire(this) & LENT) != 0;
  }

  void lend(boolean yes) {
    FORM.setRelease(this, yes ? form | LENT : form & ~LENT);
  }

  /** Sets the value that stands at a place to another one of its length. */
  void overwrite(int at, Field field) {
    int length = field.valueLength;
    System.arraycopy(field.valueBytes, field.valueOffset, block, at + Packing.size(length), length);
  }

  /** Where the fields begin. */
  static int start(boolean timed) {
    return timed ? Packing.TIME : 0;
  }

  @Override
  public int size() {
    return form >>> COUNT;
  }

  @Override
  public boolean isPacked() {
    return true;
  }

  @Override
  public long earliest() {
    return isTimed() ? Packing.time(block, 0) : Entry.NEVER;
  }

  @Override
  public boolean find(Field field, long now) {
    boolean timed = isTimed();
    int at = seek(block, block.length, timed, field);
    if (at < 0) {
      return false;
    }
    int unused = readValue(block, at, timed, field);
    return field.expireAt >= now;
  }

  /** Where the field of a name stands behind its name, or -1. */
  static int seek(byte[] block, int end, boolean timed, Field field) {
    byte[] name = field.nameBytes;
    int offset = field.nameOffset;
    int wanted = field.nameLength;
    int behind = timed ? Packing.TIME : 0;
    int at = behind;
    while (at < end) {
      int length = Packing.length(block, at);
      at += Packing.size(length);
      int next = at + length;
      if (length == wanted && Bytes.equal(block, at, name, offset, wanted)) {
        return next;
      }
      int valueLength = Packing.length(block, next);
      at = next + Packing.size(valueLength) + valueLength + behind;
    }
    return -1;
  }

  /** Reads what stands behind a name; answers where the next field begins. */
  static int readValue(byte[] block, int at, boolean timed, Field field) {
    int length = Packing.length(block, at);
    int from = at + Packing.size(length);
    field.value(block, from, length);
    int end = from + length;
    field.expireAt = timed ? Packing.time(block, end) : Entry.NEVER;
    return timed ? end + Packing.TIME : end;
  }

  /** Reads the field that begins at a place; answers where the next one begins. */
  static int read(byte[] block, int at, boolean timed, Field field) {
    int length = Packing.length(block, at);
    int from = at + Packing.size(length);
    field.name(block, from, length);
    return readValue(block, from + length, timed, field);
  }

  @Override
  public void forEach(Consumer<Field> consumer) {
    boolean timed = isTimed();
    Field field = new Field();
    int at = start(timed);
    while (at < block.length) {
      at = read(block, at, timed, field);
      consumer.accept(field);
    }
  }

  /** A small hash is shown at once, as in Redis. */
  @Override
  public long scan(long cursor, long count, long now, Consumer<Field> consumer) {
    forEach(consumer);
    return 0;
  }

  @Override
  public Picker picker(RandomGenerator chance) {
    boolean timed = isTimed();
    int[] places = new int[size()];
    Field each = new Field();
    int at = start(timed);
    for (int i = 0; i < places.length; i++) {
      places[i] = at;
      at = read(block, at, timed, each);
    }
    return field -> {
      int picked = chance.nextInt(places.length);
      int unused = read(block, places[picked], timed, field);
      return picked;
    };
  }

  @Override
  public HashValue copy() {
    return new PackedHash(block.clone(), size(), isTimed());
  }

  @Override
  public long footprint() {
    return Footprint.packedHash(block.length);
  }
}
