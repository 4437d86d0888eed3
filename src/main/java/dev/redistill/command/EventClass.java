package dev.redistill.command;

/** A class of keyspace events, and the letter that asks for it in notify-keyspace-events. */
public enum EventClass {
  GENERIC('g', 0),
  STRING('$', 1),
  LIST('l', 2),
  SET('s', 3),
  HASH('h', 4),
  SORTED_SET('z', 5),
  EXPIRED('x', 6),
  EVICTED('e', 7),
  STREAM('t', 8),
  MODULE('d', 9),
  NEW('n', 10),
  MISS('m', 11);

  private final char letter;
  private final int bit;

  EventClass(char letter, int place) {
    this.letter = letter;
    bit = 1 << place;
  }

  /** This class as one bit of a set. */
  int bit() {
    return bit;
  }

  /** The classes that some letters name, as bits. */
  static int bits(String letters) {
    int bits = 0;
    for (EventClass each : values()) {
      if (letters.indexOf(each.letter) >= 0) {
        bits |= each.bit;
      }
    }
    return bits;
  }
}
