package dev.redistill.snapshot;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redistill.store.Entry;
import dev.redistill.store.Keyspace;
import dev.redistill.store.Probe;
import dev.redistill.util.ManualClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SnapshotSenderTest {

  private final ManualClock clock = new ManualClock();
  private final Keyspace keyspace = new Keyspace(16, 16);
  private final Snapshots snapshots = new Snapshots(keyspace, clock, this::options, Runnable::run);

  @TempDir private Path directory;

  /** Somebody who keeps what is sent. */
  private static final class Keeper implements Receiver {

    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final boolean wantsSize;
    private final long waiting;
    private long size = -1;

    Keeper(boolean wantsSize, long waiting) {
      this.wantsSize = wantsSize;
      this.waiting = waiting;
    }

    @Override
    public String name() {
      return "a test";
    }

    @Override
    public boolean wantsSize() {
      return wantsSize;
    }

    @Override
    public void size(long bytes) {
      assertThat(sent.size()).as("sent before the size").isZero();
      size = bytes;
    }

    @Override
    public void take(byte[] bytes) {
      sent.writeBytes(bytes);
    }

    @Override
    public long waiting() {
      return waiting;
    }
  }

  private SnapshotOptions options() {
    return new SnapshotOptions(
        directory, "dump.rdb", true, true, 0, false, RdbTest.LIMITS, UsageKind.NONE, List.of());
  }

  @BeforeEach
  void start() {
    snapshots.startEmpty();
    Probe probe = new Probe().set("key".getBytes(ISO_8859_1));
    var lock = keyspace.database(0).lock(probe);
    try {
      var unused = keyspace.database(0).set(probe, null, "value".getBytes(ISO_8859_1), Entry.NEVER);
    } finally {
      lock.unlock();
    }
  }

  private boolean send(Receiver receiver) {
    return Objects.requireNonNull(snapshots.sendNext(receiver)).join();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatIsSent_hasAllKeys_andLeavesNoFile(boolean wantsSize) throws IOException {
    Keeper keeper = new Keeper(wantsSize, 0);
    assertThat(send(keeper)).isTrue();
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).isEmpty();
    }
    assertThat(keeper.size).isEqualTo(wantsSize ? keeper.sent.size() : -1);
    Files.write(directory.resolve("dump.rdb"), keeper.sent.toByteArray());
    Keyspace fresh = new Keyspace(16, 16);
    new Snapshots(fresh, clock, this::options, Runnable::run)
        .load(false, Thread.ofPlatform().factory(), bytes -> true);
    Entry entry =
        fresh.database(0).find(new Probe().set("key".getBytes(ISO_8859_1)), clock.millis());
    assertThat(Objects.requireNonNull(entry).value()).isEqualTo("value".getBytes(ISO_8859_1));
  }

  @Test
  void somebodyWhoHasGone_isSentNothing() {
    Keeper gone = new Keeper(false, -1);
    assertThat(send(gone)).isFalse();
    assertThat(gone.sent.size()).isZero();
    assertThat(snapshots.isSaving()).isFalse();
    assertThat(snapshots.failed()).isFalse();
  }

  @Test
  void aDirectoryThatCannotBeWritten_endsIt() throws IOException {
    Files.delete(directory);
    Keeper keeper = new Keeper(true, 0);
    assertThat(send(keeper)).isFalse();
    assertThat(keeper.size).isEqualTo(-1);
    assertThat(keeper.sent.size()).isZero();
  }
}
