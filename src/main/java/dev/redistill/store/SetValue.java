package dev.redistill.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * The value of a set: its members are the names of the fields of a {@link HashValue}, which have no
 * values and never expire. A set of integers is shown in their order.
 */
public final class SetValue {

  /** The set of a key that is not there. */
  public static final SetValue EMPTY = new SetValue(HashValue.EMPTY, true);

  private final HashValue members;
  private final boolean integers;

  SetValue(HashValue members, boolean integers) {
    this.members = members;
    this.integers = integers;
  }

  /** The members as fields, in any order. */
  public HashValue members() {
    return members;
  }

  /** Whether the set was never more than a few integers, which Redis keeps as an intset. */
  public boolean isIntegers() {
    return integers;
  }

  public int size() {
    return members.size();
  }

  /** Whether the field's name is a member. */
  public boolean contains(Field member) {
    return members.find(member, 0);
  }

  /** Shows every member as the name of a field; integers in ascending order. */
  public void forEach(Consumer<Field> consumer) {
    if (integers) {
      sorted().forEach(consumer);
    } else {
      members.forEach(consumer);
    }
  }

  /** Shows some members and answers where to go on, as {@link HashValue#scan} does. */
  public long scan(long cursor, long count, Consumer<Field> consumer) {
    if (integers) {
      forEach(consumer);
      return 0;
    }
    return members.scan(cursor, count, 0, consumer);
  }

  private List<Field> sorted() {
    List<Field> sorted = new ArrayList<>(size());
    members.forEach(field -> sorted.add(field.copy()));
    sorted.sort(SetValue::compareIntegers);
    return sorted;
  }

  /** Compares integers by their digits: none has a zero in front. */
  private static int compareIntegers(Field one, Field other) {
    boolean negative = one.nameBytes[one.nameOffset] == '-';
    if (negative != (other.nameBytes[other.nameOffset] == '-')) {
      return negative ? -1 : 1;
    }
    int order =
        one.nameLength == other.nameLength
            ? Arrays.compare(
                one.nameBytes,
                one.nameOffset,
                one.nameOffset + one.nameLength,
                other.nameBytes,
                other.nameOffset,
                other.nameOffset + other.nameLength)
            : Integer.compare(one.nameLength, other.nameLength);
    return negative ? -order : order;
  }

  /** A set that holds the same and does not change with this one. */
  public SetValue copy() {
    return new SetValue(members.copy(), integers);
  }

  /** Bytes of heap that the set takes. */
  long footprint() {
    return Footprint.set() + members.footprint();
  }
}
