package dev.redistill;

import dev.redistill.config.BadValueException;
import dev.redistill.config.Config;
import dev.redistill.config.Logging;
import dev.redistill.snapshot.RdbCheck;
import dev.redistill.snapshot.RdbException;
import dev.redistill.util.Clock;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

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
      case Outcome.Check(String file) -> System.exit(check(file));
      case Outcome.Serve(Config config) -> System.exit(serve(config));
    }
  }

  /** Reads a snapshot file and tells what is in it; returns the code to exit with. */
  private static int check(String file) {
    try {
      System.out.println(RdbCheck.summary(Path.of(file), Clock.system().millis()));
      return 0;
    } catch (IOException e) {
      System.err.println(file + ": " + (e instanceof RdbException ? e.getMessage() : e));
      return 1;
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
      AtomicBoolean failed = new AtomicBoolean();
      Thread hook = Thread.ofPlatform().unstarted(() -> stop(server, pidFile, failed.get()));
      Runtime.getRuntime().addShutdownHook(hook);
      Signals.listen(List.of("TERM", "INT"), server::signalled);
      Signals.listen(List.of("HUP"), name -> log.log(Level.INFO, "SIGHUP: the log goes on here"));
      server.start();
      return serve(server, failed);
    } catch (IOException | BadValueException e) {
      log.log(Level.ERROR, "cannot start: " + e.getMessage());
      return 1;
    }
  }

  private static int serve(Server server, AtomicBoolean failed)
      throws IOException, InterruptedException {
    try {
      server.watch();
      server.load();
    } catch (IOException | RuntimeException | Error e) {
      if (server.isStopping()) {
        return 0;
      }
      failed.set(true);
      throw e;
    }
    server.awaitShutdown();
    return 0;
  }

  /**
   * Stops the server; without the halt a JVM that was sent a signal would exit with 128 and the
   * signal.
   */
  private static void stop(Server server, PidFile pidFile, boolean failed) {
    boolean good = !failed && server.stop();
    if (failed) {
      server.abandon();
    }
    pidFile.delete();
    Runtime.getRuntime().halt(good ? 0 : 1);
  }
}
