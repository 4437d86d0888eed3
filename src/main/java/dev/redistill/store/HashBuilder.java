package dev.redistill.store;

import org.jspecify.annotations.Nullable;

/** A hash that is put together before anybody sees it. Confined to one thread. */
public final class HashBuilder {

  private static final int LARGEST_BLOCK = 1 << 30;

  private final long mostFields;
  private final long longest;
  private final PackedDraft draft = new PackedDraft(PackedHash.NONE);
  private @Nullable FieldTable table;

  /**
   * Begins a hash without fields.
   *
   * @param mostFields how many fields it may have and yet be kept compactly
   * @param longest how long a name or value may be in it then
   * @param expected how many fields will come, or 0
   */
  public HashBuilder(long mostFields, long longest, long expected) {
    this.mostFields = mostFields;
    this.longest = longest;
    if (expected > mostFields) {
      table = new FieldTable();
    }
  }

  /** Sets a field; answers whether it is new. */
  public boolean put(Field field) {
    if (table == null && (field.nameLength > longest || field.valueLength > longest)) {
      unpack();
    }
    if (table != null) {
      return table.put(field, Long.MIN_VALUE);
    }
    boolean fresh = draft.put(field, draft.seek(field));
    if (draft.count() > mostFields || draft.length() > LARGEST_BLOCK) {
      unpack();
    }
    return fresh;
  }

  private void unpack() {
    FieldTable fresh = new FieldTable();
    draft.finish().forEach(field -> fresh.put(field, Long.MIN_VALUE));
    table = fresh;
  }

  /** The hash. */
  public HashValue finish() {
    return table == null ? draft.finish() : table;
  }
}
