package dev.redistill.loadtest;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The CPU time, user and system, that a process has used.
 *
 * @param threads nanoseconds by thread, from /proc/PID/task/TID/schedstat
 * @param total nanoseconds of all threads, also of those that have ended, in steps of 10 ms, from
 *     /proc/PID/stat
 */
record CpuTime(Map<String, Long> threads, long total) {
  private static final Path PROC = Path.of("/proc");
  private static final long NANOS_PER_TICK = 10_000_000;
  private static final int USER_TICKS = 11;

  static CpuTime of(long pid) throws IOException {
    Path process = PROC.resolve(Long.toString(pid));
    Map<String, Long> threads = new HashMap<>();
    try (DirectoryStream<Path> tasks = Files.newDirectoryStream(process.resolve("task"))) {
      for (Path task : tasks) {
        readSchedstat(task, threads);
      }
    }
    return new CpuTime(threads, parseStat(Files.readString(process.resolve("stat"))));
  }

  private static void readSchedstat(Path task, Map<String, Long> threads) throws IOException {
    try {
      String line = Files.readString(task.resolve("schedstat"));
      long nanos = Long.parseLong(line.substring(0, line.indexOf(' ')));
      threads.put(task.getFileName().toString(), nanos);
    } catch (NoSuchFileException e) {
      threads.remove(task.getFileName().toString());
    }
  }

  /** User and system time of a line of /proc/PID/stat; the name before them may hold anything. */
  static long parseStat(String line) {
    String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
    long ticks = Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[USER_TICKS + 1]);
    return ticks * NANOS_PER_TICK;
  }

  /**
   * Nanoseconds used since an earlier reading: the sum of the threads, which is exact, unless a
   * thread has ended meanwhile.
   */
  long since(CpuTime earlier) {
    if (!threads.keySet().containsAll(earlier.threads.keySet())) {
      return total - earlier.total;
    }
    long nanos = 0;
    for (Map.Entry<String, Long> thread : threads.entrySet()) {
      nanos += thread.getValue() - earlier.threads.getOrDefault(thread.getKey(), 0L);
    }
    return nanos;
  }
}
