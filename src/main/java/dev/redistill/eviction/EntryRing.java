package dev.redistill.eviction;

import dev.redistill.store.Entry;
import dev.redistill.store.Footprint;
import org.jspecify.annotations.Nullable;

/**
 * A queue of entries with the bytes that each took when it was put in. Entries that have left the
 * store stay until they come to the front, or room is needed. Guarded by the lock of its owner.
 */
final class EntryRing {

  private static final int SMALLEST = 16;
  private static final @Nullable Entry[] NOTHING = new Entry[0];

  private @Nullable Entry[] entries = NOTHING;
  private int[] weights = new int[0];
  private int first;
  private int size;
  private long bytes;

  /** What the entry took that was taken out last. */
  private int weightOfLast;

  int size() {
    return size;
  }

  /** Bytes that the entries took. */
  long bytes() {
    return bytes;
  }

  /** Bytes that the queue itself takes. */
  long footprint() {
    return entries.length == 0 ? 0 : 2 * Footprint.references(entries.length);
  }

  /** Puts an entry at the end. */
  void addLast(Entry entry) {
    addLast(entry, (int) Math.min(Footprint.entry(entry), Integer.MAX_VALUE));
  }

  /** Puts an entry at the end that was the last taken out of another queue, or of this. */
  void addLast(Entry entry, EntryRing from) {
    addLast(entry, from.weightOfLast);
  }

  private void addLast(Entry entry, int weight) {
    makeRoom();
    int at = first + size & entries.length - 1;
    entries[at] = entry;
    weights[at] = weight;
    bytes += weight;
    size++;
  }

  /** Takes the first entry out that has not left the store, or answers null. */
  @Nullable Entry poll() {
    while (size > 0) {
      Entry entry = entries[first];
      entries[first] = null;
      weightOfLast = weights[first];
      bytes -= weightOfLast;
      first = first + 1 & entries.length - 1;
      size--;
      if (entry != null && !entry.isGone()) {
        if (size < entries.length >> 3 && entries.length > SMALLEST) {
          resize(entries.length >> 1);
        }
        return entry;
      }
    }
    return null;
  }

  void clear() {
    entries = NOTHING;
    weights = new int[0];
    first = 0;
    size = 0;
    bytes = 0;
  }

  private void makeRoom() {
    if (size < entries.length) {
      return;
    }
    dropGone();
    if (size > entries.length / 4 * 3 || entries.length == 0) {
      resize(Math.max(SMALLEST, entries.length * 2));
    }
  }

  private void dropGone() {
    int kept = 0;
    long keptBytes = 0;
    for (int i = 0; i < size; i++) {
      int from = first + i & entries.length - 1;
      Entry entry = entries[from];
      if (entry != null && !entry.isGone()) {
        int to = first + kept++ & entries.length - 1;
        entries[to] = entry;
        weights[to] = weights[from];
        keptBytes += weights[to];
      }
    }
    for (int i = kept; i < size; i++) {
      entries[first + i & entries.length - 1] = null;
    }
    size = kept;
    bytes = keptBytes;
  }

  private void resize(int capacity) {
    @Nullable Entry[] ordered = new Entry[capacity];
    int[] weighed = new int[capacity];
    int upper = Math.min(size, entries.length - first);
    System.arraycopy(entries, first, ordered, 0, upper);
    System.arraycopy(entries, 0, ordered, upper, size - upper);
    System.arraycopy(weights, first, weighed, 0, upper);
    System.arraycopy(weights, 0, weighed, upper, size - upper);
    entries = ordered;
    weights = weighed;
    first = 0;
  }
}
