package dev.redistill.snapshot;

import java.nio.file.Path;
import java.util.List;

/**
 * The settings of snapshots as they are at a moment.
 *
 * @param directory where the file is
 * @param name its name
 * @param compresses whether to compress strings
 * @param checked whether to write a checksum, and to look at it
 * @param version the version of the format to write, or 0 for the oldest that can hold everything
 * @param skipsForeign whether to load a file without its keys of types that are unknown here
 * @param limits how values are kept
 * @param usage what matters of how keys are used
 * @param rules when to write a snapshot unasked; one of them is enough
 */
public record SnapshotOptions(
    Path directory,
    String name,
    boolean compresses,
    boolean checked,
    int version,
    boolean skipsForeign,
    ValueLimits limits,
    UsageKind usage,
    List<Rule> rules) {

  /**
   * A reason to write a snapshot.
   *
   * @param seconds how long ago the last one is, at least
   * @param changes how many changes there were since, at least
   */
  public record Rule(long seconds, long changes) {}

  /** The file. */
  public Path file() {
    return directory.resolve(name);
  }

  /** The file that was there before the last snapshot. */
  public Path previous() {
    return directory.resolve(name + ".prev");
  }
}
