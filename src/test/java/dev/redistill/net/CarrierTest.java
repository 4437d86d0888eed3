package dev.redistill.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whose turn it is on a carrier that schedules its threads itself. */
@Timeout(60)
final class CarrierTest {

  private static final int TURNS = 5;
  private static final int MOST_SECONDS = 30;

  @Test
  void whoHasHadItsShare_isBehindAllOthers_oneInEachRound() throws Exception {
    assumeTrue(CustomScheduler.isAvailable(), "this JDK schedules virtual threads itself");
    Carrier carrier = new Carrier("carrier", true);
    List<String> turns = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch ended = new CountDownLatch(4);
    for (String greedy : List.of("a", "b", "c")) {
      carrier.start(greedy, () -> take(turns, greedy, carrier::stepBack, ended));
    }
    carrier.start("modest", () -> take(turns, "modest", Carrier::letOthersRun, ended));
    try {
      carrier.start();
      assertThat(ended.await(MOST_SECONDS, TimeUnit.SECONDS)).isTrue();
      assertThat(turns.subList(0, 12))
          .containsExactly(
              "a", "b", "c", "modest", "a", "modest", "b", "modest", "c", "modest", "a", "modest");
      assertThat(turns).hasSize(4 * TURNS);
    } finally {
      carrier.close();
    }
  }

  private static void take(
      List<String> turns, String name, Runnable letOthersRun, CountDownLatch ended) {
    for (int i = 0; i < TURNS; i++) {
      turns.add(name);
      letOthersRun.run();
    }
    ended.countDown();
  }
}
