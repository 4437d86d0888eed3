package dev.redistill.fuzz;

import dev.redistill.snapshot.SnapshotFixture;

/**
 * Fuzz target: an RDB file, and what RESTORE is given. It is read or called damaged; what was
 * restored can be dumped and restored again. Half of the inputs get a checksum that fits, which
 * none would find by chance.
 */
public final class SnapshotFuzz {

  private SnapshotFuzz() {}

  /** The entry point that Jazzer calls. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    FuzzInput input = new FuzzInput(bytes);
    switch (input.below(4)) {
      case 0 -> SnapshotFixture.readFile(input.rest());
      case 1 -> SnapshotFixture.readFile(SnapshotFixture.withChecksum(input.rest()));
      case 2 -> SnapshotFixture.restore(input.rest());
      default -> SnapshotFixture.restore(SnapshotFixture.withChecksum(input.rest()));
    }
  }
}
