package dev.redistill.loadtest;

/**
 * Replies that a correct server would not have given.
 *
 * @param misses null replies; every key is preloaded, so there should be none
 * @param errors error replies
 * @param wrongBatches batches whose replies were of another kind or length
 * @param lastError the text of the last error reply, or an empty string
 */
record Faults(long misses, long errors, long wrongBatches, String lastError) {
  static final Faults NONE = new Faults(0, 0, 0, "");

  boolean any() {
    return misses + errors + wrongBatches > 0;
  }

  Faults plus(Faults other) {
    return new Faults(
        misses + other.misses,
        errors + other.errors,
        wrongBatches + other.wrongBatches,
        other.lastError.isEmpty() ? lastError : other.lastError);
  }

  @Override
  public String toString() {
    String counts =
        misses + " misses, " + errors + " errors, " + wrongBatches + " batches of wrong replies";
    return lastError.isEmpty() ? counts : counts + "; last error: " + lastError;
  }
}
