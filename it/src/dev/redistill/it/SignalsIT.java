package dev.redistill.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What signals do to a server that is at work. */
final class SignalsIT {
  private static final int WRITERS = 4;

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path directory;

  private ServerProcess start(String... more) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("--dir", directory.toString()));
    arguments.addAll(List.of(more));
    return ServerProcess.redistill(arguments.toArray(new String[0]));
  }

  private static void signal(ServerProcess server, String name) throws Exception {
    new Program("kill", "-" + name, "" + server.process().pid()).run();
  }

  /** A client that counts up a key of its own as fast as it can. */
  private static final class Writer implements Runnable {
    private final RawClient client;
    private final String key;
    private volatile long acknowledged;
    private volatile String refusal = "";

    Writer(ServerProcess server, int number) throws IOException {
      client = server.connect();
      key = "count:" + number;
    }

    @Override
    public void run() {
      try (client) {
        for (long next = 1; ; next++) {
          String reply = client.call("SET", key, "" + next);
          if (!reply.equals("+OK\r\n")) {
            refusal = reply;
            return;
          }
          acknowledged = next;
        }
      } catch (IOException e) {
        // The server has ended the connection: what was acknowledged is what counts.
      }
    }
  }

  @Test
  void sigtermUnderLoad_losesNoAcknowledgedWrite() throws Exception {
    List<Writer> writers = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    try (ServerProcess server = start("--save", "3600 1")) {
      for (int i = 0; i < WRITERS; i++) {
        Writer writer = new Writer(server, i);
        writers.add(writer);
        threads.add(Thread.ofPlatform().daemon().start(writer));
      }
      Eventually.eventually(
          "all of them write",
          () -> writers.stream().allMatch(writer -> writer.acknowledged > 1_000));

      long begin = System.nanoTime();
      signal(server, "TERM");
      assertThat(server.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
      long millis = (System.nanoTime() - begin) / 1_000_000;

      assertThat(server.process().exitValue()).isZero();
      for (Thread thread : threads) {
        thread.join(10_000);
      }
      System.out.printf(
          "SIGTERM to the end of the process: %d ms, %d writes were acknowledged before%n",
          millis, writers.stream().mapToLong(writer -> writer.acknowledged).sum());
    }
    try (ServerProcess server = start();
        RawClient client = server.connect()) {
      client.awaitLoaded();
      for (Writer writer : writers) {
        assertThat(writer.refusal).isEmpty();
        String value = client.call("GET", writer.key);
        assertThat(Long.parseLong(value.lines().skip(1).findFirst().orElse("-1")))
            .as(writer.key)
            .isGreaterThanOrEqualTo(writer.acknowledged);
      }
    }
  }

  @Test
  void aSecondSignal_endsAtOnce_andTheFileBeforeIsComplete() throws Exception {
    try (ServerProcess server = start("--save", "3600 1");
        RawClient client = server.connect()) {
      client.call("SET", "k", "v");
      assertThat(client.call("SAVE")).isEqualTo("+OK\r\n");
      byte[] before = Files.readAllBytes(directory.resolve("dump.rdb"));
      byte[] noise = new byte[32 << 20];
      new Random(1).nextBytes(noise);
      for (int i = 0; i < 6; i++) {
        assertThat(client.call("SET", "large:" + i, Wire.text(noise))).isEqualTo("+OK\r\n");
      }

      signal(server, "TERM");
      assertThat(server.awaitLog("scheduling shutdown")).isNotEmpty();
      signal(server, "TERM");

      assertThat(server.process().waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(server.log()).contains("Received SIGTERM again. Exiting now.");
      assertThat(server.process().exitValue()).isEqualTo(1);
      assertThat(Files.readAllBytes(directory.resolve("dump.rdb"))).isEqualTo(before);
    }
  }

  @Test
  void sighup_leavesTheServerRunning_andTheLogGoesOnInANewFile() throws Exception {
    Path log = directory.resolve("server.log");
    Path old = directory.resolve("server.log.1");
    try (ServerProcess server = start("--logfile", log.toString());
        RawClient client = server.connect()) {
      Eventually.eventually("the log says ready", () -> contains(log, "Ready to accept"));
      Files.move(log, old);

      signal(server, "HUP");

      Eventually.eventually("the log goes on", () -> contains(log, "SIGHUP"));
      assertThat(contains(old, "Ready to accept")).isTrue();
      assertThat(contains(log, "Ready to accept")).isFalse();
      assertThat(client.call("PING")).isEqualTo("+PONG\r\n");
    }
  }

  private static boolean contains(Path file, String text) {
    try {
      return Files.exists(file) && Files.readString(file).contains(text);
    } catch (IOException e) {
      return false;
    }
  }
}
