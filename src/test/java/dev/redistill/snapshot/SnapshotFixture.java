package dev.redistill.snapshot;

import dev.redistill.config.Config;
import dev.redistill.config.Settings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Snapshots for tests of other packages. */
public final class SnapshotFixture {

  private static final long NOW = 1_000_000_000L;

  private SnapshotFixture() {}

  /** What the settings say of the file; no rules. */
  public static SnapshotOptions options(Config config) {
    return new SnapshotOptions(
        Path.of(config.text(Settings.DIR)),
        config.text(Settings.DBFILENAME),
        true,
        true,
        0,
        false,
        RdbTest.LIMITS,
        UsageKind.NONE,
        List.of());
  }

  /** Reads a file whole; one that is damaged is nothing to fail about. */
  public static void readFile(byte[] file) {
    RdbSink nothing = entry -> {};
    try {
      new RdbReader(new RdbInput(file, file.length), nothing, RdbTest.LIMITS, NOW).read();
    } catch (RdbException e) {
      requireReason(e);
    } catch (IOException e) {
      throw new AssertionError("an array cannot fail to be read", e);
    }
  }

  /** Restores a dump and, if it is a value, dumps and restores that again. */
  public static void restore(byte[] dumped) {
    if (!Dump.isIntact(dumped)) {
      return;
    }
    try {
      Object value = Dump.read(dumped, RdbTest.LIMITS, NOW);
      byte[] again = Dump.write(value);
      if (!Dump.isIntact(again)) {
        throw new AssertionError("our own dump is not intact");
      }
      if (!Arrays.equals(Dump.write(Dump.read(again, RdbTest.LIMITS, NOW)), again)) {
        throw new AssertionError("the same value is dumped in another way");
      }
    } catch (RdbException e) {
      requireReason(e);
    }
  }

  private static void requireReason(RdbException e) {
    if (e.reason().isBlank()) {
      throw new AssertionError("damaged without a reason", e);
    }
  }

  /** The same bytes and the checksum of them. */
  public static byte[] withChecksum(byte[] bytes) {
    return ByteBuffer.allocate(bytes.length + Long.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(bytes)
        .putLong(Crc64.update(0, bytes, 0, bytes.length))
        .array();
  }
}
