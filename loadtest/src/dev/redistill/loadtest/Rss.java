package dev.redistill.loadtest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads the resident memory of a process. */
final class Rss {
  private static final String PREFIX = "VmRSS:";

  private Rss() {}

  /** Resident bytes of a process. */
  static long of(long pid) throws IOException {
    return parse(Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")));
  }

  /** Resident bytes by the lines of /proc/PID/status. */
  static long parse(List<String> status) {
    String line = status.stream().filter(s -> s.startsWith(PREFIX)).findFirst().orElseThrow();
    return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
  }
}
