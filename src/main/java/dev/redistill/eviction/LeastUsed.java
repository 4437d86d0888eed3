package dev.redistill.eviction;

import dev.redistill.store.Accesses;
import dev.redistill.store.Entry;
import dev.redistill.store.Footprint;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Of the kept entries that it is shown, the one that is used least for its size. Sizes are in
 * memory that is seldom at hand, so all of them are asked for before one is waited for.
 */
final class LeastUsed implements Consumer<Entry> {

  private static final int MOST = 12;

  private final @Nullable Entry[] entries = new Entry[MOST];
  private final int[] sizes = new int[MOST];
  private int count;

  @Override
  public void accept(Entry entry) {
    if (count < MOST) {
      entries[count] = entry;
      sizes[count] = (int) Math.min(Footprint.entry(entry), Integer.MAX_VALUE);
      count++;
    }
  }

  /** The entry, or null if none was kept. */
  @Nullable Entry entry() {
    Entry least = null;
    long uses = 0;
    long size = 0;
    for (int i = 0; i < count; i++) {
      Entry entry = entries[i];
      if (entry == null || !entry.isKept()) {
        continue;
      }
      long itsUses = entry.uses() & Accesses.MOST_TALLIED;
      if (least == null || itsUses * size < uses * sizes[i]) {
        least = entry;
        uses = itsUses;
        size = sizes[i];
      }
    }
    return least;
  }
}
