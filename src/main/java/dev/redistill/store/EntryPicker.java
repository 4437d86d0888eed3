package dev.redistill.store;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Picks entries by chance. */
final class EntryPicker {

  /** Longer chains are so rare that nobody notices that their entries are taken less often. */
  private static final int LONG_CHAIN = 8;

  private EntryPicker() {}

  /**
   * A live entry, every shard weighted by its size, or null if there is none; due ones that it
   * meets are removed. Takes the locks it needs.
   */
  static @Nullable Entry random(Shard[] shards, long now, RandomGenerator chance) {
    while (true) {
      long size = KeyCount.of(shards);
      if (size == 0) {
        return null;
      }
      long at = chance.nextLong(size);
      int index = 0;
      while (index < shards.length - 1 && at >= shards[index].size()) {
        at -= shards[index].size();
        index++;
      }
      Entry entry = random(shards[index], now, chance);
      if (entry != null) {
        return entry;
      }
    }
  }

  private static @Nullable Entry random(Shard shard, long now, RandomGenerator chance) {
    shard.lock();
    try {
      while (shard.size() > 0) {
        Entry entry = pick(shard.table, chance);
        if (entry == null) {
          continue;
        }
        if (entry.isLive(now)) {
          return entry;
        }
        shard.removeExpired(entry);
      }
      return null;
    } finally {
      shard.unlock();
    }
  }

  /**
   * An entry of a table, or null: a bucket is taken more often the more it holds, so that every
   * entry is as likely as another. Called under the lock of the shard.
   */
  static @Nullable Entry pick(Entry[] table, RandomGenerator chance) {
    Entry head = table[chance.nextInt(table.length)];
    int length = 0;
    for (Entry entry = head; entry != null; entry = entry.next) {
      length++;
    }
    int skip = chance.nextInt(Math.max(length, LONG_CHAIN));
    if (skip >= length) {
      return null;
    }
    Entry entry = head;
    while (skip-- > 0) {
      entry = entry.next;
    }
    return entry;
  }
}
