package dev.redistill.store;

/**
 * A field of a large hash as one array of bytes that never changes: the length of its name doubled,
 * plus one if it expires; the time if it does; the name; the value.
 */
final class FieldRecord {

  private FieldRecord() {}

  static byte[] of(Field field) {
    int expires = field.expires() ? 1 : 0;
    int doubled = field.nameLength << 1 | expires;
    int head = Packing.size(doubled) + expires * Packing.TIME;
    byte[] record = new byte[head + field.nameLength + field.valueLength];
    int at = Packing.putLength(record, 0, doubled);
    if (expires == 1) {
      Packing.putTime(record, at, field.expireAt);
    }
    System.arraycopy(field.nameBytes, field.nameOffset, record, head, field.nameLength);
    int value = head + field.nameLength;
    System.arraycopy(field.valueBytes, field.valueOffset, record, value, field.valueLength);
    return record;
  }

  static boolean isNamed(byte[] record, Field field) {
    int doubled = Packing.length(record, 0);
    return field.isNamed(record, head(doubled), doubled >>> 1);
  }

  private static int head(int doubled) {
    return Packing.size(doubled) + (doubled & 1) * Packing.TIME;
  }

  /** When the field is gone, or {@link Entry#NEVER}. */
  static long time(byte[] record) {
    int doubled = Packing.length(record, 0);
    return (doubled & 1) == 0 ? Entry.NEVER : Packing.time(record, Packing.size(doubled));
  }

  /** Points a field to the name, value and time of a record. */
  static void read(byte[] record, Field field) {
    int doubled = Packing.length(record, 0);
    int head = head(doubled);
    int length = doubled >>> 1;
    field.name(record, head, length).expireAt(time(record));
    field.value(record, head + length, record.length - head - length);
  }
}
