package dev.redistill.loadtest;

/**
 * A server to measure.
 *
 * @param command a command line for the shell, in which $PORT is the port to listen on
 */
record Target(String name, String command) {
  static final String OURS = "ours";
  static final String REDIS = "redis";

  /** A target given as NAME=COMMAND. */
  static Target parse(String text) {
    int equals = text.indexOf('=');
    if (equals < 1 || equals == text.length() - 1) {
      throw new IllegalArgumentException("not NAME=COMMAND: " + text);
    }
    return new Target(text.substring(0, equals), text.substring(equals + 1));
  }
}
