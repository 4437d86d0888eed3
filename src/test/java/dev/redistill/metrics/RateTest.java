package dev.redistill.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RateTest {

  private static final long TENTH = 100_000_000;

  private final Rate rate = new Rate();

  @Test
  void aSteadyTotal_growsByNothing() {
    rate.sample(1000, TENTH);
    rate.sample(1000, 2 * TENTH);
    assertThat(rate.perSecond()).isZero();
  }

  @Test
  void theMean_isOfTheLastSixteenSamples() {
    for (int i = 0; i <= 16; i++) {
      rate.sample(i * 5L, i * TENTH);
    }
    assertThat(rate.perSecond()).isEqualTo(50);
    for (int i = 17; i <= 24; i++) {
      rate.sample(80, i * TENTH);
    }
    assertThat(rate.perSecond()).isEqualTo(25);
  }

  @Test
  void aTotalThatStartsAgain_isNoNegativeRate() {
    rate.sample(1000, TENTH);
    rate.sample(3, 2 * TENTH);
    assertThat(rate.perSecond()).isZero();
  }

  @Test
  void twoSamplesAtOneTime_areOne() {
    rate.sample(0, TENTH);
    rate.sample(5, TENTH);
    assertThat(rate.perSecond()).isZero();
  }
}
