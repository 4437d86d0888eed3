package dev.redistill.config;

import java.nio.file.Path;

/**
 * How {@code maxmemory} and the heap of the JVM belong together. The launcher, which gives the JVM
 * its heap, plans in the same way.
 */
public final class HeapPlan {

  /* Above the limit the heap needs room for what dies and is not collected yet, a third, and for the server itself.
  What is young lives in a part of its own, which the launcher adds. */

  private static final long OWN = 16 << 20;
  private static final int THIRDS = 3;
  private static final int PERCENT = 100;

  private HeapPlan() {}

  /** The largest {@code maxmemory} that a heap of so many bytes can hold. */
  public static long capacity(long heap) {
    return Math.max(0, (heap - OWN) / (THIRDS + 1) * THIRDS);
  }

  /** The smallest heap that can hold such a {@code maxmemory}. */
  static long heap(long limit) {
    return limit / THIRDS * (THIRDS + 1) + OWN;
  }

  /** The largest {@code maxmemory} that the heap of this process can hold. */
  public static long capacity() {
    return capacity(Runtime.getRuntime().maxMemory());
  }

  /** The memory of the machine or the container, in bytes. */
  public static long machine() {
    return new MachineMemory(Path.of("/")).bytes();
  }

  /** A share of the memory of the machine or the container, and not more than the heap can hold. */
  static long share(long percent) {
    return Math.min(machine() / PERCENT * percent, capacity());
  }
}
