package dev.redistill.eviction;

/**
 * How much may be done on the side: so many steps each second, saved up for a while. Who has used
 * them up rests until there are many again, because a little now and then teaches nothing. Guarded
 * by the lock of its owner.
 */
final class Allowance {

  /** With 100 to 200 ns for a step, which is a guess, less than a hundredth of one processor. */
  static final int PER_SECOND = 40_000;

  private static final int MOST = 5 * PER_SECOND;

  private long left = MOST;
  private int refilled;
  private boolean resting;

  /** It is this second now. */
  void refill(int second) {
    left = Math.min(MOST, left + Math.max(0L, second - refilled) * PER_SECOND);
    refilled = second;
    resting = left < 0 || (resting && left < MOST);
  }

  /** A step is done. */
  void spend() {
    left--;
  }

  /** Whether there was too little left when it was refilled, and is not enough again. */
  boolean isResting() {
    return resting;
  }
}
