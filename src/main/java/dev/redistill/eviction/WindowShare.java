package dev.redistill.eviction;

/**
 * Which part of the memory new keys take before they are compared with others: little where keys
 * keep their popularity, all of it where what was used last is used next. Written by one thread.
 */
final class WindowShare {

  /** Keys are kept by how often they were used. */
  static final double LEAST = 0.005;

  /** Keys are kept by how long ago they were used. */
  static final double MOST = 1;

  private volatile double value;

  WindowShare(double value) {
    this.value = value;
  }

  /** The part of so many bytes. */
  long of(long bytes) {
    return (long) (bytes * value);
  }

  /** The part, between 0 and 1. */
  double value() {
    return value;
  }

  void value(double newValue) {
    value = newValue;
  }
}
