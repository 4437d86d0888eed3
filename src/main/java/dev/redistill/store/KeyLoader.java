package dev.redistill.store;

/** Puts keys in that were kept elsewhere. Takes the locks that it needs; safe for all threads. */
public final class KeyLoader {

  private static final long MOST_EXPECTED = 1 << 26;

  private KeyLoader() {}

  /** Makes room for about so many keys in a database, if there are none yet. */
  public static void expect(Database database, long keys) {
    long each = keys / database.shards().length;
    /* Hashes spread keys unevenly: with three deviations more the room is enough for nearly all shards. */
    long most = each + 3 * (long) Math.sqrt((double) each);
    for (Shard shard : database.shards()) {
      expect(shard, (int) Math.min(most, MOST_EXPECTED));
    }
  }

  private static void expect(Shard shard, int entries) {
    int next = Integer.highestOneBit(Math.max(1, entries)) << 1;
    int capacity = entries < next / 4 * 3 ? next : next << 1;
    shard.lock();
    try {
      if (shard.size() == 0 && capacity > shard.table.length) {
        shard.rebuild(capacity);
      }
    } finally {
      shard.unlock();
    }
  }

  /**
   * Adds a key; answers whether it was not there.
   *
   * @param probe the key: a whole array, which nobody else changes
   * @param access when and how often it was used, see {@link Entry#access(int, int)}
   */
  public static boolean load(
      Database database, Probe probe, Object value, long expireAt, int access) {
    Shard shard = database.shard(probe.hash);
    shard.lock();
    try {
      if (shard.find(probe) != null) {
        return false;
      }
      Entry entry = shard.insert(probe.hash, probe.bytes, value, expireAt);
      if (value instanceof HashValue hash) {
        shard.followFields(entry, hash, Entry.NEVER);
      }
      entry.access(access);
      return true;
    } finally {
      shard.unlock();
    }
  }
}
