package dev.redistill.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** What must be true of a configuration as a whole before a server starts with it. */
final class StartChecks {

  private StartChecks() {}

  /** Returns what is wrong, one line for each. */
  static List<String> problems(Config config) {
    List<String> problems = new ArrayList<>();
    checkListeners(config, problems);
    checkProtection(config, problems);
    checkHeap(config.bytes(Settings.MAXMEMORY), Runtime.getRuntime().maxMemory(), problems);
    config.file(Settings.LOGFILE).ifPresent(file -> checkLogFile(file, problems));
    return problems;
  }

  private static void checkListeners(Config config, List<String> problems) {
    boolean tcp = config.integer(Settings.PORT) != 0 && !config.addresses().isEmpty();
    if (!tcp && config.text(Settings.UNIXSOCKET).isEmpty()) {
      problems.add("Configured to not listen anywhere, exiting.");
    }
  }

  /** Refuses to be open to other machines without a password, unless that is said to be meant. */
  private static void checkProtection(Config config, List<String> problems) {
    boolean unprotected =
        config.flag(Settings.PROTECTED_MODE) && config.text(Settings.REQUIREPASS).isEmpty();
    if (!unprotected || config.integer(Settings.PORT) == 0) {
      return;
    }
    for (BindAddress address : config.addresses()) {
      if (!address.isLoopback()) {
        problems.add(
            "bind %s: other machines could connect without a password; ".formatted(address.host())
                + "set requirepass, or protected-mode no if that is meant");
      }
    }
  }

  /** Refuses a limit that the heap cannot hold. */
  static void checkHeap(long limit, long heap, List<String> problems) {
    if (limit > HeapPlan.capacity(heap)) {
      problems.add(
          "maxmemory %s needs a heap of %s or more, and this one has %s; "
                  .formatted(megabytes(limit), megabytes(HeapPlan.heap(limit)), megabytes(heap))
              + "lower maxmemory, or raise REDISTILL_HEAP or leave it out");
    }
  }

  private static String megabytes(long bytes) {
    return (bytes >> 20) + "mb";
  }

  private static void checkLogFile(Path file, List<String> problems) {
    try {
      Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND).close();
    } catch (IOException e) {
      problems.add("Can't open the log file '" + file + "': " + ConfigFile.reason(e));
    }
  }
}
