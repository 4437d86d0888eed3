package dev.redistill.net;

import java.io.IOException;

/** More output waits for a client than {@code client-output-buffer-limit} allows it. */
final class OverLimitException extends IOException {

  private static final long serialVersionUID = 1;

  OverLimitException() {
    super("it has overcome its output buffer limit");
  }
}
