package dev.redistill.config;

import java.util.logging.LogManager;

/**
 * A log manager that does not take its handlers away when the JVM begins to shut down, so that the
 * last lines of the server are seen too. Named in the system property {@code
 * java.util.logging.manager}.
 */
public final class LastingLogManager extends LogManager {

  /** Keeps everything as it is. */
  @Override
  public void reset() {}
}
