package dev.redistill.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Snapshots while others write: each is true to one moment, and one that is cut off leaves the one
 * before.
 *
 * <p>{@code -Dredistill.snapshot.rounds=50} takes more snapshots, {@code
 * -Dredistill.snapshot.kills=200} kills the server more often; that takes some minutes, for which
 * there is {@code -Djunit.jupiter.execution.timeout.default=20m}.
 */
final class SnapshotWritersIT {
  private static final int ROUNDS = Integer.getInteger("redistill.snapshot.rounds", 5);
  private static final int KILLS = Integer.getInteger("redistill.snapshot.kills", 5);
  private static final int WRITERS = 3;

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path directory;

  private ServerProcess start() throws IOException {
    return ServerProcess.redistill("--dir", directory.toString(), "--save", "3600 1000000000");
  }

  @Test
  void everyFileIsTrueToOneMoment() throws Exception {
    assumeTrue(ServerProcess.hasRedis(), "skipped: no Redis to read the files");
    Path copies = Files.createDirectory(directory.resolve("copies"));
    try (ServerProcess server = start();
        RawClient client = server.connect()) {
      Moves.prepare(client);
      try (Moves moves = Moves.start(server, WRITERS)) {
        for (int round = 0; round < ROUNDS; round++) {
          long before = moves.count();
          assertThat(client.call("SAVE")).isEqualTo("+OK\r\n");
          assertThat(moves.count()).as("moves while it was written").isGreaterThan(before);
          Files.copy(directory.resolve("dump.rdb"), copies.resolve(round + ".rdb"));
        }
        assertThat(moves.failure()).isEmpty();
      }
    }
    for (int round = 0; round < ROUNDS; round++) {
      try (ServerProcess redis =
              Target.REDIS.start("--dir", copies.toString(), "--dbfilename", round + ".rdb");
          RawClient client = redis.connect()) {
        client.awaitLoaded();
        Moves.verify(client);
      }
    }
  }

  @Test
  void aServerThatIsKilledWhileItSaves_comesBackWithACompleteSnapshot() throws Exception {
    Random random = new Random(7);
    try (ServerProcess server = start();
        RawClient client = server.connect()) {
      Moves.prepare(client);
      assertThat(client.call("SAVE")).isEqualTo("+OK\r\n");
    }
    int cut = 0;
    for (int i = 0; i < KILLS; i++) {
      try (ServerProcess server = start();
          RawClient client = server.connect()) {
        client.awaitLoaded();
        Moves.verify(client);
        assertThat(temporaryFiles()).isZero();
        try (Moves moves = Moves.start(server, WRITERS)) {
          client.send(Wire.request("BGSAVE"));
          LockSupport.parkNanos(random.nextLong(60_000_000));
          server.process().destroyForcibly();
          assertThat(server.process().waitFor(10, TimeUnit.SECONDS)).isTrue();
          assertThat(moves.count()).isNotNegative();
        }
      }
      cut += temporaryFiles() > 0 ? 1 : 0;
    }
    System.out.println(KILLS + " kills, " + cut + " of them while a file was being written");
    try (ServerProcess server = start();
        RawClient client = server.connect()) {
      client.awaitLoaded();
      Moves.verify(client);
      assertThat(temporaryFiles()).isZero();
    }
  }

  private long temporaryFiles() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> String.valueOf(file.getFileName()).startsWith("temp-")).count();
    }
  }
}
