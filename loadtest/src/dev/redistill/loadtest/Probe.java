package dev.redistill.loadtest;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;

/** A client that is served all the time, about a thousand times a second, and notes how fast. */
final class Probe implements AutoCloseable {
  private static final long LONGEST = TimeUnit.MINUTES.toNanos(2);
  private static final long PAUSE = 1_000_000;

  private final Client client;
  private final LongSupplier ticker;
  private final Thread thread;
  private volatile boolean stopped;
  private volatile String failure = "";
  private Histogram latencies = new Histogram(LONGEST, 3);

  Probe(InetSocketAddress address, LongSupplier ticker) throws IOException {
    this.ticker = ticker;
    client = new Client(address);
    thread = Thread.ofPlatform().name("probe").daemon().start(this::run);
  }

  private void run() {
    try {
      while (!stopped) {
        long begin = ticker.getAsLong();
        client.ping();
        record(ticker.getAsLong() - begin);
        LockSupport.parkNanos(PAUSE);
      }
    } catch (IOException e) {
      failure = "the probe was cut off: " + e.getMessage();
    }
  }

  private synchronized void record(long nanos) {
    latencies.recordValue(Math.min(nanos, LONGEST));
  }

  /** The latencies since the last time. */
  synchronized Histogram take() {
    Histogram taken = latencies;
    latencies = new Histogram(LONGEST, 3);
    return taken;
  }

  /** What has gone wrong, or nothing. */
  String failure() {
    return failure;
  }

  @Override
  public void close() throws IOException {
    stopped = true;
    client.close();
    thread.interrupt();
  }
}
