package dev.redistill.net;

import dev.redistill.config.BadValueException;
import dev.redistill.config.Config;
import dev.redistill.config.Settings;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The file descriptors of the process, of which each client takes one. */
final class Descriptors {

  private static final Logger LOG = System.getLogger(Descriptors.class.getName());
  private static final String LIMIT = "Max open files";

  /** What the server needs besides its clients: files, listeners, selectors. */
  private static final long RESERVED = 64;

  /** What the HTTP port may take besides, if there is one. */
  private static final long RESERVED_FOR_HTTP = 64;

  private Descriptors() {}

  /** Keeps {@code maxclients} at what the process has descriptors for, now and when it is set. */
  static void bound(Config config) {
    bound(config, limit());
  }

  static void bound(Config config, long limit) {
    boolean http = config.number(Settings.METRICS_PORT) != 0;
    long most = Math.max(1, limit - RESERVED - (http ? RESERVED_FOR_HTTP : 0));
    if (config.number(Settings.MAXCLIENTS) > most) {
      LOG.log(
          Level.WARNING,
          "maxclients has been reduced to {0}: the process may have {1} files open. If you need"
              + " more, raise \"ulimit -n\".",
          Long.toString(most),
          Long.toString(limit));
      config.set(List.of(Settings.MAXCLIENTS.name(), Long.toString(most)), true);
    }
    config.onChange(
        Settings.MAXCLIENTS,
        () -> {
          if (config.number(Settings.MAXCLIENTS) > most) {
            throw new BadValueException(
                "The operating system is not able to handle the specified number of clients, try"
                    + " with "
                    + most);
          }
        });
  }

  private static long limit() {
    try {
      return limit(Files.readAllLines(Path.of("/proc/self/limits")));
    } catch (IOException e) {
      return Long.MAX_VALUE;
    }
  }

  /** The number of files a process may open, by the lines of /proc/PID/limits. */
  static long limit(List<String> lines) {
    for (String line : lines) {
      if (line.startsWith(LIMIT)) {
        String soft = line.substring(LIMIT.length()).strip().split("\\s+", 2)[0];
        return soft.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(soft);
      }
    }
    return Long.MAX_VALUE;
  }
}
