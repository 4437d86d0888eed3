package dev.redistill.snapshot;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The right to write snapshots to a directory, which one server has at a time. It ends with the
 * process, however that ends. Used by one thread at a time.
 */
final class DirectoryLock implements AutoCloseable {

  private static final String NAME = "redistill.lock";

  private @Nullable Path directory;
  private @Nullable FileChannel channel;

  /** Takes the lock of a directory unless it is held already; answers whether it was taken now. */
  boolean hold(Path wanted) throws IOException {
    Path real = wanted.toRealPath();
    if (real.equals(directory)) {
      return false;
    }
    FileChannel opened =
        FileChannel.open(real.resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!lock(opened)) {
      opened.close();
      throw new IOException("another server writes its snapshots to " + real);
    }
    close();
    directory = real;
    channel = opened;
    return true;
  }

  private static boolean lock(FileChannel opened) throws IOException {
    try {
      FileLock lock = opened.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
    }
    channel = null;
    directory = null;
  }
}
