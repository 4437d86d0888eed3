package dev.redistill.store;

import org.jspecify.annotations.Nullable;

/**
 * The second that accesses are stamped with; moved on by whoever reads the time. Written racily:
 * any of the writers may win, they are at most a turn apart.
 *
 * <p>Beside the second stands who listens to changes, so that a write finds both in one place.
 */
public final class AccessClock {

  private volatile int second;
  private volatile boolean tellsCreated;
  private volatile KeyListener listener = KeyListener.NONE;
  private volatile @Nullable ChangeListener changes;

  /** Moves on to the second of a time in Unix milliseconds. */
  public void tick(long millis) {
    int now = (int) (millis / 1000);
    if (now != second) {
      second = now;
    }
  }

  public int second() {
    return second;
  }

  KeyListener listener() {
    return listener;
  }

  void listener(KeyListener newListener) {
    listener = newListener;
  }

  /** Whether the listener wants to know of new keys, too. */
  boolean tellsCreated() {
    return tellsCreated;
  }

  void tellsCreated(boolean yes) {
    tellsCreated = yes;
  }

  /** Who is told of every change, or null if nobody wants to know. */
  @Nullable ChangeListener changes() {
    return changes;
  }

  void changes(@Nullable ChangeListener newListener) {
    changes = newListener;
  }
}
