package dev.redistill.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class ExchangesIT {
  private static final String ALL = "";

  @BeforeAll
  static void needsRedis() {
    assumeTrue(ServerProcess.hasRedis(), "no " + ServerProcess.REDIS + " to compare with");
  }

  @Test
  void everyExchangeIsTheSameAsWithRedis() throws IOException {
    try (ServerProcess redis = ServerProcess.redis();
        ServerProcess ours = ServerProcess.redistill()) {
      Comparison comparison = new Comparison(Comparison.TABLE, false);

      comparison.run(redis.port(), ours.port(), ALL);

      System.out.println(comparison.report());
      assertThat(comparison.exchanges()).isGreaterThan(10_000);
      assertThat(comparison.differing()).as(comparison.report()).isZero();
    }
  }

  @Test
  void redisAgreesWithItself_soThatEveryDifferenceIsOurs() throws IOException {
    try (ServerProcess one = ServerProcess.redis();
        ServerProcess other = ServerProcess.redis()) {
      Comparison comparison = new Comparison(Comparison.TABLE, true);

      comparison.run(one.port(), other.port(), ALL);

      assertThat(comparison.exchanges()).isGreaterThan(10_000);
      assertThat(comparison.differing()).as(comparison.report()).isZero();
    }
  }

  @Test
  void theComparisonNoticesADifference() throws IOException {
    try (ServerProcess redis = ServerProcess.redis();
        ServerProcess other =
            ServerProcess.redis("--databases", "8", "--rename-command", "STRLEN", "LENGTH")) {
      Comparison comparison = new Comparison(Comparison.TABLE, true);

      comparison.run(redis.port(), other.port(), "STRLEN");

      assertThat(comparison.differing()).isPositive();
    }
  }
}
