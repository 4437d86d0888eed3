package dev.redistill.command;

import dev.redistill.store.Database;
import dev.redistill.store.Entry;
import dev.redistill.store.EntrySampler;
import dev.redistill.store.Footprint;
import dev.redistill.store.Keyspace;
import dev.redistill.store.Probe;
import java.util.Arrays;
import java.util.List;

/**
 * How many keys begin with which prefix, and what they take: looked at once, key by key while they
 * are few, else estimated from some that are picked by chance. Used by one thread.
 */
final class PrefixSurvey {

  private static final int KEYS = 2000;
  private static final int NEIGHBOURS = 16;

  private final byte[] delimiter;
  private final List<Probe> prefixes;
  private final Probe key = new Probe();
  private final Probe prefix = new Probe();

  /** By prefix, with the last for all others: keys and bytes of the sample, and of everything. */
  private final long[] metKeys;

  private final long[] metBytes;
  private final double[] keys;
  private final double[] bytes;
  private long met;

  PrefixSurvey(byte[] delimiter, List<byte[]> names) {
    this.delimiter = delimiter;
    prefixes = names.stream().map(name -> new Probe().set(name)).toList();
    metKeys = new long[names.size() + 1];
    metBytes = new long[names.size() + 1];
    keys = new double[names.size() + 1];
    bytes = new double[names.size() + 1];
  }

  void take(Keyspace keyspace) {
    long all = keyspace.size();
    for (int number = 0; number < keyspace.count(); number++) {
      Database database = keyspace.databaseIfUsed(number);
      if (database != null && database.size() > 0) {
        take(database, keyspace.shardCount(), all);
      }
    }
  }

  private void take(Database database, int shards, long all) {
    long size = database.size();
    met = 0;
    Arrays.fill(metKeys, 0);
    Arrays.fill(metBytes, 0);
    if (all <= KEYS) {
      for (int shard = 0; shard < shards; shard++) {
        EntrySampler.walk(database, shard, this::meet);
      }
    } else {
      EntrySampler sampler = new EntrySampler(size + all);
      long wanted = Math.max(NEIGHBOURS, KEYS * size / all);
      for (int turn = 0; turn < wanted / NEIGHBOURS; turn++) {
        for (Entry entry : sampler.sample(database, NEIGHBOURS)) {
          meet(entry);
        }
      }
    }
    double weight = (double) size / Math.max(1, met);
    for (int i = 0; i < keys.length; i++) {
      keys[i] += weight * metKeys[i];
      bytes[i] += weight * metBytes[i];
    }
  }

  private void meet(Entry entry) {
    prefix.setPrefix(key.set(entry), delimiter);
    int place = 0;
    while (place < prefixes.size() && !prefixes.get(place).same(prefix)) {
      place++;
    }
    met++;
    metKeys[place]++;
    metBytes[place] += Footprint.entry(entry);
  }

  long keys(int place) {
    return Math.round(keys[place]);
  }

  long bytes(int place) {
    return Math.round(bytes[place]);
  }
}
