package dev.redistill.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

final class ProcessFiguresTest {

  @Test
  @EnabledOnOs(OS.LINUX)
  void linux_saysWhatTheProcessTakes() {
    long resident = ProcessFigures.residentMemory();
    assertThat(resident).isGreaterThan(10_000_000);
    assertThat(ProcessFigures.totalMemory()).isGreaterThan(resident);
    assertThat(ProcessFigures.cpuTime().user()).isPositive();
    assertThat(ProcessFigures.cpuTime().system()).isNotNegative();
  }
}
