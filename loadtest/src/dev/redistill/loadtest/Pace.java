package dev.redistill.loadtest;

/** Decides when a connection sends its next batch. Confined to the loop's thread. */
sealed interface Pace permits ClosedPace, OpenPace {
  /** Sends a batch whose latency counts from {@code startedAt}. */
  interface Sender {
    void send(Connection connection, long startedAt);
  }

  /** The connection has no batch on its way, since {@code now}. */
  void free(Connection connection, long now);

  /** Sends what is due at {@code now}. */
  void sendDue(long now);

  /** How many milliseconds the loop may wait for a reply at {@code now}; 0 is not at all. */
  long patience(long now);

  /** Batches that are due at {@code now} and have not been sent. */
  long overdue(long now);
}
