package dev.redistill;

import dev.redistill.config.Config;
import dev.redistill.config.Settings;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The file that tells others the process id while the server runs, if {@code pidfile} names one.
 */
record PidFile(Optional<Path> path) {

  private static final Logger LOG = System.getLogger(PidFile.class.getName());

  /** Writes the file; without it the server runs as well, so a failure is a warning. */
  static PidFile write(Config config) {
    Optional<Path> path = config.file(Settings.PIDFILE);
    if (path.isPresent()) {
      try {
        Files.writeString(path.get(), ProcessHandle.current().pid() + "\n");
      } catch (IOException e) {
        LOG.log(Level.WARNING, "cannot write the pidfile: " + e.getMessage());
        return new PidFile(Optional.empty());
      }
    }
    return new PidFile(path);
  }

  void delete() {
    if (path.isPresent()) {
      try {
        Files.deleteIfExists(path.get());
      } catch (IOException e) {
        LOG.log(Level.WARNING, "cannot delete the pidfile: " + e.getMessage());
      }
    }
  }
}
