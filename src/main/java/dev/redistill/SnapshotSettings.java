package dev.redistill;

import dev.redistill.config.Config;
import dev.redistill.config.Settings;
import dev.redistill.eviction.EvictionPolicy;
import dev.redistill.snapshot.HashLimits;
import dev.redistill.snapshot.SnapshotOptions;
import dev.redistill.snapshot.UsageKind;
import dev.redistill.snapshot.ValueLimits;
import dev.redistill.store.SetLimits;
import java.nio.file.Path;

/** The settings as snapshots take them. */
final class SnapshotSettings {

  private SnapshotSettings() {}

  static SnapshotOptions of(Config config) {
    String version = config.text(Settings.RDB_VERSION);
    return new SnapshotOptions(
        Path.of(config.text(Settings.DIR)),
        config.text(Settings.DBFILENAME),
        config.flag(Settings.RDBCOMPRESSION),
        config.flag(Settings.RDBCHECKSUM),
        version.equals("auto") ? 0 : Integer.parseInt(version),
        config.flag(Settings.RDB_SKIP_UNKNOWN),
        limits(config),
        usage(config),
        config.saveRules().stream()
            .map(rule -> new SnapshotOptions.Rule(rule.seconds(), rule.changes()))
            .toList());
  }

  private static UsageKind usage(Config config) {
    EvictionPolicy policy = EvictionPolicy.of(config.text(Settings.MAXMEMORY_POLICY));
    if (policy.isFrequency()) {
      return UsageKind.FREQUENCY;
    }
    return policy.isRecency() ? UsageKind.IDLE : UsageKind.NONE;
  }

  private static ValueLimits limits(Config config) {
    return new ValueLimits(
        new HashLimits(
            config.number(Settings.HASH_MAX_LISTPACK_ENTRIES),
            config.number(Settings.HASH_MAX_LISTPACK_VALUE)),
        new SetLimits(
            config.number(Settings.SET_MAX_INTSET_ENTRIES),
            config.number(Settings.SET_MAX_LISTPACK_ENTRIES),
            config.number(Settings.SET_MAX_LISTPACK_VALUE)));
  }

  /** Whether writes are to be refused when a snapshot has failed. */
  static boolean failureStopsWrites(Config config) {
    return config.flag(Settings.STOP_WRITES_ON_BGSAVE_ERROR) && !config.saveRules().isEmpty();
  }
}
