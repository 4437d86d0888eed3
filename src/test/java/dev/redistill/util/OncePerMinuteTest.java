package dev.redistill.util;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class OncePerMinuteTest {

  @Test
  void ofAThousandEventsInFiveMinutes_fiveAreToldOf() {
    OncePerMinute once = new OncePerMinute();
    ManualClock clock = new ManualClock();
    int told = 0;
    for (int i = 0; i < 1000; i++) {
      told += once.isTime(clock.millis()) ? 1 : 0;
      clock.advance(300);
    }
    assertThat(told).isEqualTo(5);
  }
}
