package dev.redistill.snapshot;

import dev.redistill.config.Config;
import dev.redistill.config.Settings;
import java.nio.file.Path;
import java.util.List;

/** Snapshots for tests of commands. */
public final class SnapshotFixture {

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
}
