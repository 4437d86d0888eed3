package dev.redistill.loadtest;

import java.util.Locale;

/**
 * What a load asks of a server.
 *
 * @param mode the commands
 * @param getPercent share of GET in {@link Mode#GET_SET}; the rest are SET
 * @param keys number of distinct keys, all of them preloaded
 * @param theta exponent of the Zipf distribution of keys; 0 is uniform
 * @param valueSize bytes per value
 * @param pipeline commands that a connection sends at once
 * @param connections number of connections
 */
record Workload(
    Mode mode,
    int getPercent,
    int keys,
    double theta,
    int valueSize,
    int pipeline,
    int connections) {

  /** Keys of one MSET, as many as redis-benchmark takes. */
  static final int KEYS_PER_MSET = 10;

  /** The commands of a load. */
  enum Mode {
    GET_SET,
    INCR,
    MSET,
    PING;

    static Mode of(String name) {
      return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  Workload {
    require(getPercent >= 0 && getPercent <= 100, "get percent must be 0 to 100");
    require(keys > 0, "keys must be positive");
    require(theta >= 0, "theta must not be negative");
    require(valueSize >= 0, "value size must not be negative");
    require(pipeline > 0, "pipeline must be positive");
    require(connections > 0, "connections must be positive");
  }

  private static void require(boolean condition, String problem) {
    if (!condition) {
      throw new IllegalArgumentException(problem);
    }
  }
}
