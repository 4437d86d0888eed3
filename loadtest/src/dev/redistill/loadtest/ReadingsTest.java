package dev.redistill.loadtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is read from the machine and its tools. */
final class ReadingsTest {
  @Test
  void stat_isReadAfterTheNameOfTheProcess() {
    String line = "6484 (a) b (c)) S 1 6484 6484 0 -1 4194560 9 0 0 0 731 42 5 6 20 0 7 0 99 1 2 3";
    assertThat(CpuTime.parseStat(line)).isEqualTo(7_730_000_000L);
  }

  @Test
  void cpuTime_isTheSumOfTheThreads() {
    CpuTime before = new CpuTime(Map.of("1", 100L, "2", 50L), 10_000_000);
    CpuTime after = new CpuTime(Map.of("1", 130L, "2", 55L, "3", 7L), 20_000_000);
    assertThat(after.since(before)).isEqualTo(42);
  }

  @Test
  void cpuTime_isThatOfTheProcess_whenAThreadHasEnded() {
    CpuTime before = new CpuTime(Map.of("1", 100L, "2", 50L), 10_000_000);
    CpuTime after = new CpuTime(Map.of("1", 130L), 30_000_000);
    assertThat(after.since(before)).isEqualTo(20_000_000);
  }

  @Test
  void cpuTimeOfThisProcess_grows() throws IOException {
    long pid = ProcessHandle.current().pid();
    CpuTime before = CpuTime.of(pid);
    long bits = 1;
    for (int i = 0; i < 30_000_000; i++) {
      bits = bits * 31 + i;
    }
    assertThat(bits).isNotZero();
    assertThat(CpuTime.of(pid).since(before)).isPositive();
    assertThat(Rss.of(pid)).isGreaterThan(1 << 20);
    assertThat(Jvm.is(pid)).isTrue();
  }

  @Test
  void residentMemory_isInKibibytes() {
    assertThat(Rss.parse(List.of("Name:\tjava", "VmPeak:\t 9 kB", "VmRSS:\t    2048 kB")))
        .isEqualTo(2 << 20);
  }

  @Test
  void perf_isReadByNameOfTheCall() throws IOException {
    String report =
        """
        Events disabled
        Events enabled
        40000;;raw_syscalls:sys_enter;1075414;100.00;;
        10000;;syscalls:sys_enter_read;1075414;100.00;;
        0;;syscalls:sys_enter_futex;1075414;100.00;;
        """;
    assertThat(Syscalls.parse(report))
        .isEqualTo(Map.of("all", 40_000L, "read", 10_000L, "futex", 0L));
  }

  @Test
  void perfThatCountsNothing_isRefused() {
    assertThatThrownBy(() -> Syscalls.parse("<not supported>;;raw_syscalls:sys_enter;0;0.00;;"))
        .isInstanceOf(IOException.class);
  }

  @Test
  void classHistogram_isReadByItsTotal() throws IOException {
    String histogram =
        """
        6484:
         num     #instances         #bytes  class name (module)
        -------------------------------------------------------
           1:        400000       22000000  [B (java.base@25.0.3)
        Total        476506       23175384
        """;
    assertThat(Jvm.parseHistogram(histogram)).isEqualTo(23_175_384);
  }

  @Test
  void allocations_areWhatCameBetweenFirstAndLastSample() {
    Instant start = Instant.ofEpochSecond(100);
    Allocations allocations =
        Allocations.of(
            List.of(
                new Allocations.Sample(start, "carrier-0", 1, 1_000),
                new Allocations.Sample(start, "carrier-1", 2, 5_000),
                new Allocations.Sample(start, "JFR Periodic Tasks", 3, 0),
                new Allocations.Sample(start.plusSeconds(1), "carrier-0", 1, 1_500),
                new Allocations.Sample(start.plusSeconds(2), "carrier-0", 1, 4_000),
                new Allocations.Sample(start.plusSeconds(2), "carrier-1", 2, 5_000),
                new Allocations.Sample(start.plusSeconds(2), "JFR Periodic Tasks", 3, 9_999)));
    assertThat(allocations.time()).isEqualTo(Duration.ofSeconds(2));
    assertThat(allocations.byThread()).isEqualTo(Map.of("carrier-0", 3_000L, "carrier-1", 0L));
    assertThat(allocations.total()).isEqualTo(3_000);
  }

  @Test
  void limitOfOpenFiles_isTheSoftOne() {
    String head = "Limit                     Soft Limit           Hard Limit           Units";
    assertThat(
            IdleCommand.openFiles(
                List.of(head, "Max open files            1024                 20000  files")))
        .isEqualTo(1024);
    assertThat(IdleCommand.openFiles(List.of("Max open files     unlimited   unlimited  files")))
        .isEqualTo(Integer.MAX_VALUE);
  }
}
