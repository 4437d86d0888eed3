package dev.redistill.loadtest;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * System calls of a process by perf.
 *
 * @param perSecond calls per second by name; {@link #ALL} is the sum of all, named here or not
 */
record Syscalls(Map<String, Double> perSecond) {
  /** The name of the sum. */
  static final String ALL = "all";

  private static final String ALL_EVENT = "raw_syscalls:sys_enter";
  private static final String EVENT = "syscalls:sys_enter_";
  private static final List<String> NAMES =
      List.of("read", "write", "epoll_ctl", "epoll_wait", "futex");
  private static final Pattern COUNT = Pattern.compile("^ *([0-9,]+) +(\\S+:\\S+)");
  private static final Pattern ELAPSED = Pattern.compile("^ *([0-9.]+) +seconds time elapsed");

  /**
   * Counts the calls of a process for some time.
   *
   * @throws IOException when perf is not there or may not count
   */
  static Syscalls count(long pid, Duration time) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("perf", "stat", "-e", ALL_EVENT));
    for (String name : NAMES) {
      command.addAll(List.of("-e", EVENT + name));
    }
    String seconds = Double.toString(time.toMillis() / 1e3);
    command.addAll(List.of("-p", Long.toString(pid), "--", "sleep", seconds));
    return parse(Shell.run(command));
  }

  /** The calls that a report of perf names. */
  static Syscalls parse(String report) throws IOException {
    Map<String, Double> counts = new LinkedHashMap<>();
    double elapsed = 0;
    for (String line : report.lines().toList()) {
      Matcher count = COUNT.matcher(line);
      if (count.find()) {
        String name = count.group(2).equals(ALL_EVENT) ? ALL : name(count.group(2));
        counts.put(name, Double.parseDouble(count.group(1).replace(",", "")));
      }
      Matcher time = ELAPSED.matcher(line);
      if (time.find()) {
        elapsed = Double.parseDouble(time.group(1));
      }
    }
    if (elapsed == 0 || !counts.containsKey(ALL)) {
      throw new IOException("perf did not count system calls: " + report.strip());
    }
    double seconds = elapsed;
    counts.replaceAll((name, count) -> count / seconds);
    return new Syscalls(counts);
  }

  private static String name(String event) {
    return event.substring(EVENT.length());
  }
}
