package dev.redistill.command;

import dev.redistill.auth.Reason;
import dev.redistill.metrics.CommandLog;
import dev.redistill.metrics.LatencyMonitor;
import dev.redistill.metrics.Rate;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Counts since the start that belong to no single session. */
public final class Statistics {

  private static final int MOST_CODES = 128;

  private final LongAdder connections = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final Map<LogKind, CommandLog> logs = new EnumMap<>(LogKind.class);
  private final LatencyMonitor latencyMonitor = new LatencyMonitor();
  private final KeyCosts keyCosts = new KeyCosts();
  private final Rate commandRate = new Rate();
  private final Rate inputRate = new Rate();
  private final Rate outputRate = new Rate();
  private final AtomicLong peakMemory = new AtomicLong();
  private volatile long expiredBefore;
  private volatile long expiredFieldsBefore;
  private volatile long evictedBefore;
  private final LongAdder errors = new LongAdder();
  private final LongAdder evictedClients = new LongAdder();
  private final Map<Reason, LongAdder> refusedByReason = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> errorsByCode = new ConcurrentHashMap<>();

  public Statistics() {
    for (LogKind kind : LogKind.values()) {
      logs.put(kind, new CommandLog());
    }
  }

  /** A client was accepted. */
  public void connected() {
    connections.increment();
  }

  /** A client was refused because there are too many. */
  public void refused() {
    refused.increment();
  }

  /** A client was closed because clients held too much memory. */
  public void clientEvicted() {
    evictedClients.increment();
  }

  /** The access list refused something. */
  public void refused(Reason reason) {
    refusedByReason.computeIfAbsent(reason, key -> new LongAdder()).increment();
  }

  /** A command was answered with this error. */
  void error(String message) {
    errors.increment();
    int space = message.indexOf(' ');
    String code = space < 0 ? message : message.substring(0, space);
    LongAdder count = errorsByCode.get(code);
    if (count == null && errorsByCode.size() < MOST_CODES) {
      count = errorsByCode.computeIfAbsent(code, unused -> new LongAdder());
    }
    if (count != null) {
      count.increment();
    }
  }

  /**
   * Takes a sample of what was counted, for the rates. Called about ten times a second by one
   * thread.
   */
  void sample(Traffic traffic, long nanos) {
    commandRate.sample(traffic.commands(), nanos);
    inputRate.sample(traffic.bytesIn(), nanos);
    outputRate.sample(traffic.bytesOut(), nanos);
  }

  /** Remembers the most memory that was ever in use. */
  public void sawMemory(long bytes) {
    long unused = peakMemory.accumulateAndGet(bytes, Math::max);
  }

  /**
   * Starts again from zero.
   *
   * @param expired how many keys have ever expired, of which nothing is counted from here on
   * @param expiredFields the same for fields of hashes
   * @param evicted the same for keys that were evicted
   */
  public void reset(long expired, long expiredFields, long evicted) {
    expiredBefore = expired;
    expiredFieldsBefore = expiredFields;
    evictedBefore = evicted;
    connections.reset();
    refused.reset();
    errors.reset();
    evictedClients.reset();
    refusedByReason.clear();
    errorsByCode.clear();
  }

  /**
   * The number of keys that have expired since the start or the last {@link #reset}, of all that
   * ever have.
   */
  public long expiredOf(long ever) {
    return ever - expiredBefore;
  }

  /** The same for fields of hashes. */
  public long expiredFieldsOf(long ever) {
    return ever - expiredFieldsBefore;
  }

  /** The same for keys that were evicted. */
  public long evictedOf(long ever) {
    return ever - evictedBefore;
  }

  /** The commands that took much of something. */
  public CommandLog log(LogKind kind) {
    return Objects.requireNonNull(logs.get(kind));
  }

  public LatencyMonitor latencyMonitor() {
    return latencyMonitor;
  }

  /** Which keys cost most, while somebody asks. */
  public KeyCosts keyCosts() {
    return keyCosts;
  }

  /** Commands in a second. */
  public Rate commandRate() {
    return commandRate;
  }

  /** Bytes received in a second. */
  public Rate inputRate() {
    return inputRate;
  }

  /** Bytes sent in a second. */
  public Rate outputRate() {
    return outputRate;
  }

  /** The most bytes of memory that were ever in use. */
  public long peakMemory() {
    return peakMemory.get();
  }

  public long connections() {
    return connections.sum();
  }

  public long refusals() {
    return refused.sum();
  }

  public long errors() {
    return errors.sum();
  }

  public long evictedClients() {
    return evictedClients.sum();
  }

  /** How often the access list refused something for this reason. */
  public long refusals(Reason reason) {
    LongAdder count = refusedByReason.get(reason);
    return count == null ? 0 : count.sum();
  }

  /** The number of error replies by their code. */
  public Map<String, LongAdder> errorsByCode() {
    return errorsByCode;
  }
}
