package dev.redistill.http;

/** A command was answered with an error, or a request makes no sense; the message says why. */
final class RefusedException extends Exception {

  private static final long serialVersionUID = 1;

  RefusedException(String message) {
    super(message);
  }
}
