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
  long reads;
  long writes;

  void add(Traffic other) {
    commands += other.commands;
    hits += other.hits;
    misses += other.misses;
    bytesIn += other.bytesIn;
    bytesOut += other.bytesOut;
    reads += other.reads;
    writes += other.writes;
  }

  void subtract(Traffic other) {
    commands -= other.commands;
    hits -= other.hits;
    misses -= other.misses;
    bytesIn -= other.bytesIn;
    bytesOut -= other.bytesOut;
    reads -= other.reads;
    writes -= other.writes;
  }

  void set(Traffic other) {
    commands = other.commands;
    hits = other.hits;
    misses = other.misses;
    bytesIn = other.bytesIn;
    bytesOut = other.bytesOut;
    reads = other.reads;
    writes = other.writes;
  }

  /** Counts a lookup of a key. */
  void lookup(boolean hit) {
    if (hit) {
      hits++;
    } else {
      misses++;
    }
  }

  /** Does not count a hit that is about to be looked up again. */
  void takeBackHit() {
    hits--;
  }

  /** Counts bytes read from a client. */
  public void received(long bytes) {
    bytesIn += bytes;
    reads++;
  }

  /** Counts bytes written to a client. */
  public void sent(long bytes) {
    bytesOut += bytes;
    writes++;
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

  /** How often something was read from clients. */
  public long reads() {
    return reads;
  }

  /** How often something was written to clients. */
  public long writes() {
    return writes;
  }
}
