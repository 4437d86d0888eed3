package dev.redistill.commands;

import dev.redistill.command.Services;
import dev.redistill.metrics.ProcessFigures;

/**
 * The memory in use at one moment, in bytes, as INFO and MEMORY STATS show it. What Redis says of
 * its allocator is said here of the heap of the JVM, which holds the keys and everything else.
 *
 * @param used what keys, values and connections take
 * @param peak the most that was ever used
 * @param startup what was used before there were any keys or clients
 * @param clients what waits on connections
 * @param tables what the tables around the entries take
 * @param resident what the process takes
 * @param heapUsed what the heap holds, garbage included
 * @param heapSize the size of the heap now
 * @param heapLimit the size that the heap may grow to
 */
record MemoryFigures(
    long used,
    long peak,
    long startup,
    long clients,
    long tables,
    long resident,
    long heapUsed,
    long heapSize,
    long heapLimit) {

  static MemoryFigures of(Services services) {
    long clients = services.memory().clients();
    long used = services.memory().used();
    services.statistics().sawMemory(used);
    Runtime jvm = Runtime.getRuntime();
    long heapSize = jvm.totalMemory();
    return new MemoryFigures(
        used,
        services.statistics().peakMemory(),
        services.memory().atStart(),
        clients,
        services.keyspace().tableFootprint(),
        ProcessFigures.residentMemory(),
        heapSize - jvm.freeMemory(),
        heapSize,
        jvm.maxMemory());
  }

  /** What is used beside keys and values. */
  long overhead() {
    return clients + tables;
  }

  /** What keys and values take. */
  long dataset() {
    return used - overhead();
  }

  double datasetPercent() {
    return percent(dataset(), used);
  }

  double peakPercent() {
    return percent(used, peak);
  }

  /** How much larger the process is than what is used. */
  double fragmentation() {
    return ratio(resident, used);
  }

  static double percent(long part, long whole) {
    return ratio(part, whole) * 100;
  }

  /** A ratio, 0 if there is nothing to compare with. */
  static double ratio(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
