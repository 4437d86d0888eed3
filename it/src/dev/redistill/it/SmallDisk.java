package dev.redistill.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;

/** A file system in memory of a certain size; only root can have one. */
final class SmallDisk implements AutoCloseable {
  private final Path where;

  private SmallDisk(Path where) {
    this.where = where;
  }

  /** Puts one over a directory; skips the test where that is not allowed. */
  static SmallDisk mount(Path where, String options) throws IOException, InterruptedException {
    assumeTrue(Program.exists("mount"), "skipped: no mount here");
    Program.Result result =
        new Program("mount", "-t", "tmpfs", "-o", options, "none", where.toString()).run();
    assumeTrue(result.exit() == 0, "skipped: mount is not allowed: " + result.err());
    return new SmallDisk(where);
  }

  Path where() {
    return where;
  }

  /** Changes its options. */
  void remount(String options) throws IOException, InterruptedException {
    run("mount", "-o", "remount," + options, where.toString());
  }

  private static void run(String... command) throws IOException, InterruptedException {
    Program.Result result = new Program(command).run();
    if (result.exit() != 0) {
      throw new IOException(String.join(" ", command) + ": " + result.err());
    }
  }

  @Override
  public void close() throws IOException {
    try {
      run("umount", "--lazy", where.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
