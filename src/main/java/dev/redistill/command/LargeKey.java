package dev.redistill.command;

import java.util.Arrays;

/**
 * A key that takes much memory.
 *
 * @param database the number of its database
 * @param name the bytes of it
 * @param bytes how much it takes with its value
 */
public record LargeKey(int database, byte[] name, long bytes) {

  /** Whether both are the same key. */
  boolean isSame(LargeKey other) {
    return database == other.database && Arrays.equals(name, other.name);
  }
}
