package dev.redistill.store;

/**
 * The hashes of one shard in which fields expire. Made when the first of them comes; guarded by the
 * lock of its shard.
 */
final class FieldExpiry {

  private static final int SPARE_PLACES = 16;

  private final ExpiryQueue queue = new ExpiryQueue(ExpiryQueue.Kind.FIELDS);
  private final Shard shard;
  private int hashes;

  FieldExpiry(Shard shard) {
    this.shard = shard;
  }

  /** The number of fields of a database that were removed because their time had come. */
  static long expired(Database database) {
    long sum = 0;
    for (Shard shard : database.shards()) {
      sum += shard.expiredFields();
    }
    return sum;
  }

  /** The earliest time at which a field may be due. */
  long earliest() {
    return queue.earliest();
  }

  /** The number of hashes with expiring fields. */
  int hashes() {
    return hashes;
  }

  long footprint() {
    return Footprint.fieldExpiry() + queue.footprint();
  }

  /** Follows a change of a hash whose earliest time was {@code before}. */
  void changed(Entry entry, HashValue hash, long before) {
    long earliest = hash.earliest();
    if (earliest == Entry.NEVER) {
      left(entry);
      return;
    }
    if (entry.form != Entry.EXPIRING_FIELDS) {
      entry.form = Entry.EXPIRING_FIELDS;
      hashes++;
    }
    if (!entry.isQueued(Entry.FIELD_QUEUE) || earliest < before) {
      add(earliest, entry);
    }
    tidy();
  }

  private void add(long time, Entry entry) {
    entry.queued(Entry.FIELD_QUEUE, true);
    queue.add(time, entry);
  }

  /** Counts an entry out that holds no expiring fields any more. */
  void left(Entry entry) {
    if (entry.form == Entry.EXPIRING_FIELDS) {
      entry.form = Entry.PLAIN;
      hashes--;
      tidy();
    }
  }

  /**
   * Removes the fields that are due of up to {@code most} hashes, of a large hash those of one
   * segment; answers how many hashes it looked at.
   */
  int removeDue(long now, int most) {
    int looked = 0;
    while (looked < most && queue.earliest() < now) {
      Entry entry = queue.poll();
      entry.queued(Entry.FIELD_QUEUE, false);
      looked++;
      if (!entry.removed && entry.form == Entry.EXPIRING_FIELDS && removeDue(entry, now, 1)) {
        HashValue left = (HashValue) entry.value();
        changed(entry, left, left.earliest());
      }
    }
    return looked;
  }

  /**
   * Removes fields of a hash that are due, of a large one those of {@code most} segments, and the
   * hash with its last field; answers whether it is still there.
   */
  boolean removeDue(Entry entry, long now, int most) {
    HashValue hash = (HashValue) entry.value();
    long before = hash.earliest();
    int size = hash.size();
    if (before >= now) {
      return true;
    }
    hash = (HashValue) shard.own(entry);
    HashValue left =
        switch (hash) {
          case PackedHash packed -> withoutDue(packed, now);
          case FieldTable table -> removeDue(table, now, most);
        };
    if (left.size() == size) {
      shard.followFields(entry, left, before);
      return true;
    }
    if (left.size() == 0) {
      shard.remove(entry);
    } else if (left == hash) {
      shard.touched(entry);
    } else {
      shard.replace(entry, left, Entry.PLAIN);
    }
    if (!entry.removed) {
      shard.followFields(entry, left, before);
    }
    shard.expiredFields += size - left.size();
    shard.fieldsExpired(entry);
    return !entry.removed;
  }

  private static HashValue withoutDue(PackedHash hash, long now) {
    PackedDraft draft = new PackedDraft(hash);
    draft.removeDue(now);
    return draft.finish();
  }

  private HashValue removeDue(FieldTable table, long now, int most) {
    long before = table.footprint();
    table.removeDue(now, most);
    shard.grown(table.footprint() - before);
    return table;
  }

  /** Keeps the places in the queue that nobody needs any more fewer than the others. */
  private void tidy() {
    if (queue.size() > 2 * hashes + SPARE_PLACES) {
      queue.compact();
    }
  }
}
