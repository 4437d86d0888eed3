package dev.redistill.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many short histories of a few clients on a few keys, each checked for linearizability. */
final class LinearizabilityIT {
  private static final int CLIENTS = 6;
  private static final int OPERATIONS = 12;
  private static final int DEEPEST = 4;
  private static final int ROUNDS = Integer.getInteger("linearizability.rounds", 1_500);
  private static final long SEED = Long.getLong("linearizability.seed", 20_240_607);

  /** Longer than a field of a small hash, so that the hash that gets it is a large one. */
  private static final String LONG_FIELD = "x".repeat(100);

  /**
   * How commands are chosen.
   *
   * @param random chance
   * @param command makes a command of it
   */
  private record Choice(Random random, Function<Random, List<String>> command) {
    List<String> next() {
      return command.apply(random);
    }
  }

  @ParameterizedTest
  @EnumSource
  void histories(Target target) throws Exception {
    check(target, LinearizabilityIT::command);
  }

  @ParameterizedTest
  @EnumSource
  void historiesOfHashes(Target target) throws Exception {
    check(target, LinearizabilityIT::hashCommand);
  }

  private static void check(Target target, Function<Random, List<String>> choice) throws Exception {
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
              play(client, number, new Choice(random, choice), barrier, history);
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
      RawClient client, int number, Choice choice, CyclicBarrier barrier, List<Operation> history)
      throws IOException, InterruptedException, BrokenBarrierException {
    List<Operation> mine = new ArrayList<>();
    barrier.await();
    if (number == 0) {
      client.call("FLUSHALL");
    }
    barrier.await();
    while (mine.size() < OPERATIONS) {
      int most = Math.min(DEEPEST, OPERATIONS - mine.size());
      mine.addAll(pipeline(client, number, 1 + choice.random().nextInt(most), choice));
    }
    synchronized (history) {
      history.addAll(mine);
    }
  }

  /** Sends some operations at once. */
  private static List<Operation> pipeline(RawClient client, int number, int depth, Choice choice)
      throws IOException {
    List<List<List<String>>> batch = new ArrayList<>();
    StringBuilder requests = new StringBuilder();
    for (int i = 0; i < depth; i++) {
      List<List<String>> commands = commands(choice);
      batch.add(commands);
      requests.append(commands.size() == 1 ? "" : Wire.request("MULTI"));
      commands.forEach(command -> requests.append(Wire.request(command)));
      requests.append(commands.size() == 1 ? "" : Wire.request("EXEC"));
    }
    List<Operation> operations = new ArrayList<>();
    long call = System.nanoTime();
    client.send(requests.toString());
    for (List<List<String>> commands : batch) {
      List<String> replies = replies(client, commands.size());
      operations.add(new Operation(number, call, System.nanoTime(), commands, replies));
    }
    return operations;
  }

  /** One command, or the two or three of a transaction. */
  private static List<List<String>> commands(Choice choice) {
    Random random = choice.random();
    List<List<String>> commands = new ArrayList<>(List.of(choice.next()));
    for (int i = random.nextInt(5) == 0 ? 1 + random.nextInt(2) : 0; i > 0; i--) {
      commands.add(choice.next());
    }
    return commands;
  }

  private static List<String> replies(RawClient client, int commands) throws IOException {
    if (commands == 1) {
      return List.of(client.read());
    }
    for (int i = 0; i <= commands; i++) {
      client.read();
    }
    return Tree.parse(client.read()).get(0).children().stream().map(Tree::raw).toList();
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

  /** A random command on two hashes, values being small numbers so that HINCRBY always works. */
  private static List<String> hashCommand(Random random) {
    String key = random.nextBoolean() ? "h" : "i";
    String other = random.nextBoolean() ? "h" : "i";
    String field = List.of("f", "g", LONG_FIELD).get(random.nextInt(3));
    String value = Integer.toString(1 + random.nextInt(9));
    return switch (random.nextInt(16)) {
      case 0, 1, 2 -> List.of("HGET", key, field);
      case 3, 4, 5 -> List.of("HSET", key, field, value);
      case 6, 7 -> List.of("HINCRBY", key, field, "1");
      case 8, 9 -> List.of("HDEL", key, field);
      case 10, 11 -> List.of("HMGET", key, "f", LONG_FIELD, "g");
      case 12 -> List.of("HLEN", key);
      case 13 -> List.of("DEL", key);
      case 14 -> List.of("RENAME", key, other);
      default -> random.nextBoolean() ? List.of("DEL", "h", "i") : List.of("EXISTS", "h", "i");
    };
  }

  private static String key(Random random) {
    return List.of("a", "b", "c").get(random.nextInt(3));
  }
}
