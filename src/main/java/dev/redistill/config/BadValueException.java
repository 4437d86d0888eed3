package dev.redistill.config;

/**
 * A value that a setting cannot take; the message is the reason, in Redis' words where it has any.
 */
public final class BadValueException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public BadValueException(String reason) {
    super(reason);
  }
}
