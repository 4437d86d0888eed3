package dev.redistill.store;

import org.jspecify.annotations.Nullable;

/**
 * The second that accesses are stamped with; moved on by whoever reads the time. Written racily:
 * any of the writers may win, they are at most a turn apart.
 *
 * <p>Beside the second stands who listens to changes, so that a write finds both in one place.
 */
public final class AccessClock {

  /** All bits: what follows no keys but those with the hash 0. */
  private static final int NO_SAMPLES = -1;

  private volatile int second;
  private volatile boolean tellsCreated;
  private volatile KeyListener listener = KeyListener.NONE;
  private volatile long slack = Long.MAX_VALUE;
  private volatile boolean counting;
  private volatile int unsampled = NO_SAMPLES;
  private volatile Samples samples = Samples.NONE;
  private final MemoryMeter meter = new MemoryMeter();
  private final Accesses accesses = new Accesses();
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

  /** How many bytes a shard may have more or fewer than it has told the meter. */
  long slack() {
    return slack;
  }

  void slack(long bytes) {
    slack = bytes;
  }

  /** Whether changes count in the entries as uses. */
  boolean isCounting() {
    return counting;
  }

  void counting(boolean yes) {
    counting = yes;
  }

  /** The bits that are 0 in the hashes of the keys that {@link #samples} follows. */
  int unsampled() {
    return unsampled;
  }

  Samples samples() {
    return samples;
  }

  void sample(int newUnsampled, Samples newSamples) {
    samples = newSamples;
    unsampled = newUnsampled;
  }

  MemoryMeter meter() {
    return meter;
  }

  Accesses accesses() {
    return accesses;
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
