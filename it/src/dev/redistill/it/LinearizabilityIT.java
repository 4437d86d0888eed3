package dev.redistill.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many short histories of a few clients on a few keys, each checked for linearizability. */
final class LinearizabilityIT {
  private static final int CLIENTS = 6;
  private static final int OPERATIONS = 12;
  private static final int ROUNDS = 1_500;
  private static final long SEED = 20_240_607;

  @ParameterizedTest
  @EnumSource
  void histories(Target target) throws Exception {
    try (ServerProcess server = target.start();
        Together clients = new Together(server)) {
      List<List<Operation>> histories = new ArrayList<>();
      for (int i = 0; i < ROUNDS; i++) {
        histories.add(new ArrayList<>());
      }
      CyclicBarrier barrier = new CyclicBarrier(CLIENTS);

      clients.add(
          CLIENTS,
          (client, number) -> {
            Random random = new Random(SEED + number);
            for (List<Operation> history : histories) {
              play(client, number, random, barrier, history);
            }
          });
      clients.run();

      for (List<Operation> history : histories) {
        assertThat(history).hasSize(CLIENTS * OPERATIONS);
        assertThat(LinearizabilityChecker.isLinearizable(history))
            .as("%s", String.join("\n", history.stream().map(Operation::toString).toList()))
            .isTrue();
      }
    }
  }

  /** One client's part of one round, on an empty keyspace. */
  private static void play(
      RawClient client, int number, Random random, CyclicBarrier barrier, List<Operation> history)
      throws IOException, InterruptedException, BrokenBarrierException {
    List<Operation> mine = new ArrayList<>();
    barrier.await();
    if (number == 0) {
      client.call("FLUSHALL");
    }
    barrier.await();
    for (int i = 0; i < OPERATIONS; i++) {
      mine.add(operation(client, number, random));
    }
    synchronized (history) {
      history.addAll(mine);
    }
  }

  private static Operation operation(RawClient client, int number, Random random)
      throws IOException {
    boolean transaction = random.nextInt(5) == 0;
    List<List<String>> commands = new ArrayList<>();
    for (int i = transaction ? 1 + random.nextInt(3) : 1; i > 0; i--) {
      commands.add(command(random));
    }
    StringBuilder requests = new StringBuilder();
    commands.forEach(command -> requests.append(Wire.request(command)));
    if (!transaction) {
      long call = System.nanoTime();
      client.send(requests.toString());
      String reply = client.read();
      return new Operation(number, call, System.nanoTime(), commands, List.of(reply));
    }
    long call = System.nanoTime();
    client.send(Wire.request("MULTI") + requests + Wire.request("EXEC"));
    for (int i = 0; i <= commands.size(); i++) {
      client.read();
    }
    String exec = client.read();
    long end = System.nanoTime();
    List<String> replies = Tree.parse(exec).get(0).children().stream().map(Tree::raw).toList();
    return new Operation(number, call, end, commands, replies);
  }

  /** A random command on three keys, values being small numbers so that INCR always works. */
  private static List<String> command(Random random) {
    String key = key(random);
    String value = Integer.toString(1 + random.nextInt(9));
    return switch (random.nextInt(20)) {
      case 0, 1, 2, 3 -> List.of("GET", key);
      case 4, 5 -> List.of("SET", key, value);
      case 6, 7 -> List.of("INCR", key);
      case 8 -> List.of("DEL", key);
      case 9 -> List.of("DEL", "a", "b", "c");
      case 10 -> List.of("MSET", "a", value, "b", value, "c", value);
      case 11 -> List.of("MGET", "c", "b", "a");
      case 12 -> List.of("GETSET", key, value);
      case 13 -> List.of("APPEND", key, value);
      case 14 -> List.of("RENAME", key, key(random));
      case 15 -> List.of("EXPIRE", key, "0");
      case 16 -> List.of("EXPIRE", key, Long.toString(KeyspaceModel.SECONDS));
      case 17 -> List.of("PERSIST", key);
      case 18 -> List.of("TTL", key);
      default -> random.nextBoolean() ? List.of("GETDEL", key) : List.of("EXISTS", "a", "b", "c");
    };
  }

  private static String key(Random random) {
    return List.of("a", "b", "c").get(random.nextInt(3));
  }
}
