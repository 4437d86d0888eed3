package dev.redistill.eviction;

import dev.redistill.store.Database;
import dev.redistill.store.Entry;
import dev.redistill.store.Keyspace;
import dev.redistill.store.Probe;
import dev.redistill.store.ShardLock;
import java.nio.ByteBuffer;
import java.util.function.LongUnaryOperator;

/** A cache of limited memory that an application asks for keys and fills after a miss. */
final class CacheModel {

  private static final int VALUE = 100;
  private static final int LEARNS_EVERY = 1000;
  private static final long START = 1_700_000_000_000L;

  final Keyspace keyspace = new Keyspace(1, 256);
  final Evictor evictor = new Evictor(keyspace, 7);
  private final Database database = keyspace.database(0);
  private final Probe probe = new Probe();
  private final long room;
  private long hits;
  private long lookups;

  /** A cache for so many entries, with a policy. */
  CacheModel(EvictionPolicy policy, int entries) {
    room = entries * entryBytes();
    keyspace.clock().tick(START);
    evictor.policy(policy, 5);
    learn();
  }

  private static long entryBytes() {
    Keyspace one = new Keyspace(1, 1);
    Probe probe = new Probe().set(new byte[Long.BYTES]);
    ShardLock lock = one.database(0).lock(probe);
    Entry entry = one.database(0).set(probe, null, new byte[VALUE], Entry.NEVER);
    lock.unlock();
    return one.footprint() - one.tableFootprint() + (entry.isGone() ? 1 : 0);
  }

  private void learn() {
    evictor.survey();
    evictor.learn(hits, lookups, room);
  }

  /** Asks for so many keys and answers which part of them was there. */
  double run(int requests, LongUnaryOperator keys) {
    long before = hits;
    for (int i = 0; i < requests; i++) {
      ask(keys.applyAsLong(i));
    }
    return (double) (hits - before) / requests;
  }

  private void ask(long key) {
    probe.set(ByteBuffer.allocate(Long.BYTES).putLong(key).array());
    ShardLock lock = database.lock(probe);
    Entry entry = database.find(probe, START);
    lock.unlock();
    lookups++;
    if ((probe.hash() & keyspace.unsampled()) == 0) {
      keyspace.samples().looked(probe.hash(), entry);
    }
    if (entry == null) {
      fill();
    } else {
      hits++;
      keyspace.accesses().used(entry, keyspace.clock().second(), (int) lookups * 0x9E3779B9);
    }
    if (lookups % LEARNS_EVERY == 0) {
      keyspace.clock().tick(START + lookups);
      learn();
    }
  }

  private void fill() {
    ShardLock lock = database.lock(probe);
    Entry unused = database.set(probe, null, new byte[VALUE], Entry.NEVER);
    lock.unlock();
    while (bytes() > room && evictor.evict() > 0) {
      // One key has gone.
    }
  }

  private long bytes() {
    return keyspace.footprint() - keyspace.tableFootprint();
  }

  long size() {
    return database.size();
  }
}
