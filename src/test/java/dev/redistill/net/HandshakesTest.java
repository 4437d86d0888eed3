package dev.redistill.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The steps of handshakes are done by a thread of their own. */
@Timeout(60)
final class HandshakesTest {

  private static final int MOST_SECONDS = 30;

  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("handshakes").factory());
  private final Handshakes handshakes = new Handshakes(() -> 1, thread);

  @AfterEach
  void close() {
    handshakes.close();
  }

  @Test
  void aStep_isDoneByTheThreadOfHandshakes() throws IOException {
    String[] name = {""};
    int result =
        handshakes.run(() -> {
          name[0] = Thread.currentThread().getName();
          return 42;
        });
    assertThat(result).isEqualTo(42);
    assertThat(name[0]).isEqualTo("handshakes");
  }

  @Test
  void failures_comeToWhoWaits() {
    assertThatThrownBy(() -> handshakes.run(() -> fail(new SSLException("no suite"))))
        .isInstanceOf(SSLException.class)
        .hasMessage("no suite");
    assertThatThrownBy(() -> handshakes.run(() -> fail(new IllegalStateException("bug"))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("bug");
  }

  private static int fail(Exception failure) throws Exception {
    throw failure;
  }

  @Test
  void whenTheServerStops_nobodyWaits() {
    handshakes.close();
    assertThatThrownBy(() -> handshakes.run(() -> 1)).isInstanceOf(IOException.class);
  }

  /** With a carrier that waited for the first handshake the second task would never run. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aStepThatTakesLong_holdsUpNobodyElseOnTheCarrier(boolean own) throws Exception {
    Carrier carrier = new Carrier("carrier", own);
    carrier.start();
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch served = new CountDownLatch(1);
    CompletableFuture<Integer> handshake = new CompletableFuture<>();
    try {
      carrier.start("stalled", () -> shakeHands(begun, served, handshake));
      assertThat(begun.await(MOST_SECONDS, TimeUnit.SECONDS)).isTrue();
      carrier.start("other", served::countDown);
      assertThat(handshake.get(MOST_SECONDS, TimeUnit.SECONDS)).isEqualTo(7);
    } finally {
      served.countDown();
      carrier.close();
    }
  }

  private void shakeHands(
      CountDownLatch begun, CountDownLatch served, CompletableFuture<Integer> handshake) {
    try {
      handshake.complete(
          handshakes.run(() -> {
            begun.countDown();
            served.await();
            return 7;
          }));
    } catch (IOException e) {
      handshake.completeExceptionally(e);
    }
  }
}
