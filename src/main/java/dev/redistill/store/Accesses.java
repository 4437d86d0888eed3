package dev.redistill.store;

/**
 * How accesses to entries are recorded, which depends on what eviction goes by. Settings may change
 * at any time; what was recorded before stays and means what it can.
 */
public final class Accesses {

  /** The time of an access is recorded, of reads by chance. */
  public static final int STAMPED = 0;

  /** Reads leave no trace: eviction goes by changes. */
  public static final int UNSEEN = 1;

  /** A counter that grows ever more slowly, and falls with time: that of Redis' LFU policies. */
  public static final int WEIGHED = 2;

  /** A counter up to {@value #MOST_COUNTED}. */
  public static final int COUNTED = 3;

  /**
   * A counter up to {@value #MOST_TALLIED} in the lower bits, and {@link #USED}, which is set anew
   * each time.
   */
  public static final int TALLIED = 4;

  /** The bit that says that an entry was used since somebody has looked. */
  public static final int USED = 64;

  /** Where the counter of {@link #TALLIED} ends. */
  public static final int MOST_TALLIED = 63;

  /** Where the small counter of {@link #COUNTED} ends. */
  public static final int MOST_COUNTED = 3;

  /** After so long without a recorded access the next one is always stamped. */
  public static final int SURE_AFTER_SECONDS = 10;

  /** Before, about one in so many reads is. */
  public static final int ONE_IN = 8;

  private static final int MOST_WEIGHED = 255;
  private static final int SECONDS = 60;

  private volatile int kind = STAMPED;
  private volatile int decayMinutes = 1;

  /** Of how many random numbers one makes the weighed counter grow, by what it is. */
  private volatile int[] chances = chances(10);

  /** Which of the kinds here is in use. */
  public int kind() {
    return kind;
  }

  void kind(int newKind) {
    kind = newKind;
  }

  /** Says how slowly the weighed counter grows, and after how many minutes without use it falls. */
  public void weigh(int factor, int minutes) {
    chances = chances(factor);
    decayMinutes = minutes;
  }

  /** Has the weighed counter be as another is. */
  public void weighAs(Accesses other) {
    chances = other.chances;
    decayMinutes = other.decayMinutes;
  }

  private static int[] chances(int factor) {
    int[] chances = new int[MOST_WEIGHED];
    for (int uses = 0; uses < MOST_WEIGHED; uses++) {
      double weight = Math.max(0, uses - Entry.FIRST_USES) * (double) factor + 1;
      chances[uses] = (int) (Integer.MAX_VALUE / weight);
    }
    return chances;
  }

  /** Records an access in the counter of the entry, if there is one. */
  public void used(Entry entry, int second, int random) {
    switch (kind) {
      case WEIGHED -> {
        int uses = weight(entry, second);
        entry.stamp(second, grows(uses, random) ? uses + 1 : uses);
      }
      case COUNTED -> count(entry);
      case TALLIED -> tally(entry);
      default -> {}
    }
  }

  private static void count(Entry entry) {
    int uses = entry.uses();
    if (uses < MOST_COUNTED) {
      entry.uses(uses + 1);
    }
  }

  private static void tally(Entry entry) {
    int before = entry.uses();
    int counted = (before & MOST_TALLIED) < MOST_TALLIED ? before + 1 : before;
    int uses = counted | USED;
    if (uses != before) {
      entry.uses(uses);
    }
  }

  /** Whether a counter grows: the less likely the larger it is. */
  private boolean grows(int uses, int random) {
    return uses < MOST_WEIGHED && (random & Integer.MAX_VALUE) < chances[uses];
  }

  /** The weighed counter of an entry as it is by now. */
  public int weight(Entry entry, int second) {
    return weight(entry.uses(), entry.idle(second));
  }

  /** The weighed counter of an entry that nobody has used for so many seconds. */
  public int weight(int uses, int idle) {
    int minutes = decayMinutes;
    int fallen = minutes == 0 ? 0 : idle / SECONDS / minutes;
    return Math.max(0, uses - fallen);
  }
}
