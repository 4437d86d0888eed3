package dev.redistill.resp;

/**
 * Bytes that are no request. The message is the reply, after which the connection is closed; an
 * empty message closes it without one.
 */
public final class ProtocolException extends Exception {

  private static final long serialVersionUID = 1;

  ProtocolException(String message) {
    super(message, null, false, false);
  }
}
