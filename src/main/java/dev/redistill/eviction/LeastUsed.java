package dev.redistill.eviction;

import dev.redistill.store.Accesses;
import dev.redistill.store.Entry;
import dev.redistill.store.Footprint;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Of the kept entries that it is shown, the one that is used least for its size. Sizes are in
 * memory that is seldom at hand, so it looks at them only where they matter: not of one that is
 * never used.
 */
final class LeastUsed implements Consumer<Entry> {

  private @Nullable Entry least;
  private long uses;
  private long size;

  @Override
  public void accept(Entry entry) {
    if (!entry.isKept() || (least != null && uses == 0)) {
      return;
    }
    long itsUses = entry.uses() & Accesses.MOST_TALLIED;
    if (itsUses == 0) {
      least = entry;
      uses = 0;
      return;
    }
    long itsSize = Footprint.entry(entry);
    if (least == null || itsUses * size < uses * itsSize) {
      least = entry;
      uses = itsUses;
      size = itsSize;
    }
  }

  /** The entry, or null if none was kept. */
  @Nullable Entry entry() {
    return least;
  }
}
