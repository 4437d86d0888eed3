package dev.redistill.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MachineMemoryTest {

  private static final long MEGABYTE = 1 << 20;

  @TempDir private Path root;

  private void file(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private long megabytes() {
    return new MachineMemory(root).bytes() / MEGABYTE;
  }

  @Test
  void machine_withoutGroups() throws IOException {
    file("proc/meminfo", "MemTotal:        8388608 kB\nMemFree:  17 kB\n");

    assertThat(megabytes()).isEqualTo(8192);
  }

  @Test
  void versionTwo_takesTheLowestLimitOnTheWayUp() throws IOException {
    file("proc/meminfo", "MemTotal:        8388608 kB\n");
    file("proc/self/cgroup", "0::/system.slice/redistill.service\n");
    file("sys/fs/cgroup/system.slice/memory.max", (1024 * MEGABYTE) + "\n");
    file("sys/fs/cgroup/system.slice/redistill.service/memory.max", "max\n");
    assertThat(megabytes()).isEqualTo(1024);

    file("sys/fs/cgroup/system.slice/redistill.service/memory.max", (256 * MEGABYTE) + "\n");
    assertThat(megabytes()).isEqualTo(256);
  }

  @Test
  void versionTwo_insideAContainer_isTheTopGroup() throws IOException {
    file("proc/meminfo", "MemTotal:        8388608 kB\n");
    file("proc/self/cgroup", "0::/\n");
    file("sys/fs/cgroup/memory.max", (256 * MEGABYTE) + "\n");

    assertThat(megabytes()).isEqualTo(256);
  }

  @Test
  void versionOne_hasAGroupForMemory() throws IOException {
    file("proc/meminfo", "MemTotal:        8388608 kB\n");
    file("proc/self/cgroup", "5:cpu,cpuacct:/a\n4:memory:/docker/abc\n");
    file("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
    assertThat(megabytes()).isEqualTo(8192);

    file("sys/fs/cgroup/memory/docker/abc/memory.limit_in_bytes", (1024 * MEGABYTE) + "\n");
    assertThat(megabytes()).isEqualTo(1024);
  }

  @Test
  void nothingThatTells_isNoLimit() {
    assertThat(new MachineMemory(root).bytes()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void limitThatTheHeapCannotHold_isAProblemWithBothNumbers() {
    List<String> problems = new ArrayList<>();
    StartChecks.checkHeap(300 * MEGABYTE, 416 * MEGABYTE, problems);
    assertThat(problems).isEmpty();

    StartChecks.checkHeap(301 * MEGABYTE, 416 * MEGABYTE, problems);
    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst()).contains("301mb", "416mb");
  }
}
