package dev.redistill.store;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A large hash. Guarded by the lock of its shard, also for reading.
 *
 * <p>No change costs more than a segment and, seldom, a copy of the directory of references to
 * them.
 */
public final class FieldTable implements HashValue {

  /* Extendible hashing (Fagin, Nievergelt, Pippenger, Strong 1979): the first bits of a field's hash
  choose a place in the directory, which refers to a segment; a full segment is divided by its next bit, and
  only when it has no other bits than the directory the directory doubles. Within a segment fields
  stand in the order of their hashes: so the whole hash has an order that dividing and joining does not
  change, and a cursor is a place in it. */

  private static final int BITS = Integer.SIZE;
  private static final int JOINED_UP_TO = FieldSegment.MOST / 3;
  private static final int DEEPEST = 26;

  FieldSegment[] directory = {new FieldSegment(0)};
  private int depth;
  private int size;

  /** The number of segments that have all the bits of the directory. */
  private int deepest = 1;

  /** The most fields that a segment has had. */
  private int largest;

  private long recordBytes;
  private long segmentBytes = directory[0].footprint();
  @Nullable SegmentQueue queue;

  /** Whether somebody reads this without the lock, so that it must not change. */
  volatile boolean lent;

  @Override
  public int size() {
    return size;
  }

  @Override
  public boolean isPacked() {
    return false;
  }

  @Override
  public long earliest() {
    return queue == null || queue.isEmpty() ? Entry.NEVER : queue.first().earliest;
  }

  private static int hash(Field field) {
    return KeyHash.hash(field.nameBytes, field.nameOffset, field.nameLength);
  }

  private int index(int hash) {
    return (int) ((hash & 0xffffffffL) >>> (BITS - depth));
  }

  private FieldSegment segment(int hash) {
    return directory[index(hash)];
  }

  @Override
  public boolean find(Field field, long now) {
    int hash = hash(field);
    FieldSegment segment = segment(hash);
    int at = segment.find(field, hash);
    if (at < 0) {
      return false;
    }
    FieldRecord.read(segment.records[at], field);
    return field.expireAt >= now;
  }

  /** Sets a field; answers whether it is new or was due. */
  boolean put(Field field, long now) {
    int hash = hash(field);
    byte[] record = FieldRecord.of(field);
    FieldSegment segment = segment(hash);
    int at = segment.find(field, hash);
    recordBytes += Footprint.bytes(record.length);
    boolean fresh = at < 0;
    if (fresh) {
      segment = roomFor(hash, segment);
      segmentBytes -= segment.footprint();
      segment.insert(hash, record);
      segmentBytes += segment.footprint();
      size++;
      largest = Math.max(largest, segment.size);
    } else {
      byte[] old = segment.records[at];
      fresh = FieldRecord.time(old) < now;
      recordBytes -= Footprint.bytes(old.length);
      segment.records[at] = record;
    }
    if (field.expireAt < segment.earliest) {
      segment.earliest = field.expireAt;
      queue().settle(segment);
    }
    return fresh;
  }

  private SegmentQueue queue() {
    if (queue == null) {
      queue = new SegmentQueue();
    }
    return queue;
  }

  /** Removes a field; answers whether it was there and not due. */
  boolean remove(Field field, long now) {
    int hash = hash(field);
    FieldSegment segment = segment(hash);
    int at = segment.find(field, hash);
    if (at < 0) {
      return false;
    }
    byte[] record = segment.records[at];
    recordBytes -= Footprint.bytes(record.length);
    segmentBytes -= segment.footprint();
    segment.remove(at);
    segmentBytes += segment.footprint();
    size--;
    joinAround(hash);
    return FieldRecord.time(record) >= now;
  }

  /** Removes the due fields of up to {@code most} segments. */
  void removeDue(long now, int most) {
    SegmentQueue waiting = queue();
    for (int i = 0; i < most && earliest() < now; i++) {
      FieldSegment segment = waiting.first();
      int count = segment.size;
      int hash = count == 0 ? 0 : segment.hashes[0];
      segmentBytes -= segment.footprint();
      recordBytes -= segment.removeDue(now);
      segmentBytes += segment.footprint();
      segment.refreshEarliest();
      waiting.settle(segment);
      size -= count - segment.size;
      if (count != segment.size) {
        joinAround(hash);
      }
    }
  }

  /** Divides the segment that a hash belongs to while it is full; answers the one it is then. */
  private FieldSegment roomFor(int hash, FieldSegment full) {
    FieldSegment segment = full;
    while (segment.size >= FieldSegment.MOST && segment.depth < DEEPEST) {
      divide(hash, segment);
      segment = segment(hash);
    }
    return segment;
  }

  private void divide(int hash, FieldSegment segment) {
    if (segment.depth == depth) {
      doubleDirectory();
    }
    int bit = BITS - 1 - segment.depth;
    int prefix = (int) (hash & (-1L << (bit + 1)));
    segmentBytes -= segment.footprint();
    FieldSegment upper = new FieldSegment(++segment.depth);
    segment.moveTo(upper, segment.seek(prefix | (1 << bit)));
    segmentBytes += segment.footprint() + upper.footprint();
    place(prefix | (1 << bit), upper);
    if (segment.depth == depth) {
      deepest += 2;
    }
    if (segment.earliest != Entry.NEVER) {
      segment.refreshEarliest();
      upper.refreshEarliest();
      queue().settle(segment);
      queue().settle(upper);
    }
  }

  /** Writes a segment to all places of the directory that belong to it. */
  private void place(int prefix, FieldSegment segment) {
    int from = index(prefix);
    Arrays.fill(directory, from, from + places(segment), segment);
  }

  /** How many places of the directory belong to a segment. */
  private int places(FieldSegment segment) {
    return 1 << (depth - segment.depth);
  }

  private void doubleDirectory() {
    FieldSegment[] doubled = new FieldSegment[directory.length * 2];
    for (int i = 0; i < doubled.length; i++) {
      doubled[i] = directory[i >> 1];
    }
    directory = doubled;
    depth++;
    deepest = 0;
  }

  /** Joins the segment of a hash with its other half while both are small. */
  private void joinAround(int hash) {
    FieldSegment segment = segment(hash);
    while (segment.depth > 0 && segment.size <= JOINED_UP_TO) {
      int bit = BITS - segment.depth;
      FieldSegment lower = segment(hash & ~(1 << bit));
      FieldSegment upper = segment(hash | (1 << bit));
      if (lower.depth != upper.depth || lower.size + upper.size > JOINED_UP_TO) {
        return;
      }
      join(hash, lower, upper);
      segment = lower;
    }
  }

  private void join(int hash, FieldSegment lower, FieldSegment upper) {
    segmentBytes -= lower.footprint() + upper.footprint();
    lower.append(upper);
    segmentBytes += lower.footprint();
    if (lower.earliest != Entry.NEVER || upper.earliest != Entry.NEVER) {
      queue().remove(upper);
      lower.earliest = Math.min(lower.earliest, upper.earliest);
      queue().settle(lower);
    }
    if (lower.depth == depth) {
      deepest -= 2;
    }
    lower.depth--;
    int bits = BITS - lower.depth;
    place((int) (hash & (-1L << bits)), lower);
    if (deepest == 0) {
      halveDirectory();
    }
  }

  private void halveDirectory() {
    FieldSegment[] halved = new FieldSegment[directory.length / 2];
    for (int i = 0; i < halved.length; i++) {
      halved[i] = directory[i * 2];
    }
    directory = halved;
    depth--;
    for (FieldSegment segment : halved) {
      deepest += segment.depth == depth ? 1 : 0;
    }
  }

  @Override
  public void forEach(Consumer<Field> consumer) {
    Field field = new Field();
    int at = 0;
    while (at < directory.length) {
      FieldSegment segment = directory[at];
      for (int i = 0; i < segment.size; i++) {
        FieldRecord.read(segment.records[i], field);
        consumer.accept(field);
      }
      at += places(segment);
    }
  }

  /** A cursor is the hash from which on fields have not been shown yet. */
  @Override
  public long scan(long cursor, long count, long now, Consumer<Field> consumer) {
    Field field = new Field();
    long position = cursor & 0xffffffffL;
    long left = count;
    while (position < 1L << BITS) {
      long from = position;
      FieldSegment segment = segment((int) position);
      int at = segment.seek((int) position);
      while (at < segment.size) {
        int hash = segment.hashes[at];
        if (left <= 0 && (hash & 0xffffffffL) >= position) {
          return hash & 0xffffffffL;
        }
        FieldRecord.read(segment.records[at++], field);
        if (field.expireAt >= now) {
          consumer.accept(field);
        }
        position = (hash & 0xffffffffL) + 1;
        left--;
      }
      int bits = BITS - segment.depth;
      position = ((from >>> bits) + 1) << bits;
    }
    return 0;
  }

  @Override
  public Picker picker(RandomGenerator chance) {
    /* Every place of the directory is as likely, and so is every number below the most that a place
    can have: so is, then, every field. A pick without a field behind it is repeated. */
    return field -> {
      while (true) {
        int place = chance.nextInt(directory.length);
        FieldSegment segment = directory[place];
        int at = start(place, segment) + chance.nextInt(largest);
        if (at < end(place, segment)) {
          FieldRecord.read(segment.records[at], field);
          return ((long) place << BITS) | at;
        }
      }
    };
  }

  /** Where in its segment the fields of one place of the directory begin. */
  private int start(int place, FieldSegment segment) {
    return segment.depth == depth ? 0 : segment.seek(place << (BITS - depth));
  }

  private int end(int place, FieldSegment segment) {
    boolean last = segment.depth == depth || place + 1 == directory.length;
    return last ? segment.size : segment.seek((place + 1) << (BITS - depth));
  }

  @Override
  public HashValue copy() {
    FieldTable copy = new FieldTable();
    copy.directory = new FieldSegment[directory.length];
    copy.depth = depth;
    copy.size = size;
    copy.deepest = deepest;
    copy.largest = largest;
    copy.recordBytes = recordBytes;
    copy.segmentBytes = 0;
    int at = 0;
    while (at < directory.length) {
      FieldSegment segment = directory[at].copy();
      int next = at + places(segment);
      Arrays.fill(copy.directory, at, next, segment);
      copy.segmentBytes += segment.footprint();
      if (segment.earliest != Entry.NEVER) {
        copy.queue().settle(segment);
      }
      at = next;
    }
    return copy;
  }

  @Override
  public long footprint() {
    long ends = queue == null ? 0 : queue.footprint();
    return Footprint.fieldTable(directory.length) + segmentBytes + recordBytes + ends;
  }
}
