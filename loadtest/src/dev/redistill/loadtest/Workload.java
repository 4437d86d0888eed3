package dev.redistill.loadtest;

import java.util.Locale;

/**
 * What a load asks of a server.
 *
 * @param mode the commands
 * @param getPercent share of GET in {@link Mode#GET_SET} and {@link Mode#CACHE}, of HGET in {@link
 *     Mode#HASH} and {@link Mode#FIELD}; the rest are SET or HSET
 * @param keys number of distinct keys, or of fields where there is one hash, all of them preloaded
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

  /** Fields of each hash in {@link Mode#HASH}. */
  static final int FIELDS_PER_HASH = 5;

  /** The commands of a load. */
  enum Mode {
    GET_SET,
    /** The same of keys that may have been evicted, and not the same keys over and over. */
    CACHE,
    INCR,
    MSET,
    PING,
    /** HGET and HSET of a field of one of many small hashes. */
    HASH,
    /** HGET and HSET of a field of one hash. */
    FIELD,
    /** HINCRBY of a field of one hash. */
    FIELD_INCR,
    /** HDEL and HSET of fields of one hash, as many of one as of the other. */
    FIELD_DEL;

    static Mode of(String name) {
      return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** Whether the replies that are no values are integers. */
    boolean repliesIntegers() {
      return switch (this) {
        case GET_SET, CACHE, MSET, PING -> false;
        case INCR, HASH, FIELD, FIELD_INCR, FIELD_DEL -> true;
      };
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
