package dev.redistill.loadtest;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How far what our server says of its memory is from what its heap holds. */
@Command(
    name = "accuracy",
    mixinStandardHelpOptions = true,
    description = {
      "Fills our server with data of several shapes, and compares how much used_memory grows by",
      "with how much the live heap does, after a full collection."
    })
final class AccuracyCommand implements Callable<Integer> {
  private static final double MEBIBYTE = 1 << 20;
  private static final double TOLERANCE = 0.1;

  @Option(
      names = "--shapes",
      split = ",",
      paramLabel = "SHAPE",
      description = "Which of ${COMPLETION-CANDIDATES} (default: all).")
  private List<Shape> shapes = List.of(Shape.values());

  @Mixin private final TargetOptions targets = new TargetOptions();

  /** What the server says that is used, and what its heap holds. */
  private record Memory(long used, long live) {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    Table table = new Table("", "used_memory MiB", "live heap MiB", "used / live");
    boolean exact = true;
    for (Target target : targets.targets()) {
      if (!target.name().equals(Target.REDIS)) {
        for (Shape shape : shapes) {
          exact &= measure(target, shape, table);
        }
      }
    }
    System.out.println(table);
    return exact ? 0 : 1;
  }

  private boolean measure(Target target, Shape shape, Table table)
      throws IOException, InterruptedException {
    try (ServerProcess server = ServerProcess.start(target, targets.port(), System::nanoTime);
        Client control = new Client(server.address());
        Feeder feeder = new Feeder(server.address())) {
      shape.prepare(feeder, control.ask("CLIENT", "ID").substring(1));
      feeder.flush();
      Memory before = read(control, server.pid());
      shape.fill(feeder);
      feeder.flush();
      Memory after = read(control, server.pid());
      double used = after.used() - before.used();
      double live = after.live() - before.live();
      table.row(
          target.name() + " " + shape.title(),
          Table.number(used / MEBIBYTE),
          Table.number(live / MEBIBYTE),
          String.format(Locale.ROOT, "%.3f", used / live));
      return Math.abs(used / live - 1) <= TOLERANCE;
    }
  }

  private static Memory read(Client control, long pid) throws IOException, InterruptedException {
    long live = new Jvm(pid).liveBytes();
    return new Memory(Long.parseLong(control.info("memory", "used_memory")), live);
  }
}
