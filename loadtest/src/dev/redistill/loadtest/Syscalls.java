package dev.redistill.loadtest;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts the system calls of a process, by perf. Counting starts and ends when perf has confirmed
 * it, because attaching takes perf a while.
 */
final class Syscalls implements AutoCloseable {
  /** The name of the sum of all calls, also of those that have no name here. */
  static final String ALL = "all";

  private static final String ALL_EVENT = "raw_syscalls:sys_enter";
  private static final String EVENT = "syscalls:sys_enter_";
  private static final List<String> NAMES =
      List.of("read", "write", "epoll_ctl", "epoll_wait", "futex");

  private final Process perf;

  private Syscalls(Process perf) {
    this.perf = perf;
  }

  /**
   * Begins to count the calls of a process.
   *
   * @throws IOException when perf is not there or may not count
   */
  static Syscalls start(long pid) throws IOException {
    List<String> command =
        new ArrayList<>(List.of("perf", "stat", "-x", ";", "-D", "-1", "--control", "fd:0,1"));
    command.addAll(List.of("-p", Long.toString(pid), "-e", ALL_EVENT));
    for (String name : NAMES) {
      command.addAll(List.of("-e", EVENT + name));
    }
    Syscalls syscalls = new Syscalls(new ProcessBuilder(command).start());
    try {
      syscalls.say("enable");
      return syscalls;
    } catch (IOException e) {
      syscalls.close();
      throw e;
    }
  }

  /** Ends counting; the calls by name. */
  Map<String, Long> end() throws IOException, InterruptedException {
    say("disable");
    Shell.run(List.of("kill", "-INT", Long.toString(perf.pid())));
    String report = new String(perf.getErrorStream().readAllBytes(), UTF_8);
    perf.waitFor();
    return parse(report);
  }

  private void say(String word) throws IOException {
    OutputStream control = perf.getOutputStream();
    control.write((word + "\n").getBytes(US_ASCII));
    control.flush();
    int c = perf.getInputStream().read();
    while (c != '\n') {
      if (c < 0) {
        String report = new String(perf.getErrorStream().readAllBytes(), UTF_8);
        throw new IOException("perf cannot count system calls: " + report.strip());
      }
      c = perf.getInputStream().read();
    }
  }

  /** The calls in a report of perf: lines of value, unit, event and more, between semicolons. */
  static Map<String, Long> parse(String report) throws IOException {
    Map<String, Long> calls = new LinkedHashMap<>();
    for (String line : report.lines().toList()) {
      String[] field = line.split(";", -1);
      if (field.length > 2 && field[0].matches("\\d+")) {
        String name = field[2].equals(ALL_EVENT) ? ALL : field[2].replace(EVENT, "");
        calls.put(name, Long.parseLong(field[0]));
      }
    }
    if (!calls.containsKey(ALL)) {
      throw new IOException("perf did not count system calls: " + report.strip());
    }
    return calls;
  }

  @Override
  public void close() {
    perf.destroy();
  }
}
