package dev.redistill.store;

import org.jspecify.annotations.Nullable;

/**
 * A change of one set, made of changes of its members, which the others see when it is committed.
 * Confined to one command, which holds the lock of the key.
 */
public final class SetEdit {

  private final HashEdit members;
  private final @Nullable Entry entry;
  private final SetLimits limits;
  private boolean integers;

  /** Begins to change the set of a key, of which the caller has looked up the live entry. */
  public SetEdit(Database database, Probe probe, @Nullable Entry entry, SetLimits limits) {
    this.entry = entry;
    this.limits = limits;
    members = new HashEdit(database, probe, entry, 0).limit(limits.members(), limits.length());
    integers = entry == null || ((SetValue) entry.value()).isIntegers();
  }

  /** Says how many bytes of members are about to come, at most. */
  public void expect(int bytes) {
    members.expect(bytes);
  }

  /**
   * Adds the name of a field; answers whether it is new.
   *
   * @param integer whether the name is an integer in decimal
   */
  public boolean add(Field member, boolean integer) {
    if (members.find(member)) {
      return false;
    }
    boolean unused = members.put(member);
    integers &= integer && members.size() <= limits.integers();
    return true;
  }

  /** Removes the name of a field; answers whether it was a member. */
  public boolean remove(Field member) {
    return members.remove(member);
  }

  /**
   * Takes the members as those of a new set.
   *
   * @param allIntegers whether each of them is an integer in decimal
   */
  public void renew(boolean allIntegers) {
    integers = allIntegers && members.size() <= limits.integers();
  }

  /** Makes the change seen. A set without members is gone. Answers whether it is still there. */
  public boolean commit() {
    return members.commit(this::value);
  }

  private SetValue value(HashValue changed) {
    if (entry != null
        && entry.value() instanceof SetValue current
        && current.members() == changed
        && current.isIntegers() == integers) {
      return current;
    }
    return new SetValue(changed, integers);
  }
}
