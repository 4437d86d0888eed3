package dev.redistill.loadtest;

/** Closed loop: a connection sends its next batch as soon as the last one is answered. */
record ClosedPace(Sender sender) implements Pace {
  private static final long PATIENCE = 100;

  @Override
  public void free(Connection connection, long now) {
    sender.send(connection, now);
  }

  @Override
  public void sendDue(long now) {}

  @Override
  public long patience(long now) {
    return PATIENCE;
  }

  @Override
  public long overdue(long now) {
    return 0;
  }
}
