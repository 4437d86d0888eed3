package dev.redistill;

import dev.redistill.config.Config;
import java.io.IOException;

/** The command line of the server. */
public final class Main {

  private Main() {}

  /** Runs the server until it is asked to stop. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    try (Server server = new Server(Config.defaults(), "")) {
      server.start();
      server.awaitShutdown();
    }
  }
}
