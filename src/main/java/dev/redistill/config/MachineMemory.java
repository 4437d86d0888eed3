package dev.redistill.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * How much memory there is for this process: that of the machine, or less if a control group (a
 * container, a unit of systemd) allows less.
 */
final class MachineMemory {

  private final Path root;

  /** Looks below a root directory, which is {@code /} but in tests. */
  MachineMemory(Path root) {
    this.root = root;
  }

  /** The memory in bytes; {@link Long#MAX_VALUE} if nothing tells. */
  long bytes() {
    long bytes = machine();
    for (String line : lines(root.resolve("proc/self/cgroup"))) {
      String[] parts = line.split(":", 3);
      if (parts.length == 3 && parts[1].isEmpty()) {
        bytes = Math.min(bytes, group(root.resolve("sys/fs/cgroup"), parts[2], "memory.max"));
      } else if (parts.length == 3 && List.of(parts[1].split(",")).contains("memory")) {
        Path memory = root.resolve("sys/fs/cgroup/memory");
        bytes = Math.min(bytes, group(memory, parts[2], "memory.limit_in_bytes"));
      }
    }
    return bytes;
  }

  private long machine() {
    for (String line : lines(root.resolve("proc/meminfo"))) {
      String[] words = line.split("\\s+", -1);
      if (words.length > 1 && words[0].equals("MemTotal:")) {
        return number(words[1]) << 10;
      }
    }
    return Long.MAX_VALUE;
  }

  /** The lowest limit of a group and those around it; inside a container its own is the top one. */
  private static long group(Path top, String name, String file) {
    long bytes = limit(top.resolve(file));
    Path group = top;
    for (String part : name.split("/", -1)) {
      group = group.resolve(part);
      bytes = Math.min(bytes, limit(group.resolve(file)));
    }
    return bytes;
  }

  private static long limit(Path file) {
    List<String> lines = lines(file);
    return lines.isEmpty() ? Long.MAX_VALUE : number(lines.getFirst().strip());
  }

  private static long number(String digits) {
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      return Long.MAX_VALUE;
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.isRegularFile(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      return List.of();
    }
  }
}
