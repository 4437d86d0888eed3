package dev.redistill.it;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Runs the table of exchanges against a real Redis and a server under test and lists what differs.
 */
final class Comparison {
  /** The table of this project. */
  static final Path TABLE = Path.of("it", "resources", "exchanges");

  private static final int SHOWN = Integer.getInteger("differences.shown", 50);
  private static final int WIDTH = 600;

  /**
   * Commands of data types and features that a server may still lack; its cases are left out by
   * name.
   */
  private static final List<String> LATER =
      List.of("LPUSH", "RPUSH", "LPOP", "ZADD", "XADD", "PFADD", "EVAL", "SORT", "GEOADD");

  private final Path table;
  private final boolean reference;
  private int cases;
  private int exchanges;
  private final List<String> differences = new ArrayList<>();
  private final Map<String, Integer> skipped = new TreeMap<>();
  private final Map<String, Integer> perGroup = new TreeMap<>();
  private Set<String> missing = Set.of();

  /**
   * @param reference whether the server under test is a Redis too, so that stated replies do not
   *     apply
   */
  Comparison(Path table, boolean reference) {
    this.table = table;
    this.reference = reference;
  }

  /**
   * Compares two running servers.
   *
   * @param arguments the port of a Redis, the port of the server under test, and optionally a part
   *     of the group or title of the cases to run
   */
  public static void main(String[] arguments) throws IOException {
    Comparison comparison = new Comparison(TABLE, Boolean.getBoolean("reference"));
    String only = arguments.length > 2 ? arguments[2] : "";
    comparison.run(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]), only);
    System.out.println(comparison.report());
  }

  Comparison run(int redisPort, int port, String only) throws IOException {
    missing = missing(port);
    try (ExchangeRunner redis = ExchangeRunner.redis(redisPort);
        ExchangeRunner ours =
            reference ? ExchangeRunner.redis(port) : ExchangeRunner.underTest(port)) {
      for (Exchange exchange : ExchangeFile.readAll(table)) {
        if (exchange.toString().contains(only)
            && !(reference && exchange.newer())
            && known(exchange)) {
          compare(exchange, redis, ours);
        }
      }
    }
    return this;
  }

  int differing() {
    return differences.size();
  }

  int exchanges() {
    return exchanges;
  }

  /** The number of exchanges, how many differ, and the first of those with both replies. */
  String report() {
    StringBuilder out = new StringBuilder();
    perGroup.forEach((group, count) -> out.append("%6d %s%n".formatted(count, group)));
    skipped.forEach(
        (name, count) -> out.append("%6d cases skipped: no %s%n".formatted(count, name)));
    differences.stream().limit(SHOWN).forEach(out::append);
    if (differences.size() > SHOWN) {
      out.append("... and %d more%n".formatted(differences.size() - SHOWN));
    }
    return out.append("%d exchanges (%d cases), %d differ".formatted(exchanges, cases, differing()))
        .toString();
  }

  private static Set<String> missing(int port) throws IOException {
    Set<String> missing = new TreeSet<>();
    try (RawClient client = RawClient.connect(port)) {
      for (String name : LATER) {
        if (client.call(name.split(" ", -1)).startsWith("-ERR unknown ")) {
          missing.add(name);
        }
      }
    }
    return missing;
  }

  private boolean known(Exchange exchange) {
    for (Step.Send send : sends(exchange)) {
      for (String name : missing) {
        if (isCall(send.arguments(), name.split(" ", -1))) {
          skipped.merge(name, 1, Integer::sum);
          return false;
        }
      }
    }
    return true;
  }

  private static boolean isCall(List<String> arguments, String[] name) {
    for (int i = 0; i < name.length; i++) {
      if (i >= arguments.size() || !arguments.get(i).equalsIgnoreCase(name[i])) {
        return false;
      }
    }
    return true;
  }

  private void compare(Exchange exchange, ExchangeRunner redis, ExchangeRunner ours)
      throws IOException {
    List<String> right = ours.run(exchange);
    List<String> left = exchange.newer() ? right : redis.run(exchange);
    List<Step.Send> sends = sends(exchange);
    cases++;
    for (int i = 0; i < sends.size(); i++) {
      if (sends.get(i).replies() != 0) {
        exchanges++;
        perGroup.merge(exchange.group(), 1, Integer::sum);
        judge(exchange, sends.get(i), left.get(i), right.get(i));
      }
    }
  }

  private static List<Step.Send> sends(Exchange exchange) {
    List<Step.Send> sends = new ArrayList<>();
    for (Step step : exchange.steps()) {
      if (step instanceof Step.Send send) {
        sends.add(send);
      }
    }
    return sends;
  }

  private void judge(Exchange exchange, Step.Send send, String left, String right) {
    Check check = reference ? new Check(send.check().rule()) : send.check();
    if (exchange.newer() && check.stated() == null && !right.equals("+OK\r\n")) {
      differences.add(
          "%n%s%n  %s%n  has no stated reply, and is not OK: %s%n"
              .formatted(exchange, shown(send.bytes()), shown(right)));
    } else if (!exchange.newer() && check.stated() != null && check.stated().equals(left)) {
      differences.add(
          "%n%s%n  %s%n  is no deviation: redis says the same%n"
              .formatted(exchange, shown(send.bytes())));
    } else if (!check.accepts(left, right)) {
      String wanted =
          check.stated() == null ? "redis " + shown(left) : "stated " + shown(check.stated());
      differences.add(
          "%n%s%n  %s%n  %s%n  ours  %s%n"
              .formatted(exchange, shown(send.bytes()), wanted, shown(right)));
    }
  }

  private static String shown(String bytes) {
    String escaped = Wire.escape(bytes);
    return escaped.length() <= WIDTH
        ? escaped
        : escaped.substring(0, WIDTH) + "... (" + bytes.length() + " bytes)";
  }
}
