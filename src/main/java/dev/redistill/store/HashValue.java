package dev.redistill.store;

import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * The value of a hash: a small one is one block of bytes that never changes, a large one a table of
 * fields that is read and written under the lock of its shard.
 *
 * <p>A field is there to the end of the millisecond of its expiry, as a key is.
 */
public sealed interface HashValue permits PackedHash, FieldTable {

  /** The hash of a key that is not there. */
  HashValue EMPTY = PackedHash.NONE;

  /** The number of fields, due ones that nobody has removed included. */
  int size();

  /** Whether the fields are kept compactly. */
  boolean isPacked();

  /** Looks for the field of a name; if it is there and not due, fills in its value and expiry. */
  boolean find(Field field, long now);

  /** Shows every field in one reused object; due ones are to be removed before. */
  void forEach(Consumer<Field> consumer);

  /**
   * Shows some fields that are not due and answers where to go on, 0 at the end. A field that is
   * there from the first call with cursor 0 to the last is shown at least once.
   */
  long scan(long cursor, long count, long now, Consumer<Field> consumer);

  /** Picks fields by chance, each as likely as any other; there has to be one. */
  Picker picker(RandomGenerator chance);

  /** A time before which no field is due, or {@link Entry#NEVER} if none expires. */
  long earliest();

  /** A hash that holds the same and does not change with this one. */
  HashValue copy();

  /** Bytes of heap that the hash takes. */
  long footprint();

  /** Picks fields of one hash by chance while it does not change. */
  @FunctionalInterface
  interface Picker {

    /** Fills in a field; answers its identity, which no other field of the hash has. */
    long pick(Field field);
  }
}
