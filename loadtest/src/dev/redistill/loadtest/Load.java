package dev.redistill.loadtest;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLContext;
import org.HdrHistogram.Histogram;

/** A load that runs from {@link #start} to {@link #close}. */
final class Load implements AutoCloseable {
  /**
   * How a load is generated.
   *
   * @param threads loops, each with its share of the connections
   * @param rate commands offered per second by all together, or 0 for a closed loop
   * @param seed of the keys and of their order
   * @param tls whether it is encrypted
   */
  record Drive(int threads, double rate, long seed, boolean tls) {
    static final Drive DEFAULT = new Drive(1, 0, 1, false);

    Drive withRate(double other) {
      return new Drive(threads, other, seed, tls);
    }

    Drive overTls() {
      return new Drive(threads, rate, seed, true);
    }
  }

  /** What has been counted at one moment. */
  record Sample(long nanos, long operations, long generatorCpuNanos) {}

  private static final double NANOS_PER_SECOND = 1e9;

  private final List<Loop> loops = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final CountDownLatch failed = new CountDownLatch(1);
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final LongSupplier ticker;

  private Load(LongSupplier ticker) {
    this.ticker = ticker;
  }

  /** Connects, and begins to send. The keys must be there. */
  static Load start(InetSocketAddress address, Workload workload, Drive drive, LongSupplier ticker)
      throws IOException {
    Batches batches = Batches.build(workload, new SplittableRandom(drive.seed()));
    int count = Math.min(drive.threads(), workload.connections());
    double interval =
        drive.rate() == 0 ? 0 : NANOS_PER_SECOND * workload.pipeline() * count / drive.rate();
    Load load = new Load(ticker);
    try {
      for (int i = 0; i < count; i++) {
        int share = (workload.connections() + i) / count;
        int firstBatch = (int) ((long) batches.count() * i / count);
        load.loops.add(
            new Loop(batches, connect(address, share, drive.tls()), interval, firstBatch, ticker));
      }
      load.startThreads();
      return load;
    } catch (IOException | RuntimeException e) {
      load.close();
      throw e;
    }
  }

  private static List<Wire> connect(InetSocketAddress address, int count, boolean tls)
      throws IOException {
    List<Wire> wires = new ArrayList<>();
    SSLContext context = TlsWire.context();
    for (int i = 0; i < count; i++) {
      SocketChannel channel = SocketChannel.open(address);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      wires.add(tls ? TlsWire.open(channel, context) : new Wire.Plain(channel));
    }
    return wires;
  }

  private void startThreads() {
    for (Loop loop : loops) {
      threads.add(
          Thread.ofPlatform()
              .name("loop-" + threads.size())
              .daemon()
              .uncaughtExceptionHandler((thread, problem) -> fail(problem))
              .start(loop));
    }
  }

  private void fail(Throwable problem) {
    failure.compareAndSet(null, problem);
    failed.countDown();
  }

  /**
   * Lets the load go on for a time.
   *
   * @throws IOException when a loop has failed
   */
  void go(Duration time) throws IOException, InterruptedException {
    if (failed.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
      throw new IOException("the load broke off: " + failure.get(), failure.get());
    }
  }

  Sample sample() {
    long operations = 0;
    for (Loop loop : loops) {
      operations += loop.tally().operations();
    }
    long cpu = 0;
    for (Thread thread : threads) {
      cpu += ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.threadId());
    }
    return new Sample(ticker.getAsLong(), operations, cpu);
  }

  /** Latencies of the batches since the last call, in nanoseconds. */
  Histogram takeLatencies() {
    Histogram all = loops.getFirst().tally().takeLatencies();
    for (Loop loop : loops.subList(1, loops.size())) {
      all.add(loop.tally().takeLatencies());
    }
    return all;
  }

  /** All faults since the start. */
  Faults faults() {
    Faults faults = Faults.NONE;
    for (Loop loop : loops) {
      faults = faults.plus(loop.tally().faults());
    }
    return faults;
  }

  /** Stops the threads, and returns how many batches were due and had not been sent. */
  long stop() throws InterruptedException {
    long overdue = 0;
    for (Loop loop : loops) {
      loop.stop();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    for (Loop loop : loops) {
      overdue += loop.overdue();
    }
    return overdue;
  }

  @Override
  public void close() throws IOException {
    for (Loop loop : loops) {
      loop.stop();
    }
    for (Thread thread : threads) {
      joinUninterrupted(thread);
    }
    for (Loop loop : loops) {
      loop.close();
    }
  }

  private static void joinUninterrupted(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
