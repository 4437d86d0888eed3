package dev.redistill.snapshot;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/** A snapshot on its way to somebody, no faster than that one takes it. Confined to one thread. */
final class SnapshotStream extends OutputStream {

  private static final int MOST_WAITING = 1 << 20;
  private static final long PATIENCE_NANOS = 500_000;

  private final Receiver receiver;
  private final SaveProgress progress;

  SnapshotStream(Receiver receiver, SaveProgress progress) {
    this.receiver = receiver;
    this.progress = progress;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return;
    }
    long waiting = receiver.waiting();
    while (waiting > MOST_WAITING) {
      if (progress.isCancelled()) {
        throw new IOException("cancelled");
      }
      LockSupport.parkNanos(PATIENCE_NANOS);
      waiting = receiver.waiting();
    }
    if (waiting < 0) {
      throw new IOException("the connection has ended");
    }
    receiver.take(Arrays.copyOfRange(bytes, offset, offset + length));
  }
}
