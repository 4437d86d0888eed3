package dev.redistill.tracking;

import dev.redistill.store.Footprint;
import java.util.Arrays;
import java.util.Iterator;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The table of the keys that clients may have copies of: to each key the numbers of those clients,
 * in ascending order. Keys are texts of one byte per character, which the map keeps in order where
 * their hashes collide. Safe for all threads.
 */
final class Readers {

  private static final long[] NOBODY = new long[0];

  private final ConcurrentHashMap<String, long[]> byKey = new ConcurrentHashMap<>();
  private final LongAdder items = new LongAdder();
  private final LongAdder bytes = new LongAdder();

  /** A client reads a key. */
  void add(String key, long id) {
    var unused =
        byKey.compute(key, (same, before) -> with(same, before == null ? NOBODY : before, id));
  }

  private long[] with(String key, long[] before, long id) {
    int found = Arrays.binarySearch(before, id);
    if (found >= 0) {
      return before;
    }
    int place = -found - 1;
    long[] after = new long[before.length + 1];
    System.arraycopy(before, 0, after, 0, place);
    after[place] = id;
    System.arraycopy(before, place, after, place + 1, before.length - place);
    items.increment();
    bytes.add(footprint(key, after) - footprint(key, before));
    return after;
  }

  /** Forgets who has read a key; answers who that was, or null if nobody has. */
  long @Nullable [] remove(String key) {
    if (!byKey.containsKey(key)) {
      return null;
    }
    long[] ids = byKey.remove(key);
    if (ids != null) {
      items.add(-ids.length);
      bytes.add(-footprint(key, ids));
    }
    return ids;
  }

  void clear() {
    keys().forEachRemaining(this::forget);
  }

  private void forget(String key) {
    var unused = remove(key);
  }

  /** All keys, in no order that anybody could foresee. */
  Iterator<String> keys() {
    return byKey.keySet().iterator();
  }

  private static long footprint(String key, long[] ids) {
    return ids.length == 0 ? 0 : Footprint.readers(key.length(), ids.length);
  }

  /** Bytes of heap that the table takes. */
  long footprint() {
    return bytes.sum();
  }

  long size() {
    return byKey.mappingCount();
  }

  long items() {
    return items.sum();
  }
}
