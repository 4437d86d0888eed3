package dev.redistill.it;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A client that goes on writing new keys, more than the server has room for. */
final class Flood implements AutoCloseable {
  private static final int BATCH = 200;
  private static final String VALUE = "x".repeat(500);

  private final RawClient client;
  private final Thread thread;
  private volatile boolean stopped;
  private volatile String failure = "";

  private Flood(RawClient client) {
    this.client = client;
    thread = Thread.ofPlatform().daemon().unstarted(this::run);
  }

  /** Begins to write. */
  static Flood start(ServerProcess server) throws IOException {
    Flood flood = new Flood(server.connect());
    flood.thread.start();
    return flood;
  }

  /** What it was told that it should not have been. */
  String failure() {
    return failure;
  }

  private void run() {
    try (client) {
      for (int first = 0; !stopped; first += BATCH) {
        write(first);
      }
    } catch (IOException e) {
      failure = String.valueOf(e.getMessage());
    }
  }

  private void write(int first) throws IOException {
    List<String> requests = new ArrayList<>();
    for (int i = first; i < first + BATCH; i++) {
      requests.add(Wire.request("SET", "key:" + i, VALUE + i));
    }
    client.send(String.join("", requests));
    for (int i = 0; i < BATCH; i++) {
      String reply = client.read();
      if (!reply.equals("+OK\r\n")) {
        throw new IOException(reply);
      }
    }
  }

  @Override
  public void close() {
    stopped = true;
    try {
      thread.join(10_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
