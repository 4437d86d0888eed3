package dev.redistill.snapshot;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** What a snapshot needs of the file system; tests let it fail. */
interface Disk {

  /** The file system itself. */
  Disk REAL = new Disk() {};

  /** The rights of a file that only its owner may read. */
  FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  /** Makes a file that only its owner may read, in the place of what was there. */
  default FileChannel create(Path file) throws IOException {
    Files.deleteIfExists(file);
    return FileChannel.open(
        file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OWNER_ONLY);
  }

  /** Makes a file that nobody else sees and that is gone when it is closed, whatever happens. */
  default FileChannel scratch(Path file) throws IOException {
    Files.deleteIfExists(file);
    return FileChannel.open(
        file,
        Set.of(
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE),
        OWNER_ONLY);
  }

  /** Waits until everything written to a file is on the disk. */
  default void force(FileChannel channel) throws IOException {
    channel.force(true);
  }

  /** Lets a second name stand for a file; where that cannot be, for a copy of it. */
  default void link(Path file, Path second) throws IOException {
    Files.deleteIfExists(second);
    try {
      Files.createLink(second, file);
    } catch (UnsupportedOperationException e) {
      Files.copy(file, second);
    }
  }

  /** Gives a file another name, in the place of what has that. */
  default void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Waits until the names in a directory are on the disk. */
  default void forceDirectory(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
