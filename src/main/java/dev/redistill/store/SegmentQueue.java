package dev.redistill.store;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The segments of a large hash in which fields expire, by their earliest time: a binary heap in
 * which every segment knows its place. Guarded by the lock of the hash's shard.
 */
final class SegmentQueue {

  private @Nullable FieldSegment[] segments = new FieldSegment[4];
  private int size;

  boolean isEmpty() {
    return size == 0;
  }

  FieldSegment first() {
    return at(0);
  }

  /** Puts a segment to where its earliest time belongs, or takes it out if it has none. */
  void settle(FieldSegment segment) {
    if (segment.earliest == Entry.NEVER) {
      remove(segment);
      return;
    }
    if (segment.place < 0) {
      if (size == segments.length) {
        segments = Arrays.copyOf(segments, size * 2);
      }
      segment.place = size++;
    }
    rise(segment);
    sink(segment);
  }

  /** Takes a segment out, if it is in. */
  void remove(FieldSegment segment) {
    int place = segment.place;
    if (place < 0) {
      return;
    }
    segment.place = -1;
    FieldSegment last = at(--size);
    segments[size] = null;
    if (last != segment) {
      last.place = place;
      rise(last);
      sink(last);
    }
  }

  private void rise(FieldSegment segment) {
    int at = segment.place;
    while (at > 0) {
      FieldSegment parent = at((at - 1) >>> 1);
      if (parent.earliest <= segment.earliest) {
        break;
      }
      int freed = parent.place;
      put(at, parent);
      at = freed;
    }
    put(at, segment);
  }

  private void sink(FieldSegment segment) {
    int at = segment.place;
    while (2 * at + 1 < size) {
      FieldSegment child = at(2 * at + 1);
      if (2 * at + 2 < size && at(2 * at + 2).earliest < child.earliest) {
        child = at(2 * at + 2);
      }
      if (child.earliest >= segment.earliest) {
        break;
      }
      int freed = child.place;
      put(at, child);
      at = freed;
    }
    put(at, segment);
  }

  private FieldSegment at(int place) {
    return Objects.requireNonNull(segments[place]);
  }

  private void put(int place, FieldSegment segment) {
    segments[place] = segment;
    segment.place = place;
  }

  long footprint() {
    return Footprint.segmentQueue(segments.length);
  }
}
