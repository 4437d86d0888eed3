package dev.redistill.config;

/** A CONFIG SET that was refused; the message is the error reply, beginning with its code. */
public final class ConfigException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ConfigException(String reply) {
    super(reply);
  }
}
