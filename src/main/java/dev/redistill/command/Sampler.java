package dev.redistill.command;

import java.util.concurrent.locks.LockSupport;

/**
 * Looks ten times a second at what the server counts, for the rates and the peaks that INFO shows.
 */
public final class Sampler implements Runnable {

  private static final long INTERVAL_NANOS = 100_000_000;

  private final Services services;
  private volatile boolean stopped;

  public Sampler(Services services) {
    this.services = services;
  }

  /** Takes one sample. */
  public void sample() {
    Statistics statistics = services.statistics();
    Traffic traffic = services.sessions().traffic();
    statistics.sample(traffic, services.clock().nanos());
    services.keyFigures().tick(traffic.commands(), services.clock().millis());
    statistics.sawMemory(services.memory().survey());
    services.memory().relieve();
  }

  @Override
  public void run() {
    while (!stopped) {
      sample();
      LockSupport.parkNanos(INTERVAL_NANOS);
    }
  }

  /** Ends {@link #run} after its current sample. */
  public void stop() {
    stopped = true;
  }
}
