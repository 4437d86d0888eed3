package dev.redistill.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class OpenPaceTest {
  private static final long START = 1_000_000;
  private static final long INTERVAL = 100_000;

  private final List<Long> sent = new ArrayList<>();
  private final List<Connection> used = new ArrayList<>();
  private final OpenPace pace =
      new OpenPace(
          (connection, startedAt) -> {
            used.add(connection);
            sent.add(startedAt);
          },
          INTERVAL,
          START);
  private Selector selector;

  OpenPaceTest() throws IOException {
    selector = Selector.open();
  }

  @BeforeEach
  @AfterEach
  void freshSelector() throws IOException {
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
    selector = Selector.open();
  }

  @Test
  void batches_areSentWhenDue_notBefore() throws IOException {
    pace.free(connection(), START);
    pace.free(connection(), START);
    pace.sendDue(START - 1);
    assertThat(sent).isEmpty();
    pace.sendDue(START);
    pace.sendDue(START + INTERVAL - 1);
    assertThat(sent).containsExactly(START);
    pace.sendDue(START + INTERVAL);
    assertThat(sent).containsExactly(START, START + INTERVAL);
  }

  @Test
  void latencyOfALateBatch_countsFromWhenItWasDue() throws IOException {
    Connection only = connection();
    pace.free(only, START);
    pace.sendDue(START);
    long stalledUntil = START + 5 * INTERVAL;
    pace.sendDue(stalledUntil);
    assertThat(sent).containsExactly(START);
    assertThat(pace.overdue(stalledUntil)).isEqualTo(5);
    pace.free(only, stalledUntil);
    pace.sendDue(stalledUntil);
    assertThat(sent).containsExactly(START, START + INTERVAL);
    assertThat(pace.overdue(stalledUntil)).isEqualTo(4);
  }

  @Test
  void connections_takeTurns() throws IOException {
    Connection first = connection();
    Connection second = connection();
    pace.free(first, START);
    pace.free(second, START);
    pace.sendDue(START);
    pace.free(first, START + 1);
    pace.sendDue(START + INTERVAL);
    pace.sendDue(START + 2 * INTERVAL);
    assertThat(used).containsExactly(first, second, first);
  }

  @Test
  void loop_waitsForRepliesOnlyWhileNothingIsDue() throws IOException {
    assertThat(pace.patience(START)).as("no connection is free").isEqualTo(100);
    pace.free(connection(), START);
    assertThat(pace.patience(START)).as("due now").isZero();
    assertThat(pace.patience(START - 1_500_000)).as("due in 1.5 ms").isZero();
    assertThat(pace.patience(START - 3_000_000)).as("due in 3 ms").isEqualTo(2);
    assertThat(pace.patience(START - 1_000_000_000)).as("due in 1 s").isEqualTo(100);
  }

  private Connection connection() throws IOException {
    SocketChannel channel = SocketChannel.open();
    channel.configureBlocking(false);
    return new Connection(new Wire.Plain(channel), channel.register(selector, 0));
  }
}
