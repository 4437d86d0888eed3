package dev.redistill.it;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Clients that work at the same time, each in its own thread on its own connection, and begin
 * together.
 */
final class Together implements AutoCloseable {
  private final ServerProcess server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Future<?>> working = new ArrayList<>();
  private final List<Future<?>> background = new ArrayList<>();
  private final CountDownLatch begin = new CountDownLatch(1);
  private final AtomicBoolean ending = new AtomicBoolean();

  Together(ServerProcess server) {
    this.server = server;
  }

  /** What one client does. */
  @FunctionalInterface
  interface Work {
    void run(RawClient client, int number) throws Exception;
  }

  /** Adds clients that work to an end. */
  Together add(int clients, Work work) {
    for (int i = 0; i < clients; i++) {
      int number = i;
      working.add(threads.submit(() -> connected(work, number)));
    }
    return this;
  }

  /** Adds clients that do the same again and again until the others have come to their end. */
  Together meanwhile(int clients, Work work) {
    Work again =
        (client, number) -> {
          while (!ending.get()) {
            work.run(client, number);
          }
        };
    for (int i = 0; i < clients; i++) {
      int number = i;
      background.add(threads.submit(() -> connected(again, number)));
    }
    return this;
  }

  private Void connected(Work work, int number) throws Exception {
    try (RawClient client = server.connect()) {
      begin.await();
      work.run(client, number);
      return null;
    }
  }

  /** Lets all begin, waits for their end and passes on the first failure. */
  void run() throws Exception {
    begin.countDown();
    try {
      await(working);
    } finally {
      ending.set(true);
    }
    await(background);
  }

  private static void await(List<Future<?>> futures) throws Exception {
    for (Future<?> future : futures) {
      try {
        future.get();
      } catch (ExecutionException e) {
        throw e.getCause() instanceof Error error ? error : new AssertionError(e.getCause());
      }
    }
  }

  @Override
  public void close() {
    ending.set(true);
    threads.shutdownNow();
  }
}
