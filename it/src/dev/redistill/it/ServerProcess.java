package dev.redistill.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A server under test: a process that this harness starts on a free port in a directory of its own
 * and ends with it, or one that is running already ({@code -Dredistill.port=N}).
 */
final class ServerProcess implements AutoCloseable {
  static final Path REDIS = Path.of("/usr/bin/redis-server");

  /** Tests that run in the background may have been started with these signals ignored. */
  private static final List<String> HEEDING_SIGNALS = List.of("env", "--default-signal=HUP,INT");

  private static final long READY_SECONDS = 60;
  private static final Queue<DatagramSocket> CLAIMS = new ConcurrentLinkedQueue<>();
  private static final RandomGenerator PORTS = RandomGenerator.getDefault();

  private final String name;
  private final int port;
  private final @Nullable Process process;
  private final @Nullable Path directory;

  private ServerProcess(
      String name, int port, @Nullable Process process, @Nullable Path directory) {
    this.name = name;
    this.port = port;
    this.process = process;
    this.directory = directory;
  }

  /** Debian's Redis, without persistence. */
  static ServerProcess redis(String... more) throws IOException {
    List<String> command = new ArrayList<>(List.of(REDIS.toString(), "--save", ""));
    command.addAll(List.of(more));
    return start("redis", command);
  }

  /** Debian's Redis with a configuration file. */
  static ServerProcess redisWithFile(Path file) throws IOException {
    return start("redis", List.of(REDIS.toString(), file.toString(), "--save", ""));
  }

  /**
   * The server of this project: the unpacked distribution, or the running server that was named.
   */
  static ServerProcess redistill(String... more) throws IOException {
    Integer running = Integer.getInteger("redistill.port");
    if (running != null && more.length == 0) {
      return running(running);
    }
    List<String> command = new ArrayList<>(List.of(launcher().toString()));
    command.addAll(List.of(more));
    return start("redistill", command);
  }

  /** A server that was started by somebody else. */
  static ServerProcess running(int port) {
    return new ServerProcess("port " + port, port, null, null);
  }

  /** The launcher of the unpacked distribution. */
  static Path launcher() {
    return home().resolve("bin").resolve("redistill");
  }

  /** The unpacked distribution. */
  static Path home() {
    return Path.of(System.getProperty("redistill.home", "target/redistill")).toAbsolutePath();
  }

  static boolean hasRedis() {
    return Files.isExecutable(REDIS);
  }

  private static ServerProcess start(String name, List<String> command) throws IOException {
    int port = freePort();
    Path directory = Files.createTempDirectory("redistill-it-");
    List<String> line = new ArrayList<>(HEEDING_SIGNALS);
    line.addAll(command);
    line.addAll(List.of("--port", Integer.toString(port), "--bind", "127.0.0.1"));
    Process process =
        new ProcessBuilder(line)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("log").toFile())
            .start();
    ServerProcess server = new ServerProcess(name, port, process, directory);
    server.awaitReady(process);
    return server;
  }

  private void awaitReady(Process started) throws IOException {
    for (long tries = READY_SECONDS * 50; tries > 0 && started.isAlive(); tries--) {
      try (RawClient client = RawClient.connect(port)) {
        client.send("PING\r\n");
        client.read();
        return;
      } catch (IOException e) {
        pause();
      }
    }
    String log = log();
    close();
    throw new IOException(name + " did not get ready: " + log);
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * A port that nobody listens on, below those that outgoing connections are given: one of these
   * could be taken by a client before the server is there. Other tests on the machine keep off it:
   * its twin among the ports of UDP is held to the end of this JVM.
   */
  static int freePort() throws IOException {
    for (int tries = 0; tries < 100; tries++) {
      int port = PORTS.nextInt(20_000, 32_000);
      InetAddress loopback = InetAddress.getLoopbackAddress();
      try (ServerSocket probe = new ServerSocket(port, 1, loopback)) {
        CLAIMS.add(new DatagramSocket(port, loopback));
        return probe.getLocalPort();
      } catch (BindException e) {
        // Taken: the next one.
      }
    }
    throw new IOException("no free port");
  }

  String name() {
    return name;
  }

  int port() {
    return port;
  }

  Process process() {
    if (process == null) {
      throw new IllegalStateException(name + " was not started here");
    }
    return process;
  }

  RawClient connect() throws IOException {
    return RawClient.connect(port);
  }

  /** What the server has written to its standard output and error. */
  String log() throws IOException {
    return directory == null ? "" : Files.readString(directory.resolve("log"), UTF_8);
  }

  /** The first line of the log with this text, or nothing when it does not come. */
  String awaitLog(String text) throws IOException {
    for (int tries = 0; tries < 500; tries++) {
      Optional<String> line = log().lines().filter(each -> each.contains(text)).findFirst();
      if (line.isPresent()) {
        return line.get();
      }
      pause();
    }
    return "";
  }

  @Override
  public void close() throws IOException {
    if (process != null) {
      end(process);
    }
    if (directory != null) {
      deleteAll(directory);
    }
  }

  private static void end(Process process) {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static void deleteAll(Path directory) throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
