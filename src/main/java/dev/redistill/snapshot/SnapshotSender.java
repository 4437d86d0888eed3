package dev.redistill.snapshot;

import dev.redistill.store.Keyspace;
import dev.redistill.util.Clock;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.util.function.Supplier;

/**
 * Sends snapshots to others: those who can find the end by themselves get it as it is made, those
 * who have to know its size before get it by way of a file that nobody else sees. Confined to the
 * thread that writes snapshots.
 */
final class SnapshotSender {

  private static final Logger LOG = System.getLogger(SnapshotSender.class.getName());
  private static final int BUFFER = 1 << 18;

  private final Keyspace keyspace;
  private final Clock clock;
  private final Supplier<SnapshotOptions> options;
  private final Disk disk;

  SnapshotSender(Keyspace keyspace, Clock clock, Supplier<SnapshotOptions> options, Disk disk) {
    this.keyspace = keyspace;
    this.clock = clock;
    this.options = options;
    this.disk = disk;
  }

  /** Sends one; answers whether that went well. */
  boolean send(Receiver receiver, SaveProgress progress) {
    SnapshotOptions wanted = options.get();
    SnapshotContent content = new SnapshotContent(keyspace, wanted, clock.millis(), progress);
    try {
      SnapshotStream stream = new SnapshotStream(receiver, progress);
      long size =
          receiver.wantsSize()
              ? sendFile(content, wanted, receiver, stream)
              : write(content, new RdbOutput(stream, wanted.compresses()));
      LOG.log(
          Level.INFO,
          "sent a snapshot to {0}: {1} keys, {2} bytes",
          receiver.name(),
          progress.done(),
          Long.toString(size));
      return true;
    } catch (IOException e) {
      LOG.log(
          Level.WARNING, "sending a snapshot to {0} failed: {1}", receiver.name(), e.getMessage());
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "sending a snapshot to " + receiver.name() + " failed", e);
    }
    return false;
  }

  private static long write(SnapshotContent content, RdbOutput output) throws IOException {
    content.writeTo(output);
    output.flush();
    return output.size();
  }

  private long sendFile(
      SnapshotContent content, SnapshotOptions wanted, Receiver receiver, SnapshotStream stream)
      throws IOException {
    try (FileChannel file =
        disk.scratch(wanted.directory().resolve("temp-sync-" + wanted.name()))) {
      RdbOutput output = new RdbOutput(Channels.newOutputStream(file), wanted.compresses());
      long size = write(content, output);
      receiver.size(size);
      file.position(0);
      InputStream input = Channels.newInputStream(file);
      byte[] buffer = new byte[BUFFER];
      for (int read = input.read(buffer); read >= 0; read = input.read(buffer)) {
        stream.write(buffer, 0, read);
      }
      return size;
    }
  }
}
