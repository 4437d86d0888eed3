package dev.redistill;

import dev.redistill.config.BadValueException;
import dev.redistill.config.Config;
import dev.redistill.config.Logging;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;

/** The program: reads how it is to start, and then serves or says what is wrong. */
public final class Main {

  private Main() {}

  /** Runs the server until it is asked to stop. */
  public static void main(String[] arguments) throws InterruptedException {
    switch (StartOptions.read(List.of(arguments), System.getenv(), System.in)) {
      case Outcome.Exit(int code, String text) -> {
        (code == 0 ? System.out : System.err).println(text);
        System.exit(code);
      }
      case Outcome.Serve(Config config) -> System.exit(serve(config));
    }
  }

  /** Serves, and returns the code to exit with. */
  private static int serve(Config config) throws InterruptedException {
    Logging.start(config);
    System.Logger log = System.getLogger(Main.class.getName());
    config.startNotes().warnings().forEach(warning -> log.log(Level.WARNING, warning));
    try {
      Server server = new Server(config, config.startNotes().file());
      server.open();
      PidFile pidFile = PidFile.write(config);
      Thread hook = Thread.ofPlatform().unstarted(() -> stop(server, pidFile));
      Runtime.getRuntime().addShutdownHook(hook);
      server.start();
      server.awaitShutdown();
      return 0;
    } catch (IOException | BadValueException e) {
      log.log(Level.ERROR, "cannot start: " + e.getMessage());
      return 1;
    }
  }

  /**
   * Stops the server; without the halt a JVM that was sent a signal would exit with 128 and the
   * signal.
   */
  private static void stop(Server server, PidFile pidFile) {
    server.close();
    pidFile.delete();
    Runtime.getRuntime().halt(0);
  }
}
