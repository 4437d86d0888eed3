package dev.redistill.command;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The server's own life, as commands see it. */
public interface Lifecycle {

  /** Begins to stop the server; returns at once. */
  void shutdown();

  /** Whether the server has begun to stop. */
  default boolean isStopping() {
    return false;
  }

  /** Until when the certificate for TLS is valid, or null without TLS. */
  default @Nullable Instant certificateEnd() {
    return null;
  }

  /** The port that clients connect to, 0 if there is none. */
  int port();

  /** The file that the settings were read from, empty if there is none. */
  String configFile();

  /** Forty hexadecimal digits that name this run of the server. */
  String runId();

  /** When the server started, in Unix milliseconds. */
  long startedAt();
}
