package dev.redistill.command;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts since the start that belong to no single session. */
public final class Statistics {

  private static final int MOST_CODES = 128;

  private final LongAdder connections = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder errors = new LongAdder();
  private final LongAdder failedLogins = new LongAdder();
  private final Map<String, LongAdder> errorsByCode = new ConcurrentHashMap<>();

  /** A client was accepted. */
  public void connected() {
    connections.increment();
  }

  /** A client was refused because there are too many. */
  public void refused() {
    refused.increment();
  }

  /** A login failed. */
  public void loginFailed() {
    failedLogins.increment();
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

  /** Starts again from zero. */
  public void reset() {
    connections.reset();
    refused.reset();
    errors.reset();
    failedLogins.reset();
    errorsByCode.clear();
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

  public long failedLogins() {
    return failedLogins.sum();
  }

  /** The number of error replies by their code. */
  public Map<String, LongAdder> errorsByCode() {
    return errorsByCode;
  }
}
