package dev.redistill.store;

/** A set that is put together before anybody sees it. Confined to one thread. */
public final class SetBuilder {

  private final HashBuilder members;
  private final SetLimits limits;
  private boolean integers = true;
  private long size;

  /**
   * Begins a set without members.
   *
   * @param expected how many members will come, or 0
   */
  public SetBuilder(SetLimits limits, long expected) {
    this.limits = limits;
    members = new HashBuilder(limits.members(), limits.length(), expected);
  }

  /**
   * Adds the name of a field without a value; answers whether it is new.
   *
   * @param integer whether the name is an integer in decimal
   */
  public boolean add(Field member, boolean integer) {
    if (!members.put(member)) {
      return false;
    }
    size++;
    integers &= integer && size <= limits.integers();
    return true;
  }

  /** The set. */
  public SetValue finish() {
    return new SetValue(members.finish(), integers);
  }
}
