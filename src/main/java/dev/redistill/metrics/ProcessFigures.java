package dev.redistill.metrics;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the operating system says of this process and machine; 0 where it does not say. */
public final class ProcessFigures {

  private static final Path PROC = Path.of("/proc");

  /** The unit of the times in /proc, which Linux keeps for programs whatever its own timer does. */
  private static final double TICKS_PER_SECOND = 100;

  private static final int USER_TIME = 11;

  private ProcessFigures() {}

  /**
   * Processor time.
   *
   * @param user seconds in the program
   * @param system seconds in the kernel
   */
  public record CpuTime(double user, double system) {}

  /** The processor time that this process has used. */
  public static CpuTime cpuTime() {
    String stat = read("self/stat");
    String[] fields = stat.substring(stat.lastIndexOf(')') + 1).trim().split(" ", -1);
    if (fields.length <= USER_TIME + 1) {
      return new CpuTime(0, 0);
    }
    return new CpuTime(
        Long.parseLong(fields[USER_TIME]) / TICKS_PER_SECOND,
        Long.parseLong(fields[USER_TIME + 1]) / TICKS_PER_SECOND);
  }

  /** Bytes of memory that this process occupies. */
  public static long residentMemory() {
    return kilobytes("self/status", "VmRSS:");
  }

  /** Bytes of memory that the machine has. */
  public static long totalMemory() {
    return kilobytes("meminfo", "MemTotal:");
  }

  private static long kilobytes(String file, String field) {
    for (String line : List.of(read(file).split("\n", -1))) {
      if (line.startsWith(field)) {
        String number = line.substring(field.length()).replace("kB", "").trim();
        return Long.parseLong(number) * 1024;
      }
    }
    return 0;
  }

  private static String read(String file) {
    try {
      return new String(Files.readAllBytes(PROC.resolve(file)), US_ASCII);
    } catch (IOException e) {
      return "";
    }
  }
}
