package dev.redistill.snapshot;

import dev.redistill.store.Entry;
import dev.redistill.store.Field;
import dev.redistill.store.HashValue;
import dev.redistill.store.SavedEntry;
import dev.redistill.store.SetValue;
import dev.redistill.store.Text;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes an RDB file, part by part. Confined to one thread. */
final class RdbWriter {

  private final RdbOutput output;
  private final int version;

  /** Writes files of this version of the format. */
  RdbWriter(RdbOutput output, int version) {
    this.output = output;
    this.version = version;
  }

  /** Begins the file. */
  void begin() throws IOException {
    output.writeText(RdbFormat.MAGIC + "%04d".formatted(version));
  }

  /** Writes a fact about the file itself. */
  void aux(String name, String value) throws IOException {
    output.writeByte(RdbFormat.AUX);
    output.writeString(name);
    output.writeString(value);
  }

  /** Begins a database and says how many keys will come, and how many of them with an expiry. */
  void select(int database, long keys, long expiring) throws IOException {
    output.writeByte(RdbFormat.SELECT);
    output.writeLength(database);
    output.writeByte(RdbFormat.RESIZE);
    output.writeLength(keys);
    output.writeLength(expiring);
  }

  /** Says for how many seconds nobody has used the key that comes next. */
  void idle(int seconds) throws IOException {
    output.writeByte(RdbFormat.IDLE);
    output.writeLength(seconds);
  }

  /** Says how often the key that comes next is used. */
  void frequency(int count) throws IOException {
    output.writeByte(RdbFormat.FREQUENCY);
    output.writeByte(count);
  }

  /** Says when the key that comes next is gone. */
  void expiry(long at) throws IOException {
    if (at != Entry.NEVER) {
      output.writeByte(RdbFormat.EXPIRE_MILLIS);
      output.writeLong(at);
    }
  }

  void entry(SavedEntry entry) throws IOException {
    output.writeByte(type(entry.value()));
    output.writeString(entry.key(), 0, entry.key().length);
    value(entry.value());
  }

  /** The type that a value is written as. */
  int type(Object value) {
    if (value instanceof SetValue set) {
      return set.isIntegers() ? RdbFormat.SET_INTSET : RdbFormat.SET;
    }
    return value instanceof HashValue hash
        ? (keepsTimes(hash) ? RdbFormat.HASH_TIMES : RdbFormat.HASH)
        : RdbFormat.STRING;
  }

  private boolean keepsTimes(HashValue hash) {
    return hash.earliest() != Entry.NEVER && version >= RdbFormat.FIELD_EXPIRY_VERSION;
  }

  void value(Object value) throws IOException {
    if (value instanceof SetValue set) {
      set(set);
      return;
    }
    if (!(value instanceof HashValue hash)) {
      output.writeString(Text.bytes(value), 0, Text.length(value));
      return;
    }
    boolean times = keepsTimes(hash);
    if (times) {
      output.writeLong(hash.earliest());
    }
    output.writeLength(hash.size());
    try {
      hash.forEach(field -> field(field, times, hash.earliest()));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void set(SetValue set) throws IOException {
    if (set.isIntegers()) {
      byte[] block = IntegerSet.pack(set);
      output.writeString(block, 0, block.length);
      return;
    }
    output.writeLength(set.size());
    try {
      set.forEach(this::member);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void member(Field field) {
    try {
      output.writeString(field.nameBytes(), field.nameOffset(), field.nameLength());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void field(Field field, boolean times, long earliest) {
    try {
      if (times) {
        output.writeLength(field.expires() ? field.expireAt() - earliest + 1 : 0);
      }
      output.writeString(field.nameBytes(), field.nameOffset(), field.nameLength());
      output.writeString(field.valueBytes(), field.valueOffset(), field.valueLength());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the file, with its checksum or without one. */
  void end(boolean checked) throws IOException {
    output.writeByte(RdbFormat.END);
    output.writeLong(checked ? output.checksum() : 0);
    output.flush();
  }
}
