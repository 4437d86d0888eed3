package dev.redistill.snapshot;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A snapshot in its directory, and how a new one takes its place: at any moment there is a complete
 * file under the name, or none if there was none.
 */
final class SnapshotFile {

  private static final int BUFFER = 1 << 18;

  /** Whoever writes what the file is to hold. */
  interface Content {

    void writeTo(RdbOutput output) throws IOException;
  }

  private final Disk disk;
  private final Path directory;
  private final Path file;
  private final Path previous;
  private final Path temporary;
  private final Path link;

  SnapshotFile(Disk disk, SnapshotOptions options) {
    this.disk = disk;
    directory = options.directory();
    file = options.file();
    previous = options.previous();
    temporary = directory.resolve("temp-" + options.name());
    link = directory.resolve("temp-" + options.name() + ".prev");
  }

  /** Removes what a server that was killed has left behind. */
  void clean() throws IOException {
    Files.deleteIfExists(temporary);
    Files.deleteIfExists(link);
  }

  /**
   * Writes the content, makes sure that it is on the disk, and puts it in the place of the file.
   */
  long replace(Content content, boolean compresses) throws IOException {
    try {
      long size = write(content, compresses);
      if (Files.exists(file)) {
        disk.link(file, link);
        disk.move(link, previous);
      }
      disk.move(temporary, file);
      disk.forceDirectory(directory);
      return size;
    } finally {
      clean();
    }
  }

  private long write(Content content, boolean compresses) throws IOException {
    RdbOutput output;
    try (FileChannel channel = disk.create(temporary)) {
      output = new RdbOutput(Channels.newOutputStream(channel), compresses);
      content.writeTo(output);
      output.flush();
      disk.force(channel);
    }
    verify(output.size(), output.checksum());
    return output.size();
  }

  private void verify(long size, long checksum) throws IOException {
    long found = 0;
    long crc = 0;
    byte[] buffer = new byte[BUFFER];
    try (InputStream input = Files.newInputStream(temporary)) {
      int read = input.read(buffer);
      while (read >= 0) {
        crc = Crc64.update(crc, buffer, 0, read);
        found += read;
        read = input.read(buffer);
      }
    }
    if (found != size || crc != checksum) {
      throw new IOException("the file does not hold what was written to it");
    }
  }
}
