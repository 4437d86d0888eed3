package dev.redistill.auth;

/**
 * A rule, or a file of rules, that is not understood. The message says why, and holds no password.
 */
public final class BadRuleException extends RuntimeException {

  static final String SYNTAX = "Syntax error";

  private static final long serialVersionUID = 1;

  private final boolean unknownName;

  BadRuleException(String message) {
    this(message, false);
  }

  private BadRuleException(String message, boolean unknownName) {
    super(message, null, false, false);
    this.unknownName = unknownName;
  }

  static BadRuleException unknownName() {
    return new BadRuleException("Unknown command or category name in ACL", true);
  }

  static BadRuleException afterEverything(String flag, String reset, String list) {
    return new BadRuleException(
        "Adding a pattern after the * pattern (or the '"
            + flag
            + "' flag) is not valid and does not have any effect. Try '"
            + reset
            + "' to start with an empty list of "
            + list);
  }

  /** The message of this exception, which is never null. */
  public String text() {
    return String.valueOf(getMessage());
  }

  boolean isUnknownName() {
    return unknownName;
  }
}
