package dev.redistill.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many connections that are ready at the same time: each is answered, in full and in order. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class RoundIT {
  private static final int CLIENTS = 100;
  private static final int STALLERS = 8;
  private static final int ROUNDS = 5;

  @ParameterizedTest
  @EnumSource
  void clientsThatWereHeldUpTogether_areAllAnswered(Target target) throws Exception {
    try (ServerProcess server = target.start();
        Clients stallers = new Clients(server, STALLERS, 0);
        Clients clients = new Clients(server, CLIENTS, 0)) {
      stallers.get(0).call("MSET", "a", "ab".repeat(2_000), "b", "ba".repeat(2_000));
      for (int round = 0; round < ROUNDS; round++) {
        stall(stallers);
        for (int i = 0; i < CLIENTS; i++) {
          clients.get(i).send(requests(i, round));
        }
        for (int i = 0; i < STALLERS; i++) {
          assertThat(stallers.get(i).read()).isEqualTo(":3999\r\n");
        }
        for (int i = 0; i < CLIENTS; i++) {
          assertThat(replies(clients.get(i))).isEqualTo(expected(i, round));
        }
      }
    }
  }

  /** Keeps the server busy, so that whatever else comes is ready at the same time. */
  private static void stall(Clients stallers) throws IOException {
    for (RawClient each : stallers.open) {
      each.send(Wire.request("LCS", "a", "b", "LEN"));
    }
  }

  /** Connections, all of which are closed. */
  private static final class Clients implements AutoCloseable {
    private final List<RawClient> open = new ArrayList<>();

    Clients(ServerProcess server, int count, int receiveBuffer) throws IOException {
      for (int i = 0; i < count; i++) {
        open.add(RawClient.connect(server.port(), receiveBuffer));
      }
    }

    RawClient get(int number) {
      return open.get(number);
    }

    @Override
    public void close() throws IOException {
      for (RawClient each : open) {
        each.close();
      }
    }
  }

  private static String requests(int client, int round) {
    return Wire.request("INCR", "n:" + client)
        + Wire.request("SET", "v:" + client, client + "-" + round)
        + Wire.request("GET", "v:" + client);
  }

  private static List<String> expected(int client, int round) {
    String value = client + "-" + round;
    return List.of(
        ":" + (round + 1) + "\r\n", "+OK\r\n", "$" + value.length() + "\r\n" + value + "\r\n");
  }

  private static List<String> replies(RawClient client) throws IOException {
    return List.of(client.read(), client.read(), client.read());
  }

  /** The replies are 2 MB, which the socket takes at once; the others wait for 256 KB of them. */
  @Test
  void whoAsksForMuch_letsOthersHaveTheirTurnInBetween() throws Exception {
    String value = "0123456789abcdef".repeat(8 << 10);
    try (ServerProcess server = Target.REDISTILL.start("--io-threads", "1");
        Clients stallers = new Clients(server, STALLERS, 0);
        RawClient other = server.connect()) {
      other.call("MSET", "a", "ab".repeat(2_000), "b", "ba".repeat(2_000), "large", value);
      for (int round = 0; round < ROUNDS; round++) {
        String number = "number:" + round;
        try (RawClient greedy = server.connect()) {
          assertThat(greedy.call("PING")).isEqualTo("+PONG\r\n");
          stall(stallers);
          greedy.send(Wire.request("GET", "large").repeat(16) + Wire.request("INCR", number));
          other.send(Wire.request("GET", number));
          assertThat(other.read()).as("before the last command of the first").isEqualTo("$-1\r\n");
          assertAll(greedy, 16, "$131072\r\n" + value + "\r\n");
          assertAll(greedy, 1, ":1\r\n");
        }
        for (RawClient each : stallers.open) {
          assertAll(each, 1, ":3999\r\n");
        }
      }
    }
  }

  private static void assertAll(RawClient client, int count, String reply) throws IOException {
    for (int i = 0; i < count; i++) {
      assertThat(client.read()).isEqualTo(reply);
    }
  }

  /** Wherever the socket is full at last, for some of them it is behind their last request. */
  @ParameterizedTest
  @EnumSource
  void whoReadsLateAmongManyOthers_getsEverything(Target target) throws Exception {
    String value = "0123456789".repeat(1_500);
    String pipeline = Wire.request("GET", "large").repeat(3);
    try (ServerProcess server = target.start();
        Clients stallers = new Clients(server, STALLERS, 0);
        Clients others = new Clients(server, CLIENTS, 0);
        Clients clients = new Clients(server, CLIENTS, 4_096)) {
      clients.get(0).call("MSET", "a", "ab".repeat(500), "b", "ba".repeat(500), "large", value);
      for (int round = 0; round < CLIENTS; round++) {
        stall(stallers);
        for (int i = round; i < CLIENTS; i++) {
          clients.get(i).send(pipeline);
        }
        for (RawClient each : others.open) {
          each.send(Wire.request("PING"));
        }
        for (RawClient each : others.open) {
          assertThat(each.read()).isEqualTo("+PONG\r\n");
        }
      }
      for (int i = 0; i < CLIENTS; i++) {
        for (int reply = 0; reply < 3 * (i + 1); reply++) {
          assertThat(clients.get(i).read()).isEqualTo("$15000\r\n" + value + "\r\n");
        }
      }
    }
  }
}
