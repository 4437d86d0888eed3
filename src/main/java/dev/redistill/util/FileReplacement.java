package dev.redistill.util;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Replaces files as a whole. */
public final class FileReplacement {

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  private FileReplacement() {}

  /**
   * Replaces a file: the bytes are on the disk under another name before they take the place of
   * what was there, so that whoever reads finds the one or the other. Only the owner may read it.
   */
  public static void write(Path file, byte[] content) throws IOException {
    write(file, content, OWNER_ONLY);
  }

  /** Does the same to a file that may be read as before, or by its owner if it is new. */
  public static void rewrite(Path file, byte[] content) throws IOException {
    boolean known = Files.exists(file);
    Path target = known ? file.toRealPath() : file;
    write(target, content, known ? Files.getPosixFilePermissions(target) : OWNER_ONLY);
  }

  private static void write(Path file, byte[] content, Set<PosixFilePermission> permissions)
      throws IOException {
    Path target = file.toAbsolutePath();
    Path draft =
        target.resolveSibling(target.getFileName() + ".tmp-" + ProcessHandle.current().pid());
    boolean unused = Files.deleteIfExists(draft);
    try {
      try (FileChannel channel =
          FileChannel.open(
              draft, Set.of(CREATE_NEW, WRITE), PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
        ByteBuffer bytes = ByteBuffer.wrap(content);
        while (bytes.hasRemaining()) {
          int unusedCount = channel.write(bytes);
        }
        channel.force(true);
      }
      Path permitted = Files.setPosixFilePermissions(draft, permissions);
      Path moved = Files.move(permitted, target, StandardCopyOption.ATOMIC_MOVE);
      try (FileChannel directory = FileChannel.open(parent(moved), READ)) {
        directory.force(true);
      }
    } finally {
      boolean unusedLeft = Files.deleteIfExists(draft);
    }
  }

  private static Path parent(Path file) {
    Path parent = file.getParent();
    return parent == null ? Path.of(".") : parent;
  }
}
