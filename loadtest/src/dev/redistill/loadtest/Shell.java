package dev.redistill.loadtest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.List;

/** Runs a tool of the machine or of the JDK and returns what it prints. */
final class Shell {
  private Shell() {}

  /**
   * The output of a command.
   *
   * @throws IOException when it cannot be started or fails
   */
  static String run(List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    int status = process.waitFor();
    if (status != 0) {
      throw new IOException(command.getFirst() + " failed (" + status + "): " + output.strip());
    }
    return output;
  }
}
