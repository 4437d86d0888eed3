package dev.redistill.auth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LoginThrottleTest {

  private static final String GUESSER = "203.0.113.7:50000";
  private static final long START = 1_700_000_000_000L;

  private final LoginThrottle throttle = new LoginThrottle();

  private void fail(String address, int times, long now) {
    for (int i = 0; i < times; i++) {
      throttle.failed(address, now);
    }
  }

  @Test
  void aFewMistakes_costNothing() {
    fail(GUESSER, LoginThrottle.FREE - 1, START);
    assertThat(throttle.attempt(GUESSER, START)).isZero();
  }

  @Test
  void moreOfThem_costMoreTimeEach() {
    fail(GUESSER, LoginThrottle.FREE, START);
    assertThat(throttle.attempt(GUESSER, START)).isEqualTo(100);
    throttle.waited();
    throttle.failed(GUESSER, START + 100);
    assertThat(throttle.attempt(GUESSER, START + 100)).isEqualTo(200);
    throttle.waited();
    fail(GUESSER, 100, START + 300);
    assertThat(throttle.attempt(GUESSER, START + 300)).isEqualTo(2000);
  }

  @Test
  void attemptsOfOneAddress_waitForOneAnotherAndThenAreRefused() {
    fail(GUESSER, 100, START);
    assertThat(throttle.attempt(GUESSER, START)).isEqualTo(2000);
    assertThat(throttle.attempt("203.0.113.7:50001", START)).isEqualTo(4000);
    assertThat(throttle.attempt("203.0.113.7:50002", START)).isEqualTo(LoginThrottle.REFUSED);
    assertThat(throttle.attempt(GUESSER, START + 4001)).isEqualTo(1999);
  }

  @Test
  void otherAddresses_noticeNothing() {
    fail(GUESSER, 100, START);
    for (int i = 0; i < 100; i++) {
      throttle.attempt(GUESSER, START);
    }
    assertThat(throttle.attempt("203.0.113.8:50000", START)).isZero();
    assertThat(throttle.attempt("127.0.0.1:50000", START)).isZero();
  }

  @Test
  void fewCanWaitAtOnce_howManyAddressesTheyMayComeFrom() {
    int waiting = 0;
    for (int i = 0; i < 200; i++) {
      String address = "203.0.113." + i + ":1";
      fail(address, 100, START);
      long wait = throttle.attempt(address, START);
      waiting += wait > 0 ? 1 : 0;
      assertThat(wait == LoginThrottle.REFUSED).isEqualTo(i >= LoginThrottle.MOST_WAITING);
    }
    assertThat(waiting).isEqualTo(LoginThrottle.MOST_WAITING);
    throttle.waited();
    assertThat(throttle.attempt("203.0.113.199:1", START)).isPositive();
  }

  @Test
  void aRightPassword_forgivesTheAddress() {
    fail(GUESSER, 100, START);
    throttle.succeeded(GUESSER);
    assertThat(throttle.attempt(GUESSER, START)).isZero();
  }

  @Test
  void time_forgivesToo() {
    fail(GUESSER, 100, START);
    assertThat(throttle.attempt(GUESSER, START + 600_001)).isZero();
    throttle.failed(GUESSER, START + 600_001);
    assertThat(throttle.attempt(GUESSER, START + 600_001)).isZero();
  }

  @Test
  void theTable_doesNotGrowWithTheAddresses() {
    for (int i = 0; i < 3 * LoginThrottle.MOST_ADDRESSES; i++) {
      throttle.failed("10." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255) + ":1", START);
    }
    assertThat(throttle.size()).isEqualTo(LoginThrottle.MOST_ADDRESSES);
  }

  @Test
  void oneMachine_doesNotGetAroundItByItsManyAddressesOfIpv6() {
    assertThat(LoginThrottle.origin("[2001:db8:1:2:0:0:0:9]:50000"))
        .isEqualTo(LoginThrottle.origin("[2001:db8:1:2:a:b:c:d]:9"))
        .isNotEqualTo(LoginThrottle.origin("[2001:db8:1:3:0:0:0:9]:50000"));
    assertThat(LoginThrottle.origin("[0:0:0:0:0:0:0:1]:50000")).isEqualTo("[0:0:0:0");
    assertThat(LoginThrottle.origin("192.0.2.1:1")).isEqualTo("192.0.2.1");
    assertThat(LoginThrottle.origin("/run/redis.sock:0")).isEqualTo("/run/redis.sock");
  }
}
