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
    checkUsers(config, problems);
    checkHeap(config.bytes(Settings.MAXMEMORY), Runtime.getRuntime().maxMemory(), problems);
    config.file(Settings.LOGFILE).ifPresent(file -> checkLogFile(file, problems));
    return problems;
  }

  private static void checkListeners(Config config, List<String> problems) {
    boolean port = config.integer(Settings.PORT) != 0 || config.integer(Settings.TLS_PORT) != 0;
    boolean tcp = port && !config.addresses().isEmpty();
    if (!tcp && config.text(Settings.UNIXSOCKET).isEmpty()) {
      problems.add("Configured to not listen anywhere, exiting.");
    }
  }

  /**
   * Refuses to be open to other machines without a password, unless that is said to be meant. Where
   * users are given, what they say of the default user counts, which is known later.
   */
  private static void checkProtection(Config config, List<String> problems) {
    boolean users =
        !config.text(Settings.ACLFILE).isEmpty() || !config.startNotes().users().isEmpty();
    if (!users && config.text(Settings.REQUIREPASS).isEmpty()) {
      problems.addAll(exposures(config));
    }
  }

  /** Checks that users are given in one way. */
  private static void checkUsers(Config config, List<String> problems) {
    if (!config.text(Settings.ACLFILE).isEmpty() && !config.startNotes().users().isEmpty()) {
      problems.add(
          "users are given by aclfile and by user lines: which of them count is not clear; give"
              + " either the one or the others");
    }
  }

  /** Returns what is wrong with each address of a server that asks for no password. */
  static List<String> exposures(Config config) {
    List<String> problems = new ArrayList<>();
    boolean certified = config.text(Settings.TLS_AUTH_CLIENTS).equals("yes");
    boolean open =
        config.integer(Settings.PORT) != 0
            || (config.integer(Settings.TLS_PORT) != 0 && !certified);
    if (!open || !config.flag(Settings.PROTECTED_MODE)) {
      return problems;
    }
    for (BindAddress address : config.addresses()) {
      if (!address.isLoopback()) {
        problems.add(
            "bind %s: other machines could connect without a password; ".formatted(address.host())
                + "set requirepass, or protected-mode no if that is meant");
      }
    }
    return problems;
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
