package dev.redistill.snapshot;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redistill.store.Entry;
import dev.redistill.store.Keyspace;
import dev.redistill.store.Probe;
import dev.redistill.util.ManualClock;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SnapshotsTest {

  /** What of the disk can fail. */
  enum Fault {
    NONE,
    CREATE,
    FORCE,
    LINK,
    MOVE,
    FORCE_DIRECTORY
  }

  private final ManualClock clock = new ManualClock();
  private final Keyspace keyspace = new Keyspace(16, 16);
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private List<SnapshotOptions.Rule> rules = List.of();
  private UsageKind usage = UsageKind.NONE;
  private Fault fault = Fault.NONE;

  @TempDir private Path directory;
  private Snapshots snapshots = new Snapshots(keyspace, clock, this::options, Runnable::run);

  /** A disk of which one thing fails. */
  private final class FaultyDisk implements Disk {

    private void check(Fault operation) throws IOException {
      if (fault == operation) {
        throw new IOException("no " + operation);
      }
    }

    @Override
    public FileChannel create(Path file) throws IOException {
      check(Fault.CREATE);
      return Disk.super.create(file);
    }

    @Override
    public void force(FileChannel channel) throws IOException {
      check(Fault.FORCE);
      Disk.super.force(channel);
    }

    @Override
    public void link(Path file, Path second) throws IOException {
      check(Fault.LINK);
      Disk.super.link(file, second);
    }

    @Override
    public void move(Path from, Path to) throws IOException {
      check(Fault.MOVE);
      Disk.super.move(from, to);
    }

    @Override
    public void forceDirectory(Path names) throws IOException {
      check(Fault.FORCE_DIRECTORY);
      Disk.super.forceDirectory(names);
    }
  }

  @BeforeEach
  void start() throws IOException {
    snapshots = new Snapshots(keyspace, clock, this::options, Runnable::run, new FaultyDisk());
    snapshots.load(false, Thread.ofPlatform().factory(), bytes -> true);
  }

  private SnapshotOptions options() {
    return new SnapshotOptions(
        directory, "dump.rdb", true, true, 0, false, RdbTest.LIMITS, usage, rules);
  }

  private void set(String key, String value) {
    byte[] bytes = key.getBytes(ISO_8859_1);
    Probe probe = new Probe().set(bytes);
    var lock = keyspace.database(0).lock(probe);
    try {
      Entry existing = keyspace.database(0).find(probe, clock.millis());
      var unused =
          keyspace.database(0).set(probe, existing, value.getBytes(ISO_8859_1), Entry.NEVER);
    } finally {
      lock.unlock();
    }
  }

  private boolean save() {
    return Objects.requireNonNull(snapshots.begin()).join();
  }

  /** The value that a new server has for a key. */
  private String loaded(boolean previous, String key) throws IOException {
    Keyspace fresh = new Keyspace(16, 16);
    new Snapshots(fresh, clock, this::options, Runnable::run)
        .load(previous, Thread.ofPlatform().factory(), bytes -> true);
    Probe probe = new Probe().set(key.getBytes(ISO_8859_1));
    Entry entry = fresh.database(0).find(probe, clock.millis());
    return entry == null ? "nothing" : new String((byte[]) entry.value(), ISO_8859_1);
  }

  /** The entry that a new server has for a key, after some time. */
  private Entry loadedEntry(String key, long later) throws IOException {
    clock.advance(later);
    Keyspace fresh = new Keyspace(16, 16);
    new Snapshots(fresh, clock, this::options, Runnable::run)
        .load(false, Thread.ofPlatform().factory(), bytes -> true);
    Probe probe = new Probe().set(key.getBytes(ISO_8859_1));
    return Objects.requireNonNull(fresh.database(0).find(probe, clock.millis()));
  }

  private int second() {
    return (int) (clock.millis() / 1000);
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }

  @Test
  void save_isLoadedAgain_andKeepsTheOneBefore() throws IOException {
    set("key", "first");
    assertThat(save()).isTrue();
    set("key", "second");
    assertThat(save()).isTrue();
    assertThat(loaded(false, "key")).isEqualTo("second");
    assertThat(loaded(true, "key")).isEqualTo("first");
    assertThat(files()).containsExactly("dump.rdb", "dump.rdb.prev", "redistill.lock");
    assertThat(Files.getPosixFilePermissions(directory.resolve("dump.rdb")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(snapshots.count()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"NONE", "FORCE_DIRECTORY"})
  void failure_leavesTheOldFile_andTheNextSaveWorks(Fault injected) throws IOException {
    set("key", "first");
    assertThat(save()).isTrue();
    set("key", "second");
    fault = injected;
    assertThat(save()).isFalse();
    assertThat(snapshots.failed()).isTrue();
    assertThat(snapshots.changes()).isEqualTo(1);
    assertThat(loaded(false, "key")).isEqualTo("first");
    assertThat(files()).doesNotContain("temp-dump.rdb", "temp-dump.rdb.prev");
    fault = Fault.NONE;
    assertThat(save()).isTrue();
    assertThat(snapshots.failed()).isFalse();
    assertThat(snapshots.changes()).isZero();
    assertThat(loaded(false, "key")).isEqualTo("second");
  }

  @Test
  void failureOfTheDirectory_leavesTwoCompleteFiles_andTheNextSaveWorks() throws IOException {
    set("key", "first");
    assertThat(save()).isTrue();
    set("key", "second");
    fault = Fault.FORCE_DIRECTORY;
    assertThat(save()).isFalse();
    assertThat(snapshots.failed()).isTrue();
    assertThat(snapshots.changes()).isEqualTo(1);
    assertThat(loaded(false, "key"))
        .as("which name is on the disk is not known")
        .isEqualTo("second");
    assertThat(loaded(true, "key")).isEqualTo("first");
    assertThat(files()).containsExactly("dump.rdb", "dump.rdb.prev", "redistill.lock");
    fault = Fault.NONE;
    assertThat(save()).isTrue();
    assertThat(snapshots.failed()).isFalse();
    assertThat(snapshots.changes()).isZero();
  }

  @Test
  void idleTime_isKept_ifThePolicyGoesByIt() throws IOException {
    keyspace.clock().tick(clock.millis());
    set("key", "first");
    clock.advance(100_000);
    assertThat(save()).isTrue();
    assertThat(loadedEntry("key", 5000).idle(second())).isZero();
    usage = UsageKind.IDLE;
    assertThat(save()).isTrue();
    assertThat(loadedEntry("key", 5000).idle(second())).isEqualTo(105);
  }

  @Test
  void frequency_isKept_ifThePolicyGoesByIt() throws IOException {
    usage = UsageKind.FREQUENCY;
    keyspace.clock().tick(clock.millis());
    set("key", "first");
    Probe probe = new Probe().set("key".getBytes(ISO_8859_1));
    Objects.requireNonNull(keyspace.database(0).find(probe, clock.millis())).uses(77);
    clock.advance(120_000);
    assertThat(save()).isTrue();
    Entry loaded = loadedEntry("key", 5000);
    assertThat(loaded.uses()).as("77 less one for each minute").isEqualTo(75);
    assertThat(loaded.idle(second())).isZero();
    usage = UsageKind.NONE;
    assertThat(loadedEntry("key", 0).uses()).isEqualTo(Entry.FIRST_USES);
  }

  @Test
  void aServerWithNothingToLoad_savesFromItsFirstCommandOn() throws IOException {
    Snapshots fresh = new Snapshots(keyspace, clock, this::options, Runnable::run);
    assertThat(fresh.isFound(false)).isFalse();
    fresh.startEmpty();
    set("key", "first");
    assertThat(Objects.requireNonNull(fresh.begin()).join()).isTrue();
    fresh.load(false, Thread.ofPlatform().factory(), bytes -> true);
    assertThat(fresh.count()).as("what was saved before is not forgotten").isEqualTo(1);
    Snapshots next = new Snapshots(keyspace, clock, this::options, Runnable::run);
    assertThat(next.isFound(false)).isTrue();
    assertThat(next.begin()).isNull();
  }

  @Test
  void load_ofMoreThanThereIsRoomFor_isRefused() {
    set("key", "first");
    assertThat(save()).isTrue();
    Snapshots small = new Snapshots(new Keyspace(16, 16), clock, this::options, Runnable::run);
    assertThatThrownBy(() -> small.load(false, Thread.ofPlatform().factory(), bytes -> false))
        .hasMessageContaining("the heap cannot hold all of its keys");
    assertThat(small.isReady()).isFalse();
  }

  @Test
  void listener_isToldOfFailureAndSuccess() {
    StringBuilder told = new StringBuilder();
    snapshots.listen(() -> told.append(snapshots.failed() ? "failed " : "good "));
    fault = Fault.FORCE;
    assertThat(save()).isFalse();
    fault = Fault.NONE;
    assertThat(save()).isTrue();
    assertThat(told.toString()).isEqualTo("failed good ");
  }

  @Test
  void rule_asksForASnapshot_afterItsTimeAndChanges() throws IOException {
    rules = List.of(new SnapshotOptions.Rule(60, 2));
    set("key", "first");
    set("key", "second");
    clock.advance(60_000);
    snapshots.tick();
    assertThat(snapshots.count()).isZero();
    clock.advance(1);
    snapshots.tick();
    assertThat(snapshots.count()).isEqualTo(1);
    set("key", "third");
    clock.advance(120_000);
    snapshots.tick();
    assertThat(snapshots.count()).isEqualTo(1);
  }

  @Test
  void rule_afterAFailure_waitsBeforeItTriesAgain() {
    rules = List.of(new SnapshotOptions.Rule(1, 1));
    set("key", "first");
    clock.advance(2000);
    fault = Fault.MOVE;
    snapshots.tick();
    fault = Fault.NONE;
    clock.advance(5000);
    snapshots.tick();
    assertThat(snapshots.count()).isZero();
    clock.advance(1);
    snapshots.tick();
    assertThat(snapshots.count()).isEqualTo(1);
  }

  @Test
  void onlyOneSnapshot_isWrittenAtATime_andItCanBeCancelled() throws IOException {
    Snapshots slow = new Snapshots(keyspace, clock, this::options, waiting::add);
    slow.load(false, Thread.ofPlatform().factory(), bytes -> true);
    set("key", "first");
    CompletableFuture<Boolean> result = Objects.requireNonNull(slow.begin());
    assertThat(slow.begin()).isNull();
    assertThat(slow.isSaving()).isTrue();
    assertThat(slow.cancel()).isTrue();
    waiting.remove().run();
    assertThat(result.join()).isFalse();
    assertThat(slow.cancel()).isFalse();
    assertThat(slow.failed()).isFalse();
    assertThat(files()).containsExactly("redistill.lock");
  }

  @Test
  void directory_belongsToOneServer() {
    rules = List.of(new SnapshotOptions.Rule(60, 2));
    assertThat(save()).isTrue();
    Snapshots second = new Snapshots(keyspace, clock, this::options, Runnable::run);
    assertThatThrownBy(second::prepare)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("another server writes its snapshots to");
    assertThat(snapshots.close()).isTrue();
    try {
      second.prepare();
    } catch (IOException e) {
      throw new AssertionError("the directory is free", e);
    }
    assertThat(second.close()).isTrue();
  }

  @Test
  void prepare_removesWhatAKilledServerLeft() throws IOException {
    rules = List.of(new SnapshotOptions.Rule(60, 2));
    Files.writeString(directory.resolve("temp-dump.rdb"), "half");
    snapshots.prepare();
    assertThat(files()).containsExactly("redistill.lock");
  }

  @Test
  void damagedFile_isNamed_andNeverOverwritten() throws IOException {
    Path file = directory.resolve("dump.rdb");
    Files.writeString(file, "REDIS0010 and nothing");
    Snapshots second = new Snapshots(keyspace, clock, this::options, Runnable::run);
    assertThatThrownBy(() -> second.load(false, Thread.ofPlatform().factory(), bytes -> true))
        .hasMessageContaining(file.toString())
        .hasMessageContaining("at offset 10");
    rules = List.of(new SnapshotOptions.Rule(60, 2));
    assertThat(second.begin()).isNull();
    assertThat(second.close()).isTrue();
    assertThat(Files.readString(file)).isEqualTo("REDIS0010 and nothing");
  }

  @Test
  void close_savesIfRulesOrSomebodyWantIt() throws IOException {
    set("key", "first");
    assertThat(snapshots.close()).isTrue();
    assertThat(files()).isEmpty();
    snapshots.saveAtEnd(true);
    assertThat(snapshots.close()).isTrue();
    assertThat(loaded(false, "key")).isEqualTo("first");
    set("key", "second");
    snapshots.saveAtEnd(false);
    rules = List.of(new SnapshotOptions.Rule(60, 2));
    assertThat(snapshots.close()).isTrue();
    assertThat(loaded(false, "key")).isEqualTo("first");
  }
}
