package dev.redistill.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
        Clients stallers = new Clients(server, STALLERS);
        Clients clients = new Clients(server, CLIENTS)) {
      stallers.get(0).call("MSET", "a", "ab".repeat(2_000), "b", "ba".repeat(2_000));
      for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < STALLERS; i++) {
          stallers.get(i).send(Wire.request("LCS", "a", "b", "LEN"));
        }
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

  /** Connections, all of which are closed. */
  private static final class Clients implements AutoCloseable {
    private final List<RawClient> open = new ArrayList<>();

    Clients(ServerProcess server, int count) throws IOException {
      for (int i = 0; i < count; i++) {
        open.add(server.connect());
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

  @ParameterizedTest
  @EnumSource
  void whoReadsLateAmongManyOthers_getsEverything(Target target) throws Exception {
    String value = "0123456789".repeat(1_500);
    String reply = "$" + value.length() + "\r\n" + value + "\r\n";
    String pipeline = Wire.request("GET", "large").repeat(3);
    int pipelines = 400;
    try (ServerProcess server = target.start();
        RawClient admin = server.connect();
        Together together = new Together(server)) {
      assertThat(admin.call("SET", "large", value)).isEqualTo("+OK\r\n");
      together.meanwhile(
          40,
          (client, number) -> {
            client.send(pipeline);
            for (int i = 0; i < 3; i++) {
              assertThat(client.read()).isEqualTo(reply);
            }
          });
      together.add(
          4,
          (client, number) -> {
            for (int i = 0; i < pipelines; i++) {
              client.send(pipeline);
              Thread.sleep(1);
            }
            for (int i = 0; i < 3 * pipelines; i++) {
              assertThat(client.read()).isEqualTo(reply);
            }
          });
      together.run();
    }
  }
}
