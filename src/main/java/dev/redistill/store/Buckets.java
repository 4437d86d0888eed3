package dev.redistill.store;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The table of a shard: as many buckets as a power of two, each a chain of entries. Heads of chains
 * are published with release writes; only the lock's holder changes anything.
 */
final class Buckets {

  private static final VarHandle HEAD = MethodHandles.arrayElementVarHandle(Entry[].class);

  private Buckets() {}

  /** The first entry of a bucket; read without the lock, too. */
  static @Nullable Entry head(Entry[] slots, int slot) {
    return (Entry) HEAD.getAcquire(slots, slot);
  }

  /** Makes an entry the first one of a bucket. */
  static void head(Entry[] slots, int slot, @Nullable Entry entry) {
    HEAD.setRelease(slots, slot, entry);
  }

  /** Whether the table holds this very entry. */
  static boolean hold(Entry[] slots, Entry wanted) {
    Entry entry = slots[wanted.hash & slots.length - 1];
    while (entry != null && entry != wanted) {
      entry = entry.next;
    }
    return entry != null;
  }

  /** Shows all entries. */
  static void forEach(Entry[] slots, Consumer<Entry> consumer) {
    for (Entry head : slots) {
      for (Entry entry = head; entry != null; entry = entry.next) {
        consumer.accept(entry);
      }
    }
  }

  /** Moves all entries to a table of another capacity. */
  static Entry[] spread(Entry[] old, int capacity) {
    Entry[] fresh = new Entry[capacity];
    for (Entry head : old) {
      Entry entry = head;
      while (entry != null) {
        Entry following = entry.next;
        int slot = entry.hash & capacity - 1;
        entry.next = fresh[slot];
        fresh[slot] = entry;
        entry = following;
      }
    }
    return fresh;
  }
}
