package dev.redistill.it;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;

/** A program that is told something when it has said something, however long it takes for that. */
final class Dialogue implements AutoCloseable {
  private final Process process;
  private final StringBuilder heard = new StringBuilder();

  Dialogue(String command) throws IOException {
    process = new ProcessBuilder("sh", "-c", "exec " + command).redirectErrorStream(true).start();
  }

  /** Writes a line to its input; one that has ended already has an output that says why. */
  void say(String line) {
    try {
      process.getOutputStream().write(line.getBytes(US_ASCII));
      process.getOutputStream().flush();
    } catch (IOException e) {
      heard.append(e.getMessage());
    }
  }

  /** Whether its output holds a text, now or until it ends. */
  boolean hears(String text) throws IOException {
    byte[] chunk = new byte[1 << 12];
    while (heard.indexOf(text) < 0) {
      int count = process.getInputStream().read(chunk);
      if (count < 0) {
        return false;
      }
      heard.append(new String(chunk, 0, count, US_ASCII));
    }
    return true;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
