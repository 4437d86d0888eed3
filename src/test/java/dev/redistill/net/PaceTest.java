package dev.redistill.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redistill.util.ManualClock;
import org.junit.jupiter.api.Test;

final class PaceTest {

  private final ManualClock clock = new ManualClock();
  private final Pace pace = new Pace();

  /** How many pass in a time when all come as soon as they may. */
  private int passedIn(long millis, int perSecond) {
    long end = clock.nanos() + millis * 1_000_000;
    int count = 0;
    while (clock.nanos() < end) {
      clock.advanceNanos(Math.max(1000, pace.nanosToWait(clock.nanos(), perSecond)));
      count++;
    }
    return count;
  }

  @Test
  void aStorm_isLetInAtTheRate() {
    assertThat(passedIn(10_000, 400)).isBetween(3_990, 4_010);
  }

  @Test
  void whoComesAlone_doesNotWait() {
    for (int i = 0; i < 100; i++) {
      clock.advance(10);
      assertThat(pace.nanosToWait(clock.nanos(), 400)).isZero();
    }
  }

  @Test
  void afterSilence_onlyAFewPassAtOnce() {
    clock.advance(3_600_000);
    int atOnce = 0;
    while (pace.nanosToWait(clock.nanos(), 400) == 0) {
      atOnce++;
    }
    assertThat(atOnce).isBetween(5, 10);
  }

  @Test
  void zero_isNoLimit() {
    assertThat(passedIn(10, 0)).isEqualTo(10_000);
  }
}
