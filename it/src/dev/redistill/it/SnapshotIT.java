package dev.redistill.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Snapshots as files: those of Redis are loaded, ours are loaded by Redis, and what happens to them
 * when the disk, the file or the end of the server is not as it should be.
 *
 * <p>{@code -Dredistill.snapshot.keys=1000000} compares more keys.
 */
final class SnapshotIT {
  private static final int KEYS = Integer.getInteger("redistill.snapshot.keys", 20_000);
  private static final int TIMEOUT_SECONDS = 60;

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path directory;

  private Path file() {
    return directory.resolve("dump.rdb");
  }

  private ServerProcess start(Target target, String... more) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("--dir", directory.toString()));
    arguments.addAll(List.of(more));
    ServerProcess server = target.start(arguments.toArray(new String[0]));
    try (RawClient client = server.connect()) {
      client.awaitLoaded();
    }
    return server;
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(path -> String.valueOf(path.getFileName())).sorted().toList();
    }
  }

  private static Map<String, String> read(ServerProcess server) throws IOException {
    try (RawClient client = server.connect()) {
      return SnapshotData.read(client);
    }
  }

  private static void assertSame(Map<String, String> actual, Map<String, String> expected) {
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (key, value) -> assertThat(actual.get(key)).as(Wire.escape(key)).isEqualTo(value));
  }

  private static void assertIntact(Path file) throws IOException, InterruptedException {
    Program.Result redis = new Program("redis-check-rdb", file.toString()).run();
    assertThat(redis.out()).contains("RDB looks OK!");
    Program.Result ours =
        new Program(ServerProcess.launcher().toString(), "check", file.toString()).run();
    assertThat(ours.out()).contains("intact");
    assertThat(ours.exit()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"REDIS, REDISTILL", "REDISTILL, REDIS"})
  void everyKeyComesBack_withItsValueAndTtl_inTheOtherServer(Target from, Target to)
      throws Exception {
    Map<String, String> expected;
    try (ServerProcess server = start(from);
        RawClient client = server.connect().patience(TIMEOUT_SECONDS * 1000)) {
      new SnapshotData(System.currentTimeMillis()).write(client, KEYS);
      expected = SnapshotData.read(client);
      assertThat(expected).hasSize(KEYS);
      assertThat(client.call("SAVE")).isEqualTo("+OK\r\n");
    }
    assertIntact(file());

    try (ServerProcess server = start(to)) {
      assertSame(read(server), expected);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REDIS", "REDISTILL"})
  void redisCliCopiesAllKeys(Target target) throws Exception {
    assumeTrue(Program.exists("redis-cli"), "skipped: no redis-cli here");
    Map<String, String> expected;
    try (ServerProcess server = target.start();
        RawClient client = server.connect()) {
      new SnapshotData(System.currentTimeMillis()).write(client, 5_000);
      expected = SnapshotData.read(client);

      Program.Result result =
          new Program("redis-cli", "-p", "" + server.port(), "--rdb", file().toString()).run();

      assertThat(result.exit()).as(result.err()).isZero();
      assertThat(result.out() + result.err()).contains("Transfer finished with success");
    }
    assertIntact(file());
    try (ServerProcess redis = start(Target.REDIS)) {
      assertSame(read(redis), expected);
    }
    try (ServerProcess ours = start(Target.REDISTILL)) {
      assertSame(read(ours), expected);
    }
  }

  /** What tools send that are older than {@code capa eof}: no more than SYNC. */
  @Test
  void plainSync_isAFileBehindItsLength_andThenTheEnd() throws Exception {
    Map<String, String> expected;
    try (ServerProcess server = start(Target.REDISTILL);
        RawClient client = server.connect();
        RawClient tool = server.connect()) {
      new SnapshotData(System.currentTimeMillis()).write(client, 5_000);
      expected = SnapshotData.read(client);

      tool.send("SYNC\r\n");
      String copy = tool.observeEnd(TIMEOUT_SECONDS * 1000);

      int head = copy.indexOf("\r\n");
      int length = Integer.parseInt(copy.substring(1, head));
      assertThat(copy.substring(head + 2 + length)).isEqualTo("(closed)");
      Files.write(file(), Wire.bytes(copy.substring(head + 2, head + 2 + length)));
      assertThat(files()).containsExactly("dump.rdb");
    }
    assertIntact(file());
    try (ServerProcess redis = start(Target.REDIS)) {
      assertSame(read(redis), expected);
    }
  }

  @Test
  void evictingWhileItSaves_harmsNeither() throws Exception {
    try (ServerProcess server =
            start(Target.REDISTILL, "--maxmemory", "20mb", "--maxmemory-policy", "allkeys-lru");
        RawClient client = server.connect()) {
      Flood flood = Flood.start(server);
      try (flood) {
        Eventually.eventually("keys are evicted", () -> evicted(client) > 10_000);
        for (int round = 0; round < 5; round++) {
          long before = evicted(client);
          assertThat(client.call("SAVE")).isEqualTo("+OK\r\n");
          Eventually.eventually("it goes on evicting", () -> evicted(client) > before);
          assertIntact(file());
        }
      }
      assertThat(flood.failure()).isEmpty();
      assertThat(client.call("CONFIG", "SET", "maxmemory", "0")).isEqualTo("+OK\r\n");
      assertThat(client.call("SAVE")).isEqualTo("+OK\r\n");
      long keys = client.integer("DBSIZE");
      try (ServerProcess redis = start(Target.REDIS);
          RawClient there = redis.connect()) {
        assertThat(there.integer("DBSIZE")).isEqualTo(keys);
      }
    }
  }

  private static long evicted(RawClient client) {
    try {
      return client
          .call("INFO", "stats")
          .lines()
          .filter(line -> line.startsWith("evicted_keys:"))
          .mapToLong(line -> Long.parseLong(line.substring("evicted_keys:".length())))
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }

  @Test
  void aClientThatLeavesInTheMiddleOfACopyHarmsNobody() throws Exception {
    try (ServerProcess server = start(Target.REDISTILL);
        RawClient client = server.connect()) {
      for (int i = 0; i < 200; i++) {
        client.call("SET", "large:" + i, Integer.toString(i).repeat(100_000));
      }
      client.call("CONFIG", "SET", "rdbcompression", "no");
      try (RawClient slow = server.connect()) {
        assertThat(slow.call("REPLCONF", "capa", "eof")).isEqualTo("+OK\r\n");
        slow.send(Wire.request("SYNC"));
        Eventually.eventually("the copy is on its way", () -> isSaving(client));
        assertThat(client.call("BGSAVE")).startsWith("-ERR Background save already in progress");
      }

      Eventually.eventually("the copy has ended", () -> !isSaving(client));
      assertThat(client.call("SAVE")).isEqualTo("+OK\r\n");
      assertThat(client.call("INFO", "persistence")).contains("rdb_last_bgsave_status:ok");
    }
  }

  private static boolean isSaving(RawClient client) {
    try {
      return client.call("INFO", "persistence").contains("rdb_bgsave_in_progress:1");
    } catch (IOException e) {
      return false;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'--save|3600 1', TERM, true",
    "'--save|3600 1', INT, true",
    "'--save|', TERM, false",
    "'--shutdown-on-sigterm|save', TERM, true",
    "'--save|3600 1|--shutdown-on-sigterm|nosave', TERM, false",
    "'--save|3600 1|--shutdown-on-sigterm|nosave', INT, true",
  })
  void aSignalSaves_ifTheSettingsSaySo(String settings, String signal, boolean saves)
      throws Exception {
    try (ServerProcess server = start(Target.REDISTILL, settings.split("\\|", -1));
        RawClient client = server.connect()) {
      client.call("SET", "k", "v");

      new Program("kill", "-" + signal, "" + server.process().pid()).run();

      assertThat(server.process().waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(server.process().exitValue()).isZero();
    }
    assertThat(Files.exists(file())).isEqualTo(saves);
    assertThat(files()).allMatch(name -> name.equals("dump.rdb") || name.equals("redistill.lock"));
  }

  @Test
  void aFileThatIsDamaged_oneLineAndOne_andTheOneBeforeCanBeLoaded() throws Exception {
    try (ServerProcess server = start(Target.REDISTILL);
        RawClient client = server.connect()) {
      client.call("SET", "k", "first");
      client.call("SAVE");
      client.call("SET", "k", "second");
      client.call("SAVE");
    }
    byte[] damaged = Files.readAllBytes(file());
    damaged[damaged.length - 12] ^= 1;
    Files.write(file(), damaged);

    Program.Result result = startAnother();

    assertThat(result.exit()).isEqualTo(1);
    String output = result.out() + result.err();
    assertThat(output.lines().filter(line -> line.contains(" # ")))
        .singleElement()
        .asString()
        .contains(file().toString())
        .containsPattern("at offset \\d+: ");
    assertThat(output.lines().reduce((before, last) -> last).orElse("")).contains("cannot start");
    assertThat(Files.readAllBytes(file())).isEqualTo(damaged);

    try (ServerProcess server = start(Target.REDISTILL, "--load-previous");
        RawClient client = server.connect()) {
      assertThat(client.call("GET", "k")).isEqualTo(Wire.bulk("first"));
    }
  }

  /** Starts a server in the directory that is not going to run. */
  private Program.Result startAnother() throws Exception {
    String port = Integer.toString(ServerProcess.freePort());
    return new Program(
            ServerProcess.launcher().toString(),
            "--dir",
            directory.toString(),
            "--save",
            "3600 1",
            "--port",
            port,
            "--bind",
            "127.0.0.1")
        .run();
  }

  @Test
  void aDirectoryIsForOneServer() throws Exception {
    try (ServerProcess first = start(Target.REDISTILL, "--save", "3600 1");
        RawClient client = first.connect()) {
      client.call("SET", "k", "v");
      assertThat(client.call("SAVE")).isEqualTo("+OK\r\n");

      Program.Result second = startAnother();
      assertThat(second.exit()).isEqualTo(1);
      assertThat(second.out() + second.err())
          .contains("another server writes its snapshots to " + directory.toRealPath());

      try (ServerProcess reader = start(Target.REDISTILL);
          RawClient other = reader.connect()) {
        assertThat(other.call("GET", "k")).isEqualTo(Wire.bulk("v"));
        assertThat(other.call("SAVE")).startsWith("-ERR");
        assertThat(client.call("SAVE")).isEqualTo("+OK\r\n");
      }
    }
  }

  @Test
  void aFullDisk_leavesTheOldFile_andTheNextSaveWorks() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(directory, "size=1m");
        ServerProcess server = start(Target.REDISTILL, "--save", "3600 1");
        RawClient client = server.connect()) {
      client.call("SET", "k", "first");
      assertThat(client.call("SAVE")).isEqualTo("+OK\r\n");
      byte[] before = Files.readAllBytes(file());
      client.call("CONFIG", "SET", "rdbcompression", "no");
      client.call("SET", "large", "x".repeat(2_000_000));

      assertThat(client.call("SAVE")).startsWith("-ERR");
      assertThat(client.call("SET", "k", "second")).startsWith("-MISCONF");
      assertThat(client.call("GET", "k")).isEqualTo(Wire.bulk("first"));
      assertThat(client.call("INFO", "persistence")).contains("rdb_last_bgsave_status:err");
      assertThat(server.log()).contains("Background saving error", "No space left on device");
      assertThat(files()).containsExactlyInAnyOrder("dump.rdb", "redistill.lock");
      assertThat(Files.readAllBytes(file())).isEqualTo(before);

      disk.remount("size=20m");
      assertThat(client.call("SAVE")).isEqualTo("+OK\r\n");
      assertThat(client.call("SET", "k", "second")).isEqualTo("+OK\r\n");
      assertIntact(file());
    }
  }

  @Test
  void aReadOnlyDirectory_leavesTheOldFile_andTheServerGoesOn() throws Exception {
    try (ServerProcess server = start(Target.REDISTILL, "--save", "3600 1");
        RawClient client = server.connect()) {
      client.call("SET", "k", "first");
      assertThat(client.call("SAVE")).isEqualTo("+OK\r\n");
      byte[] before = Files.readAllBytes(file());

      try (SmallDisk disk = SmallDisk.mount(directory, "ro")) {
        assertThat(disk.where()).isEqualTo(directory);
        assertThat(client.call("SAVE")).startsWith("-ERR");
        assertThat(client.call("SET", "k", "second")).startsWith("-MISCONF");
        assertThat(server.log()).contains("Read-only file system");
        new Program("kill", "-TERM", "" + server.process().pid()).run();
        assertThat(server.awaitLog("SIGTERM received but errors trying to shut down")).isNotEmpty();
        assertThat(client.call("GET", "k")).isEqualTo(Wire.bulk("first"));
      }

      assertThat(Files.readAllBytes(file())).isEqualTo(before);
      assertThat(client.call("SAVE")).isEqualTo("+OK\r\n");
      assertThat(client.call("SET", "k", "second")).isEqualTo("+OK\r\n");
      assertIntact(file());
    }
  }
}
