package dev.redistill;

import dev.redistill.config.Config;

/** What the command line and the configuration lead to. */
sealed interface Outcome {

  /** A server is to run. */
  record Serve(Config config) implements Outcome {}

  /** A snapshot file is to be read and told of. */
  record Check(String file) implements Outcome {}

  /** There is something to say, and nothing to run. */
  record Exit(int code, String text) implements Outcome {}
}
