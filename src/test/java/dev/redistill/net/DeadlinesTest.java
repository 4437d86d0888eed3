package dev.redistill.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redistill.command.Session;
import dev.redistill.commands.Console;
import dev.redistill.config.Setting;
import dev.redistill.config.Settings;
import dev.redistill.resp.ReplyWriter;
import dev.redistill.resp.RequestReader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The watchdog looks at a connection once a second. */
final class DeadlinesTest {

  private final Console console = new Console();
  private final FakeLink link = new FakeLink();
  private final Session session =
      new Session(console.services(), link, new RequestReader(() -> 512 << 20), new ReplyWriter());
  private final Deadlines deadlines = new Deadlines(session.connectedAt());

  /** Bytes of a request arrive that does not end with them. */
  private void receive(int bytes) {
    session.startTurn(console.now());
    session.traffic().received(bytes);
    link.queryBuffer += bytes;
    session.endTurn(0);
  }

  /** What was missed after so many seconds, and when. */
  private @Nullable Setting after(int seconds) {
    for (int i = 0; i < seconds; i++) {
      console.advance(1000);
      Setting missed = deadlines.missed(session, console.services().config(), console.now());
      if (missed != null) {
        return missed;
      }
    }
    return null;
  }

  @Test
  void aClientThatDoesNothing_mayStay() {
    assertThat(after(100_000)).isNull();
  }

  @Test
  void anIdleClient_goesWhenTheSettingSaysSo() {
    console.run("CONFIG", "SET", "timeout", "60");
    assertThat(after(60)).isNull();
    assertThat(after(1)).isEqualTo(Settings.TIMEOUT);
  }

  @Test
  void aHandshake_hasTenSeconds() {
    link.shakingHands = true;
    assertThat(after(10)).isNull();
    assertThat(after(1)).isEqualTo(Settings.TLS_HANDSHAKE_TIMEOUT);
  }

  @Test
  void whoHasToAuthenticate_hasTenSecondsFromTheHandshakeOn() {
    session.authenticated(false);
    link.shakingHands = true;
    assertThat(after(5)).isNull();
    link.shakingHands = false;
    assertThat(after(10)).isNull();
    assertThat(after(1)).isEqualTo(Settings.AUTHENTICATION_TIMEOUT);
  }

  @Test
  void whoHasAuthenticated_hasTenSecondsAgainAfterReset() {
    assertThat(after(1000)).isNull();
    session.authenticated(false);
    assertThat(after(10)).isNull();
    session.authenticated(true);
    assertThat(after(1000)).isNull();
  }

  @Test
  void halfARequest_hasThirtySeconds() {
    receive(20);
    assertThat(after(30)).isNull();
    assertThat(after(1)).isEqualTo(Settings.REQUEST_TIMEOUT);
  }

  @Test
  void halfARequestThatTrickles_hasThirtySecondsToo() {
    int seconds = 0;
    do {
      receive(1);
      seconds++;
    } while (after(1) == null && seconds < 100);
    assertThat(seconds).isBetween(30, 32);
  }

  @Test
  void aLargeRequestThatKeepsComing_mayTakeItsTime() {
    for (int i = 0; i < 300; i++) {
      receive(80 * 1024);
      assertThat(after(1)).isNull();
    }
  }

  @Test
  void aLargeRequestThatStops_hasThirtySecondsFromThen() {
    for (int i = 0; i < 5; i++) {
      receive(10 << 20);
      assertThat(after(1)).isNull();
    }
    assertThat(after(29)).isNull();
    assertThat(after(1)).isEqualTo(Settings.REQUEST_TIMEOUT);
  }

  @Test
  void requestsThatAreAlwaysCutWhenTheWatchdogLooks_areManyAndNotOne() {
    for (int i = 0; i < 1000; i++) {
      receive(100);
      link.queryBuffer = 7;
      assertThat(after(1)).isNull();
    }
  }

  @Test
  void aRequestThatWaitsForUs_isNotLate() {
    receive(20);
    link.waiting = false;
    assertThat(after(1000)).isNull();
    link.waiting = true;
    receive(20);
    link.queryBuffer = 0;
    assertThat(after(1000)).isNull();
  }

  @Test
  void aClientThatTakesNothing_hasThirtySeconds() {
    link.outputBuffer = 1;
    assertThat(after(31)).isNull();
    assertThat(after(1)).isEqualTo(Settings.WRITE_TIMEOUT);
  }

  @Test
  void aClientThatTakesALittleNowAndThen_mayStay() {
    link.outputBuffer = 1 << 20;
    for (int i = 0; i < 100; i++) {
      session.traffic().sent(10);
      assertThat(after(29)).isNull();
    }
  }

  @Test
  void deadlines_canBeTurnedOff() {
    console.run("CONFIG", "SET", "request-timeout", "0", "write-timeout", "0");
    console.run("CONFIG", "SET", "authentication-timeout", "0", "tls-handshake-timeout", "0");
    link.outputBuffer = 1;
    link.shakingHands = true;
    session.authenticated(false);
    receive(1);
    assertThat(after(1000)).isNull();
  }

  /** The watchdog keeps them as long as the session lives: they once kept every session alive. */
  @Test
  void deadlines_keepNoSession() {
    assertThat(Deadlines.class.getDeclaredFields())
        .allMatch(field -> field.getType().isPrimitive());
  }
}
