package dev.redistill.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that may open few files, and more clients than that. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class DescriptorsIT {
  private static final int LIMIT = 224;
  private static final String PONG = "+PONG\r\n";

  @TempDir private Path directory;
  private final List<RawClient> clients = new ArrayList<>();
  private Process process;
  private Path log;
  private int port;
  private int httpPort;

  @BeforeEach
  void start() throws IOException {
    port = ServerProcess.freePort();
    httpPort = ServerProcess.freePort();
    log = directory.resolve("log");
    String line =
        "ulimit -n %d; exec %s --save '' --port %d --metrics-port %d"
            .formatted(LIMIT, ServerProcess.launcher(), port, httpPort);
    process =
        new ProcessBuilder("sh", "-c", line)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    Eventually.eventually("the server listens", () -> isServed() && listensForHttp());
  }

  @AfterEach
  void stop() throws Exception {
    for (RawClient client : clients) {
      client.close();
    }
    process.destroy();
    assertThat(process.waitFor()).isZero();
  }

  private boolean isServed() {
    try (RawClient client = RawClient.connect(port)) {
      return client.call("PING").equals(PONG);
    } catch (IOException e) {
      return false;
    }
  }

  private boolean listensForHttp() {
    try (RawClient client = RawClient.connect(httpPort)) {
      client.send("GET /livez HTTP/1.0\r\n\r\n");
      return client.observeEnd(5_000).startsWith("HTTP/1.1 200");
    } catch (IOException e) {
      return false;
    }
  }

  private void connect(int to, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      clients.add(RawClient.connect(to));
    }
  }

  private void closeAll() throws IOException {
    for (RawClient client : clients) {
      client.close();
    }
    clients.clear();
  }

  private Duration processorTime() {
    return process.info().totalCpuDuration().orElseThrow();
  }

  private long openFiles() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("/proc", "" + process.pid(), "fd"))) {
      return files.count();
    }
  }

  @Test
  void clientsAreTurnedAwayAndLaterServed() throws Exception {
    connect(port, 200);
    assertThat(isServed()).isFalse();
    assertThat(process.isAlive()).isTrue();
    closeAll();
    Eventually.eventually("there is room again", this::isServed);
    assertThat(Files.readString(log)).containsOnlyOnce("maxclients has been reduced to 96");
  }

  /** The HTTP port counts no clients, and still leaves descriptors for them. */
  @Test
  void manyConnectionsToTheHttpPort_keepNoClientOut() throws Exception {
    connect(httpPort, 256);
    connect(port, 96);
    for (RawClient client : clients.subList(256, clients.size())) {
      assertThat(client.call("PING")).isEqualTo(PONG);
    }
    Duration before = processorTime();
    Thread.sleep(2_000);
    assertThat(processorTime().minus(before)).isLessThan(Duration.ofSeconds(1));
    assertThat(Files.readString(log)).doesNotContain("accepting clients failed", "Exception");
    closeAll();
    Eventually.eventually("the port serves again", this::listensForHttp);
  }

  /** The limit falls while the server runs, so that it has not reckoned with it: EMFILE. */
  @Test
  void withoutDescriptors_theServerWaitsAndServesWhoIsIn() throws Exception {
    assumeTrue(Program.exists("prlimit"), "no prlimit");
    connect(port, 10);
    for (RawClient client : clients) {
      assertThat(client.call("PING")).isEqualTo(PONG);
    }
    long limit = openFiles() + 3;
    new Program("prlimit", "--pid", "" + process.pid(), "--nofile=" + limit + ":" + limit).run();
    connect(port, 50);
    Eventually.eventually("accepting fails", () -> lines("Too many open files") == 1);

    Duration before = processorTime();
    Thread.sleep(3_000);
    Duration taken = processorTime().minus(before);
    System.out.printf(
        "without descriptors: %d ms of processor time in 3 s, %d bytes of log%n",
        taken.toMillis(), Files.size(log));
    assertThat(taken).isLessThan(Duration.ofSeconds(1));
    assertThat(lines("Too many open files")).isEqualTo(1);
    assertThat(clients.getFirst().call("PING")).isEqualTo(PONG);

    for (RawClient client : clients.subList(0, clients.size() - 1)) {
      client.close();
    }
    RawClient last = clients.getLast();
    assertThat(last.patience(10_000).call("PING")).isEqualTo(PONG);
    assertThat(isServed()).isTrue();
    assertThat(openFiles()).isLessThan(limit);
  }

  private long lines(String text) {
    try (Stream<String> lines = Files.lines(log)) {
      return lines.filter(line -> line.contains(text)).count();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
