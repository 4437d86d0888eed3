package dev.redistill.store;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A change of one hash, made of changes of its fields, which the others see when it is committed. A
 * small hash is replaced as a whole, unless a value takes the place of one as long; a large one is
 * changed in place. Reused; confined to one command, which holds the lock of the key.
 */
public final class HashEdit {

  private static final int LARGEST_BLOCK = 1 << 30;

  private Database database;
  private Probe probe;
  private @Nullable Entry entry;
  private long now;
  private long earliest;
  private long footprint;
  private final PackedDraft draft = new PackedDraft(PackedHash.NONE);
  private @Nullable FieldTable table;
  private long mostFields = Long.MAX_VALUE;
  private long longest = Long.MAX_VALUE;
  private boolean changed;
  private boolean alone;
  private boolean overwritten;

  /** Begins to change the hash of a key, of which the caller has looked up the live entry. */
  public HashEdit(Database database, Probe probe, @Nullable Entry entry, long now) {
    this.database = database;
    this.probe = probe;
    begin(database, probe, entry, now);
  }

  /** Forgets the last change and begins another one. */
  public void begin(Database newDatabase, Probe newProbe, @Nullable Entry newEntry, long millis) {
    database = newDatabase;
    probe = newProbe;
    entry = newEntry;
    now = millis;
    changed = false;
    alone = false;
    overwritten = false;
    HashValue hash = newEntry == null ? HashValue.EMPTY : fields(newEntry.value());
    earliest = hash.earliest();
    if (hash instanceof PackedHash packed) {
      table = null;
      draft.begin(packed);
    } else {
      table = (FieldTable) hash;
      draft.begin(PackedHash.NONE);
    }
  }

  /** Keeps no hold of a value. */
  public void forget() {
    entry = null;
    table = null;
    draft.begin(PackedHash.NONE);
  }

  /** The fields of a hash or, with its members as their names, of a set. */
  private static HashValue fields(Object value) {
    return value instanceof SetValue set ? set.members() : (HashValue) value;
  }

  /** Says how large a hash may become and yet be kept compactly. */
  public HashEdit limit(long fields, long length) {
    mostFields = fields;
    longest = length;
    return this;
  }

  /** How many bytes a name or a value of this length takes in a small hash. */
  public static int packedSize(int length) {
    return Packing.size(length) + length;
  }

  /** Says how many bytes of names and values are about to come, at most. */
  public HashEdit expect(int bytes) {
    draft.expect(bytes);
    return this;
  }

  /** Says that the next field to be put is all that changes. */
  public HashEdit alone() {
    alone = true;
    return this;
  }

  /** The number of fields. */
  int size() {
    return table == null ? draft.count() : table.size();
  }

  /** Looks for the field of a name; if it is there, fills in its value and expiry. */
  public boolean find(Field field) {
    return table == null ? draft.find(field, now) : table.find(field, now);
  }

  /** Sets a field to a value and expiry; answers whether it is new. */
  public boolean put(Field field) {
    if (table == null && field.nameLength <= longest && field.valueLength <= longest) {
      int at = draft.seek(field);
      if (alone && draft.isAsLong(at, field) && overwrite(at, field)) {
        return false;
      }
      changed = true;
      boolean fresh = draft.put(field, at);
      if (draft.count() > mostFields || draft.length() > LARGEST_BLOCK) {
        table = unpack();
      }
      return fresh;
    }
    prepare();
    if (table == null) {
      table = unpack();
    }
    return table.put(field, now);
  }

  private boolean overwrite(int at, Field field) {
    Entry target = entry;
    overwritten =
        target != null
            && !field.expires()
            && target.value() instanceof PackedHash hash
            && database.shard(probe.hash).overwrite(target, hash, at, field);
    return overwritten;
  }

  /** Sets when a field is gone, which has just been found. */
  public void expire(Field field, long time) {
    prepare();
    if (table == null) {
      draft.expire(field, time);
    } else {
      table.put(field.expireAt(time), now);
    }
  }

  /** Removes a field; answers whether it was there. */
  public boolean remove(Field field) {
    if (table == null) {
      boolean removed = draft.remove(field);
      changed |= removed;
      return removed;
    }
    if (!table.find(field, now)) {
      return false;
    }
    prepare();
    return table.remove(field, now);
  }

  /** Makes a large hash ours to change, before the first change. */
  private void prepare() {
    if (!changed && table != null && entry != null) {
      table = (FieldTable) fields(database.shard(probe.hash).own(entry));
      footprint = table.footprint();
    }
    changed = true;
  }

  private FieldTable unpack() {
    FieldTable fresh = new FieldTable();
    draft.finish().forEach(field -> fresh.put(field, now));
    return fresh;
  }

  /** Makes the change seen. A hash without fields is gone. Answers whether it is still there. */
  public boolean commit() {
    return commit(hash -> hash);
  }

  /** Makes the change seen in the value that the fields are kept in. */
  boolean commit(Function<HashValue, Object> kept) {
    Entry target = entry;
    if (overwritten && target != null) {
      database.shard(probe.hash).touched(target);
    }
    if (!changed) {
      return target != null;
    }
    HashValue hash = table == null ? draft.finish() : table;
    Shard shard = database.shard(probe.hash);
    Object value = kept.apply(hash);
    if (entry != null && hash == fields(entry.value())) {
      shard.grown(hash.footprint() - footprint);
    }
    if (hash.size() == 0) {
      if (entry != null) {
        shard.remove(entry);
      }
      return false;
    }
    if (target == null) {
      target = shard.insert(probe.hash, probe.copy(), value, Entry.NEVER);
    } else if (value.equals(target.value())) {
      shard.touched(target);
    } else {
      shard.replace(target, value, Entry.PLAIN);
    }
    shard.followFields(target, hash, earliest);
    return true;
  }
}
