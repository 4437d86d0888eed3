package dev.redistill.util;

/** The time of day and a steady time, given to whoever needs them so that tests can move them. */
public interface Clock {

  /** Milliseconds since the Unix epoch. */
  long millis();

  /** Nanoseconds of a steady clock with an arbitrary origin. */
  long nanos();

  /** Microseconds since the Unix epoch. */
  default long micros() {
    return millis() * 1000;
  }

  /** The clock of the machine. */
  static Clock system() {
    return new SystemClock();
  }
}
