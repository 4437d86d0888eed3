package dev.redistill.command;

import dev.redistill.config.Config;
import dev.redistill.config.Settings;
import dev.redistill.eviction.EvictionPolicy;
import dev.redistill.eviction.Evictor;
import dev.redistill.eviction.MissRatioCurve;
import dev.redistill.resp.Request;
import dev.redistill.resp.RequestReader;
import dev.redistill.store.Keyspace;
import dev.redistill.store.MemoryMeter;
import dev.redistill.util.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The limit of the memory in use: whoever is about to take more asks here, which evicts keys to
 * make room. The limit is {@code maxmemory}, and never more than the heap can hold. Safe for all
 * threads.
 */
public final class Memory {

  /** The reply to who asks for memory that there is not. */
  static final String FULL = "OOM command not allowed when used memory > 'maxmemory'.";

  /* A request makes room for itself and for as much again, so that what others took in the meantime goes, too; but
  nobody evicts more keys at once than that, and a few: when the limit was lowered, all writers bring the memory
  down together, and Sampler's thread. */

  private static final int MOST_KEYS = 128;
  private static final int SHARES = 64;
  private static final int OVERDRAFT = 20;
  private static final int SPARE = 8;
  private static final long MOST_SLACK = 64 * 1024;
  private static final long RECOUNT_NANOS = 100_000_000;
  private static final long RELIEF_NANOS = 50_000_000;

  private final Config config;
  private final Keyspace keyspace;
  private final Sessions sessions;
  private final Evictor evictor;
  private final Clock clock;
  private final long capacity;
  private final MemoryMeter meter;
  private final AtomicLong clients = new AtomicLong();
  private final List<LongSupplier> others = new CopyOnWriteArrayList<>();

  /** What the meter knows of what the others use. */
  private final AtomicLong told = new AtomicLong();

  private final long atStart;
  private volatile Runnable audit = () -> {};
  private volatile long limit;
  private volatile long surveyedAt;

  /**
   * The limit of a server.
   *
   * @param capacity how many bytes the heap can hold
   */
  public Memory(
      Config config,
      Keyspace keyspace,
      Sessions sessions,
      Evictor evictor,
      Clock clock,
      long capacity) {
    this.config = config;
    this.keyspace = keyspace;
    this.sessions = sessions;
    this.evictor = evictor;
    this.clock = clock;
    this.capacity = capacity;
    meter = keyspace.meter();
    config.onChange(Settings.MAXMEMORY, this::settle);
    config.onChange(Settings.MAXMEMORY_POLICY, this::settle);
    config.onChange(Settings.MAXMEMORY_SAMPLES, this::settle);
    config.onChange(Settings.LFU_LOG_FACTOR, this::settle);
    config.onChange(Settings.LFU_DECAY_TIME, this::settle);
    settle();
    surveyedAt = clock.nanos() - RECOUNT_NANOS;
    atStart = used();
  }

  private void settle() {
    long wanted = config.bytes(Settings.MAXMEMORY);
    limit = wanted == 0 ? capacity : Math.min(wanted, capacity);
    keyspace.meterSlack(Math.min(MOST_SLACK, limit / SHARES / keyspace.shardCount()));
    keyspace
        .accesses()
        .weigh(config.integer(Settings.LFU_LOG_FACTOR), config.integer(Settings.LFU_DECAY_TIME));
    evictor.policy(
        EvictionPolicy.of(config.text(Settings.MAXMEMORY_POLICY)),
        config.integer(Settings.MAXMEMORY_SAMPLES));
  }

  /** The policy that is in use. */
  public EvictionPolicy policy() {
    return evictor.policy();
  }

  /** Has something else count as used, whatever it is at the time. */
  public void count(LongSupplier bytes) {
    others.add(bytes);
  }

  /** Bytes that keys, values, what waits on connections and the rest take, counted one by one. */
  public long used() {
    return keyspace.footprint() + clients() + byOthers();
  }

  /** Bytes of half-received requests, queued commands and unread replies of all clients. */
  public long clients() {
    return clients.get();
  }

  private long byOthers() {
    long sum = evictor.footprint();
    for (LongSupplier other : others) {
      sum += other.getAsLong();
    }
    return sum;
  }

  /** The same before there were any keys or clients. */
  public long atStart() {
    return atStart;
  }

  /**
   * Whether there is no memory for a command, even when room was made. In a transaction it takes
   * memory to queue whatever it is, and EXEC takes what the queued commands may.
   */
  boolean refuses(Command command, @Nullable Transaction transaction, Request request) {
    if (!command.grows() && transaction == null) {
      return false;
    }
    if (transaction != null && command.name().equals("exec")) {
      return transaction.grows() && !makeRoom(transaction.bytes());
    }
    boolean free = transaction != null && TransactionRunner.runsAtOnce(command);
    return !free && !hasRoom(request.size());
  }

  /**
   * Makes room for a request of so many bytes. A large one, which counts since it came, is there
   * twice for a moment when it is stored: where nothing can be evicted for that, within what the
   * limit may be exceeded by.
   */
  private boolean hasRoom(long size) {
    boolean counts = size > RequestReader.FREE && policy() == EvictionPolicy.NOEVICTION;
    return makeRoom(size, counts ? Math.max(0, size - limit / OVERDRAFT) : size);
  }

  /** How many bytes may be in use: {@code maxmemory}, or less if the heap cannot hold that. */
  public long limit() {
    return limit;
  }

  /** Whether writes are refused, or are about to be, because nothing can be evicted. */
  public boolean isExhausted() {
    boolean keepsAll = policy() == EvictionPolicy.NOEVICTION;
    return isShort(keepsAll ? 0 : -limit / OVERDRAFT);
  }

  /** Whether so many bytes more are too much. */
  boolean isShort(long bytes) {
    return meter.used() + bytes > limit;
  }

  /** Evicts keys until so many bytes fit in; answers false if they do not, whatever goes. */
  boolean makeRoom(long bytes) {
    return makeRoom(bytes, bytes);
  }

  /**
   * Takes so many bytes for a client, for which keys are evicted; answers false if they do not fit
   * in. Where they did fit in and somebody else was faster it tries again.
   */
  public boolean takeWithin(long bytes) {
    while (!meter.addWithin(bytes, limit)) {
      if (!makeRoom(bytes)) {
        return false;
      }
      if (isShort(bytes)) {
        meter.add(bytes);
        break;
      }
    }
    clients.addAndGet(bytes);
    return true;
  }

  /** Makes room for so many bytes, of which this part is still to be taken. */
  private boolean makeRoom(long bytes, long untaken) {
    if (!isShort(untaken)) {
      return true;
    }
    long wanted = Math.min(meter.used() + untaken - limit, 2 * bytes);
    long freed = 0;
    for (int keys = 0; keys < MOST_KEYS || freed < wanted; keys++) {
      long more = evictor.evict();
      freed += more;
      if (more == 0 || !isShort(untaken)) {
        break;
      }
    }
    return freed >= Math.min(wanted, bytes) || !isShort(untaken) || recount(bytes, untaken);
  }

  /**
   * Makes room for so many bytes of keys that are being loaded; answers false if the heap cannot
   * hold them. Where nothing may be evicted there may be a little more than the limit: what a
   * server has saved it can load.
   */
  public boolean admit(long bytes) {
    return makeRoom(bytes) || meter.used() + bytes <= capacity + capacity / SPARE;
  }

  /** Has the meter told of what it does not know yet, which may be less, and tries again. */
  private boolean recount(long bytes, long untaken) {
    if (clock.nanos() - surveyedAt < RECOUNT_NANOS) {
      return false;
    }
    survey();
    return makeRoom(bytes, untaken);
  }

  /** A client has taken so many bytes more, or given them back if negative. */
  public void takeForClient(long bytes) {
    meter.add(bytes);
    clients.addAndGet(bytes);
  }

  /** Has somebody look at what clients hold whenever it is to be told what is in use. */
  public void auditBy(Runnable newAudit) {
    audit = newAudit;
  }

  /** What would change with more memory, or less. */
  public MissRatioCurve curve() {
    return evictor.curve();
  }

  /** Has the meter told of all that is in use, which is done now and then; answers how much. */
  public long survey() {
    audit.run();
    keyspace.tellMeter();
    long now = byOthers();
    meter.add(now - told.getAndSet(now));
    evictor.survey();
    Traffic traffic = sessions.traffic();
    long rest = keyspace.tableFootprint() + clients() + now;
    evictor.learn(traffic.hits(), traffic.hits() + traffic.misses(), limit - rest);
    surveyedAt = clock.nanos();
    return meter.used();
  }

  /** Evicts keys while more is in use than may be, for a moment at most. */
  void relieve() {
    long end = clock.nanos() + RELIEF_NANOS;
    while (isShort(0) && evictor.evict() > 0 && clock.nanos() < end) {
      // One key has gone.
    }
  }
}
