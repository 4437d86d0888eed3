package dev.redistill.snapshot;

import java.io.IOException;

/** A file, or a dumped value, that cannot be read; the message says where and why. */
public final class RdbException extends IOException {

  private static final long serialVersionUID = 1;

  RdbException(String message) {
    super(message);
  }

  /** The message of this exception, which is never null. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
