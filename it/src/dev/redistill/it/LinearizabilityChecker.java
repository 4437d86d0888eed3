package dev.redistill.it;

import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Decides whether a recorded history is linearizable: whether its operations can be put into one
 * order that keeps the order of those that did not overlap and of those of one client, and in which
 * every reply is right.
 *
 * <p>The search is that of Wing and Gong ("Testing and verifying concurrent objects", 1993) with
 * the memory of Lowe ("Testing for linearizability", 2017): a set of operations together with the
 * state they led to is never tried twice.
 */
final class LinearizabilityChecker {
  private final List<Operation> history;
  private final Set<Configuration> seen = new HashSet<>();

  /** The operations that have been put in order, and the keyspace after them. */
  private record Configuration(BitSet done, KeyspaceModel model) {}

  private LinearizabilityChecker(List<Operation> history) {
    this.history = history.stream().sorted(Comparator.comparingLong(Operation::call)).toList();
  }

  static boolean isLinearizable(List<Operation> history) {
    return new LinearizabilityChecker(history).search(new BitSet(), KeyspaceModel.EMPTY);
  }

  private boolean search(BitSet done, KeyspaceModel model) {
    if (done.cardinality() == history.size()) {
      return true;
    }
    if (!seen.add(new Configuration((BitSet) done.clone(), model))) {
      return false;
    }
    long firstEnd = firstEnd(done);
    BitSet waiting = new BitSet();
    for (int i = done.nextClearBit(0); i < history.size(); i = done.nextClearBit(i + 1)) {
      Operation next = history.get(i);
      if (next.call() > firstEnd) {
        return false;
      }
      if (waiting.get(next.client())) {
        continue;
      }
      waiting.set(next.client());
      KeyspaceModel after = model.after(next);
      done.set(i);
      if (after != null && search(done, after)) {
        return true;
      }
      done.clear(i);
    }
    return false;
  }

  /**
   * When the first of the open operations was answered: only what had begun by then can come next.
   */
  private long firstEnd(BitSet done) {
    long end = Long.MAX_VALUE;
    for (int i = done.nextClearBit(0); i < history.size(); i = done.nextClearBit(i + 1)) {
      end = Math.min(end, history.get(i).end());
    }
    return end;
  }
}
