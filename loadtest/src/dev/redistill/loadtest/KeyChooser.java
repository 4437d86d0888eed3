package dev.redistill.loadtest;

import java.util.random.RandomGenerator;

/** Draws numbers of keys, from 0 to the number of keys less one. */
interface KeyChooser {
  int next(RandomGenerator random);

  /** A chooser with exponent {@code theta}; 0 means that every key is as likely as any other. */
  static KeyChooser of(int keys, double theta) {
    return theta == 0 ? random -> random.nextInt(keys) : new Zipf(keys, theta);
  }
}
