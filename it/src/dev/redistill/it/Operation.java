package dev.redistill.it;

import java.util.List;

/**
 * One entry of a history: what a client asked and was answered, and when it began and ended to
 * wait.
 *
 * @param commands one command, or those of a transaction
 * @param replies the reply to each command in the form of the wire
 */
record Operation(
    int client, long call, long end, List<List<String>> commands, List<String> replies) {
  @Override
  public String toString() {
    return "client %d [%d..%d] %s -> %s"
        .formatted(client, call, end, commands, Wire.escape(String.join("", replies)));
  }
}
