package dev.redistill.eviction;

import dev.redistill.store.Accesses;
import dev.redistill.store.Database;
import dev.redistill.store.Entry;
import dev.redistill.store.Keyspace;
import dev.redistill.store.Phantom;
import dev.redistill.store.Probe;
import dev.redistill.store.ShardLock;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongToIntFunction;
import java.util.function.LongUnaryOperator;
import java.util.function.ToDoubleFunction;

/**
 * A cache of limited memory that an application asks for keys and fills after a miss, with phantoms
 * for values.
 */
final class CacheModel {

  private static final int VALUE = 100;
  private static final int LEARNS_EVERY = 1000;
  private static final int LOOKUPS_PER_SECOND = 1000;
  private static final long MILLIS = 1000;
  private static final long START = 1_700_000_000_000L;

  final Keyspace keyspace = new Keyspace(1, 256);
  final Evictor evictor = new Evictor(keyspace, 7);
  private final Database database = keyspace.database(0);
  private final Probe probe = new Probe();
  private final long room;
  private final LongToIntFunction sizes;
  private final List<MissRatioCurve> curves = new ArrayList<>();
  private int perSecond = LOOKUPS_PER_SECOND;
  private long hits;
  private long lookups;
  private final SplittableRandom chance = new SplittableRandom(5);

  /** A cache for so many entries, with a policy. */
  CacheModel(EvictionPolicy policy, int entries) {
    this(policy, entries * entryBytes(), key -> VALUE);
  }

  /** A cache for so many bytes, with a policy, of values whose sizes follow from their keys. */
  CacheModel(EvictionPolicy policy, long room, LongToIntFunction sizes) {
    this.room = room;
    this.sizes = sizes;
    keyspace.clock().tick(START);
    evictor.policy(policy, 5);
    learn();
  }

  /** What an entry of the usual size takes. */
  static long entryBytes() {
    Keyspace one = new Keyspace(1, 1);
    Probe probe = new Probe().set(new byte[Long.BYTES]);
    ShardLock lock = one.database(0).lock(probe);
    Entry entry = one.database(0).set(probe, null, Phantom.of(VALUE), Entry.NEVER);
    lock.unlock();
    return one.footprint() - one.tableFootprint() + (entry.isGone() ? 1 : 0);
  }

  private void learn() {
    evictor.survey();
    evictor.learn(hits, lookups, room);
    curves.add(evictor.curve());
  }

  /** How many lookups there are in a second. */
  void pace(int newPerSecond) {
    perSecond = newPerSecond;
  }

  /** The mean of the estimates during the last lookups. */
  MissRatioCurve curve(int latest) {
    List<MissRatioCurve> late =
        curves.subList(curves.size() - latest / LEARNS_EVERY, curves.size());
    return new MissRatioCurve(
        mean(late, MissRatioCurve::now),
        mean(late, MissRatioCurve::half),
        mean(late, MissRatioCurve::twice),
        mean(late, MissRatioCurve::fourfold),
        late.getLast().samples());
  }

  private static double mean(
      List<MissRatioCurve> curves, ToDoubleFunction<MissRatioCurve> estimate) {
    return curves.stream().mapToDouble(estimate).average().orElseThrow();
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
      fill(key);
    } else {
      hits++;
      touch(entry, chance.nextInt());
    }
    if (lookups % LEARNS_EVERY == 0) {
      keyspace.clock().tick(START + lookups * MILLIS / perSecond);
      learn();
    }
  }

  /** What the server does with an entry that is read. */
  private void touch(Entry entry, int random) {
    int second = keyspace.clock().second();
    int kind = keyspace.accesses().kind();
    keyspace.accesses().used(entry, second, random);
    int age = entry.idle(second);
    boolean sure = age >= Accesses.SURE_AFTER_SECONDS;
    if (age > 0 && kind != Accesses.UNSEEN && (sure || random >>> 29 == 0)) {
      entry.stamp(second);
    }
  }

  private void fill(long key) {
    ShardLock lock = database.lock(probe);
    Entry unused = database.set(probe, null, Phantom.of(sizes.applyAsInt(key)), Entry.NEVER);
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
