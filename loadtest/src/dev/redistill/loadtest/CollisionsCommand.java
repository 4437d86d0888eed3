package dev.redistill.loadtest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What lookups of names cost that were chosen to collide, by what others of their length cost. */
@Command(
    name = "collisions",
    mixinStandardHelpOptions = true,
    description = {
      "Fills each server with keys, and hashes with fields, that collide under a well-known hash",
      "function, and with as many by chance; prints the CPU per lookup of both, and their ratio."
    })
final class CollisionsCommand implements Callable<Integer> {
  private static final double NANOS_PER_MICRO = 1e3;
  private static final double MOST = 2;
  private static final long SEED = 1;

  @Option(
      names = "--names",
      paramLabel = "N",
      description = "Keys, and fields of one hash, that collide (default: ${DEFAULT-VALUE}).")
  private int names = 100_000;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "How often each name is looked up and measured (default: ${DEFAULT-VALUE}).")
  private int rounds = 10;

  @Mixin private final TargetOptions targets = new TargetOptions();

  private final Table table = new Table("", "chance us", "colliding us", "ratio");

  /** How something is put under a name and looked up. */
  private enum Kind {
    KEYS,
    FIELDS;

    void put(Feeder feeder, String home, String name) throws IOException {
      if (this == KEYS) {
        feeder.send("SET", name, "value");
      } else {
        feeder.send("HSET", home, name, "value");
      }
    }

    void get(Feeder feeder, String home, String name) throws IOException {
      if (this == KEYS) {
        feeder.send("GET", name);
      } else {
        feeder.send("HGET", home, name);
      }
    }
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    boolean held = true;
    for (Target target : targets.targets()) {
      try (ServerProcess server = ServerProcess.start(target, targets.port(), System::nanoTime)) {
        for (Collisions function : Collisions.values()) {
          held &= compare(target, server, function, Kind.KEYS);
          held &= compare(target, server, function, Kind.FIELDS);
        }
      }
    }
    System.out.println(table);
    return held ? 0 : 1;
  }

  private boolean compare(Target target, ServerProcess server, Collisions function, Kind kind)
      throws IOException {
    List<String> colliding = function.names(names);
    List<String> chance = function.others(names, new Random(SEED));
    List<Double> collidingCosts = new ArrayList<>();
    List<Double> chanceCosts = new ArrayList<>();
    try (Feeder feeder = new Feeder(server.address())) {
      fill(feeder, kind, "colliding", colliding);
      fill(feeder, kind, "chance", chance);
      for (int round = -1; round < rounds; round++) {
        double cost = lookUp(server, feeder, kind, "colliding", colliding);
        double usual = lookUp(server, feeder, kind, "chance", chance);
        if (round >= 0) {
          collidingCosts.add(cost);
          chanceCosts.add(usual);
        }
      }
      feeder.send("FLUSHALL");
      feeder.flush();
    }
    double cost = median(collidingCosts);
    double usual = median(chanceCosts);
    table.row(
        "%s, %s, %s"
            .formatted(target.name(), kind.name().toLowerCase(Locale.ROOT), function.title()),
        Table.number(usual),
        Table.number(cost),
        Table.number(cost / usual));
    return cost / usual <= MOST;
  }

  private static void fill(Feeder feeder, Kind kind, String home, List<String> names)
      throws IOException {
    for (String name : names) {
      kind.put(feeder, home, name);
    }
    feeder.flush();
  }

  /** Microseconds of CPU of the server for the lookup of a name. */
  private static double lookUp(
      ServerProcess server, Feeder feeder, Kind kind, String home, List<String> names)
      throws IOException {
    CpuTime before = CpuTime.of(server.pid());
    for (String name : names) {
      kind.get(feeder, home, name);
    }
    feeder.flush();
    if (feeder.nils() > 0) {
      throw new IOException("a name was not found");
    }
    return CpuTime.of(server.pid()).since(before) / NANOS_PER_MICRO / names.size();
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
  }
}
