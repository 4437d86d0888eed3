package dev.redistill.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what another thread or process brings about. */
final class Eventually {
  private Eventually() {}

  /** Fails when the condition does not come true within seconds. */
  static void eventually(String what, BooleanSupplier condition) {
    for (int tries = 0; tries < 1_000 && !condition.getAsBoolean(); tries++) {
      LockSupport.parkNanos(10_000_000);
    }
    assertThat(condition.getAsBoolean()).as(what).isTrue();
  }
}
