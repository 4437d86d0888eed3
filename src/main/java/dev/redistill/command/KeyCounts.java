package dev.redistill.command;

/** How often what has happened to the keys of one name. Guarded by whoever has it. */
final class KeyCounts {

  /** What can happen to a key. */
  enum Event {
    HIT,
    MISS,
    WRITE,
    EVICTION
  }

  long hits;
  long misses;
  long writes;
  long evictions;

  void add(Event event, long times) {
    switch (event) {
      case HIT -> hits += times;
      case MISS -> misses += times;
      case WRITE -> writes += times;
      case EVICTION -> evictions += times;
    }
  }

  void add(KeyCounts other) {
    hits += other.hits;
    misses += other.misses;
    writes += other.writes;
    evictions += other.evictions;
  }

  KeyCounts copy() {
    KeyCounts copy = new KeyCounts();
    copy.add(this);
    return copy;
  }
}
