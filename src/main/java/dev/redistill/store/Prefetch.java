package dev.redistill.store;

import org.jspecify.annotations.Nullable;

/**
 * Brings the entries of several keys into the cache before they are looked up one by one.
 *
 * <p>A lookup is a chain of loads that each wait for the one before: shard, table, entry, key,
 * value. In stages over all keys the loads of one stage do not wait for each other, so the
 * processor has many of them under way at once. Takes no lock and promises nothing: what it reads
 * is only a hint. Reused; confined to one connection's turn.
 */
public final class Prefetch {

  private static final int WORTH_IT_FROM = 2;
  private static final int LINE = 64;
  private static final int MOST_OF_HASH = 8 * LINE;

  private final Probe[] probes;
  private final Entry[][] tables;
  private final @Nullable Entry[] entries;
  private int count;

  /** What was loaded goes here, so that the compiler cannot leave the loads out. */
  @SuppressWarnings("UnusedVariable")
  private int sink;

  public Prefetch(int capacity) {
    probes = new Probe[capacity];
    tables = new Entry[capacity][];
    entries = new Entry[capacity];
  }

  /** Forgets the keys. */
  public void clear() {
    count = 0;
  }

  /** Adds a key. */
  public void add(Probe probe) {
    probes[count++] = probe;
  }

  /** Touches what a lookup of each key will load. */
  public void touch(Database database) {
    if (count < WORTH_IT_FROM) {
      return;
    }
    Shard[] shards = database.shards();
    for (int i = 0; i < count; i++) {
      tables[i] = shards[database.shardIndex(probes[i].hash)].table;
    }
    for (int i = 0; i < count; i++) {
      Entry[] table = tables[i];
      entries[i] = table[probes[i].hash & table.length - 1];
    }
    int loaded = 0;
    for (int i = 0; i < count; i++) {
      Entry entry = entries[i];
      loaded += entry == null ? 0 : entry.hash;
    }
    for (int i = 0; i < count; i++) {
      entries[i] = inChain(entries[i], probes[i].hash);
    }
    for (int i = 0; i < count; i++) {
      Entry entry = entries[i];
      if (entry != null) {
        loaded += entry.key.length + bytesOf(entry.value());
      }
    }
    sink = loaded;
  }

  private static @Nullable Entry inChain(@Nullable Entry head, int hash) {
    Entry entry = head;
    while (entry != null && entry.hash != hash) {
      entry = entry.next;
    }
    return entry;
  }

  private static int bytesOf(Object value) {
    if (value instanceof byte[] bytes) {
      return bytes.length == 0 ? 0 : bytes[bytes.length - 1];
    }
    if (value instanceof PackedHash hash) {
      return linesOf(hash.block);
    }
    return value instanceof SetValue set && set.members() instanceof PackedHash members
        ? linesOf(members.block)
        : 0;
  }

  /** A small hash is searched from its start, and copied whole when it is written. */
  private static int linesOf(byte[] block) {
    int end = Math.min(block.length, MOST_OF_HASH);
    int loaded = 0;
    for (int at = LINE - 1; at < end; at += LINE) {
      loaded += block[at];
    }
    return end == 0 ? 0 : loaded + block[end - 1];
  }
}
