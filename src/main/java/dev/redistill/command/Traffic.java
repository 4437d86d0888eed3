package dev.redistill.command;

/**
 * What a session counts, in plain fields that only its connection writes; others read them when
 * they sum up, so counting costs no shared memory on the way of a command.
 */
public final class Traffic {

  long commands;
  long hits;
  long misses;
  long bytesIn;
  long bytesOut;

  void add(Traffic other) {
    commands += other.commands;
    hits += other.hits;
    misses += other.misses;
    bytesIn += other.bytesIn;
    bytesOut += other.bytesOut;
  }

  void subtract(Traffic other) {
    commands -= other.commands;
    hits -= other.hits;
    misses -= other.misses;
    bytesIn -= other.bytesIn;
    bytesOut -= other.bytesOut;
  }

  void set(Traffic other) {
    commands = other.commands;
    hits = other.hits;
    misses = other.misses;
    bytesIn = other.bytesIn;
    bytesOut = other.bytesOut;
  }

  /** Counts bytes read from a client. */
  public void received(long bytes) {
    bytesIn += bytes;
  }

  /** Counts bytes written to a client. */
  public void sent(long bytes) {
    bytesOut += bytes;
  }

  public long commands() {
    return commands;
  }

  public long hits() {
    return hits;
  }

  public long misses() {
    return misses;
  }

  public long bytesIn() {
    return bytesIn;
  }

  public long bytesOut() {
    return bytesOut;
  }
}
