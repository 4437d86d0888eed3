package dev.redistill.command;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Counts the commands that a session runs in a turn, and at its end shares the time of the turn out
 * among them. A command that is measured by itself gets the time that it took; all others get equal
 * parts of what is left. So counting costs no look at the clock and no shared memory on the way of
 * a brief command.
 *
 * <p>Confined to the session's connection; others see {@link #latest} a moment late.
 */
final class Tally {

  /* The commands that the session has ever run, each with its runs in this turn. They stay in their places from
  turn to turn: counting writes a number, and no reference, which the collector would have to notice. */

  private static final @Nullable Command[] NO_COMMANDS = new Command[1];
  private static final long[] NO_RUNS = new long[1];

  private @Nullable Command[] commands = NO_COMMANDS;
  private long[] runs = NO_RUNS;
  private int used;
  private int current;
  private long measured;

  /** The command that runs or ran last, or null before the first one. */
  @Nullable Command latest() {
    @Nullable Command[] places = commands;
    int place = current;
    return place < places.length ? places[place] : null;
  }

  /** Counts a run of a brief command. */
  void count(Command command) {
    if (commands[current] != command) {
      current = placeOf(command);
    }
    runs[current]++;
  }

  /** A command begins that is measured by itself. */
  void begin(Command command) {
    if (commands[current] != command) {
      current = placeOf(command);
    }
  }

  /** A command that was measured by itself has ended; it has also rested for a time. */
  void end(Command command, long nanos, long rested) {
    command.statistics().count(1);
    command.statistics().took(nanos, 1, 1);
    measured += nanos + rested;
  }

  /**
   * The turn has ended. Answers how long the commands took in it that were not measured.
   *
   * @param nanos how long it took
   * @param weight how many turns its time stands for, 0 if the time was not taken
   */
  long endTurn(long nanos, int weight) {
    long all = 0;
    for (int i = 0; i < used; i++) {
      all += runs[i];
    }
    long left = Math.max(0, nanos - measured);
    for (int i = 0; i < used; i++) {
      Command command = commands[i];
      long count = runs[i];
      if (count > 0 && command != null) {
        command.statistics().count(count);
        if (weight > 0) {
          command.statistics().took(count == all ? left : left * count / all, count, weight);
        }
        runs[i] = 0;
      }
    }
    measured = 0;
    return left;
  }

  private int placeOf(Command command) {
    for (int i = 0; i < used; i++) {
      if (commands[i] == command) {
        return i;
      }
    }
    if (used == commands.length || used == 0) {
      commands = Arrays.copyOf(commands, used + 4);
      runs = Arrays.copyOf(runs, used + 4);
    }
    commands[used] = command;
    return used++;
  }
}
