package dev.redistill.loadtest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures the memory that connections cost which have sent a PING and then nothing. */
@Command(
    name = "idle",
    mixinStandardHelpOptions = true,
    description = {
      "Opens connections, sends one PING on each, and prints the RSS 5 seconds later.",
      "The servers are started with a --maxclients that suffices."
    })
final class IdleCommand implements Callable<Integer> {
  private static final double MEBIBYTE = 1 << 20;
  private static final double KIBIBYTE = 1 << 10;
  private static final int IDLE_MILLIS = 5_000;
  private static final int SPARE = 200;
  private static final String LIMIT = "Max open files";

  @Option(
      names = "--connections",
      paramLabel = "N",
      description = "Connections (default: ${DEFAULT-VALUE}).")
  private int connections = 10_000;

  @Mixin private final TargetOptions targets = new TargetOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    int needed = connections + SPARE;
    int limit = openFiles(Files.readAllLines(Path.of("/proc/self/limits")));
    if (limit < needed) {
      throw new IOException(
          "only " + limit + " open files are allowed; raise it: ulimit -n " + needed);
    }
    Table table = new Table("", "RSS MiB, none", "RSS MiB, all", "KiB/connection");
    for (Target target : targets.targets()) {
      Target roomy =
          new Target(target.name(), target.command() + " --maxclients " + (connections + 100));
      try (ServerProcess server = ServerProcess.start(roomy, targets.port(), System::nanoTime)) {
        Thread.sleep(IDLE_MILLIS);
        long before = Rss.of(server.pid());
        long after = withConnections(server);
        table.row(
            target.name(),
            Table.number(before / MEBIBYTE),
            Table.number(after / MEBIBYTE),
            Table.number((after - before) / KIBIBYTE / connections));
      }
    }
    System.out.println(table);
    return 0;
  }

  private long withConnections(ServerProcess server) throws IOException, InterruptedException {
    List<Client> clients = new ArrayList<>();
    try {
      for (int i = 0; i < connections; i++) {
        Client client = new Client(server.address());
        clients.add(client);
        if (!client.ping()) {
          throw new IOException("connection " + (i + 1) + " was refused");
        }
      }
      Thread.sleep(IDLE_MILLIS);
      return Rss.of(server.pid());
    } finally {
      for (Client client : clients) {
        client.close();
      }
    }
  }

  /** The number of files a process may open, by the lines of /proc/PID/limits. */
  static int openFiles(List<String> limits) {
    String line = limits.stream().filter(s -> s.startsWith(LIMIT)).findFirst().orElseThrow();
    String soft = line.substring(LIMIT.length()).strip().split("\\s+", 2)[0];
    return soft.equals("unlimited") ? Integer.MAX_VALUE : Integer.parseInt(soft);
  }
}
