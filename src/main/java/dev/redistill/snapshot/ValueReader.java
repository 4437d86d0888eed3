package dev.redistill.snapshot;

import dev.redistill.store.Entry;
import dev.redistill.store.Field;
import dev.redistill.store.HashBuilder;
import dev.redistill.store.HashValue;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values of keys: strings, hashes and sets in all their encodings. Confined to one
 * thread.
 */
final class ValueReader {

  private final RdbInput input;
  private final HashLimits limits;
  private final SetReader sets;
  private final long now;

  /** Prepares to read; fields of hashes that are due at the given time are left out. */
  ValueReader(RdbInput input, ValueLimits limits, long now) {
    this.input = input;
    this.limits = limits.hashes();
    this.sets = new SetReader(input, limits.sets());
    this.now = now;
  }

  /** Whether a value of this type can be read. */
  static boolean knows(int type) {
    return switch (type) {
      case RdbFormat.STRING,
          RdbFormat.HASH,
          RdbFormat.HASH_ZIPMAP,
          RdbFormat.HASH_ZIPLIST,
          RdbFormat.HASH_LISTPACK,
          RdbFormat.HASH_TIMES_EARLY,
          RdbFormat.HASH_LISTPACK_TIMES_EARLY,
          RdbFormat.HASH_TIMES,
          RdbFormat.HASH_LISTPACK_TIMES ->
          true;
      default -> SetReader.knows(type);
    };
  }

  /**
   * Reads a value.
   *
   * @param type its type, one that this reader knows
   * @param valkey whether the type has the meaning that it has in Valkey 9
   * @return a string, a hash or a set, or null for a hash without fields that are not due and a set
   *     without members
   */
  @Nullable Object read(int type, boolean valkey) throws IOException {
    if (type == RdbFormat.STRING) {
      return input.readString();
    }
    if (SetReader.knows(type)) {
      return sets.read(type);
    }
    HashValue hash =
        switch (type) {
          case RdbFormat.HASH -> readPairs();
          case RdbFormat.HASH_ZIPMAP -> build(PackedElements.ofZipmap(block()), 2);
          case RdbFormat.HASH_ZIPLIST -> build(PackedElements.ofZiplist(block()), 2);
          case RdbFormat.HASH_LISTPACK -> build(PackedElements.ofListpack(block()), 2);
          case RdbFormat.HASH_TIMES_EARLY -> valkey ? readValkeyTimes() : readTimes(0);
          case RdbFormat.HASH_LISTPACK_TIMES_EARLY -> build(listpack(false), 3);
          case RdbFormat.HASH_TIMES -> readTimes(input.readLong());
          case RdbFormat.HASH_LISTPACK_TIMES -> build(listpack(true), 3);
          default -> throw input.damaged("a value of the unknown type " + type);
        };
    return hash.size() == 0 ? null : hash;
  }

  private byte[] block() throws IOException {
    return input.readString();
  }

  private List<byte[]> listpack(boolean earliestInFront) throws IOException {
    if (earliestInFront) {
      long unused = input.readLong();
    }
    return PackedElements.ofListpack(block());
  }

  private HashValue readPairs() throws IOException {
    long count = input.readCount(2);
    HashBuilder builder = builder(count);
    for (long i = 0; i < count; i++) {
      put(builder, input.readString(), input.readString(), 0);
    }
    return builder.finish();
  }

  /**
   * Reads fields behind their times: the milliseconds after the earliest and one more, or 0. Early
   * files hold the time itself.
   */
  private HashValue readTimes(long earliest) throws IOException {
    long count = input.readCount(3);
    HashBuilder builder = builder(count);
    for (long i = 0; i < count; i++) {
      long time = input.readUnsigned();
      boolean relative = time != 0 && earliest != 0;
      put(builder, input.readString(), input.readString(), relative ? time + earliest - 1 : time);
    }
    return builder.finish();
  }

  /** Reads fields with their time, or -1, behind each of them. */
  private HashValue readValkeyTimes() throws IOException {
    long count = input.readCount(2 + Long.BYTES);
    HashBuilder builder = builder(count);
    for (long i = 0; i < count; i++) {
      byte[] name = input.readString();
      byte[] value = input.readString();
      long time = input.readLong();
      put(builder, name, value, time == -1 ? 0 : time);
    }
    return builder.finish();
  }

  /** A hash of elements: name, value, and if there are three of a kind the time or 0. */
  private HashValue build(List<byte[]> elements, int each) throws RdbException {
    if (elements.size() % each != 0) {
      throw input.damaged("a hash has a field without a value");
    }
    HashBuilder builder = builder(elements.size() / each);
    for (int i = 0; i < elements.size(); i += each) {
      long time = each == 3 ? time(elements.get(i + 2)) : 0;
      put(builder, elements.get(i), elements.get(i + 1), time);
    }
    return builder.finish();
  }

  private long time(byte[] digits) throws RdbException {
    if (!IntegerText.isLong(digits, 0, digits.length)) {
      throw input.damaged("a field has no number for its expiry");
    }
    return IntegerText.parse(digits, 0, digits.length);
  }

  private HashBuilder builder(long count) {
    return new HashBuilder(limits.fields(), limits.length(), count);
  }

  /** Puts a field with its time, or 0 for none, unless it is due. */
  private void put(HashBuilder builder, byte[] name, byte[] value, long time) throws RdbException {
    if (time < 0) {
      throw input.damaged("a field has a negative expiry");
    }
    if (time != 0 && time < now) {
      return;
    }
    Field field = new Field().name(name, 0, name.length).value(value);
    if (!builder.put(field.expireAt(time == 0 ? Entry.NEVER : time))) {
      throw input.damaged("a hash has the same field twice");
    }
  }
}
