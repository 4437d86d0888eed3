package dev.redistill.it;

import org.jspecify.annotations.Nullable;

/**
 * What a reply is held against: the reply of a real Redis, compared by a rule; or stated bytes,
 * where Redis 7.0 does not know the command, or where this server differs for the reason given.
 */
record Check(Rule rule, @Nullable String stated, @Nullable String reason) {
  static final Check EXACT = new Check(Rule.EXACT, null, null);

  Check(Rule rule) {
    this(rule, null, null);
  }

  /** Whether the reply of the server under test is the right one. */
  boolean accepts(String redis, String ours) {
    return rule.same(stated == null ? redis : stated, ours);
  }
}
