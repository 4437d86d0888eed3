package dev.redistill;

import dev.redistill.config.Config;
import dev.redistill.config.ConfigLoader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A server inside another program, for its tests: {@code try (var server = Redistill.start(0))}.
 *
 * <p>There may be several in one JVM. It needs no options of the JVM; without those of the launcher
 * its connections run on the scheduler of the JDK, which is slower. It listens to no signals, reads
 * and writes no files unless the setting {@code dir} names a place for snapshots (or a client asks
 * for one), never exits the JVM, and logs warnings only. Connects on the loopback interface.
 */
public final class Redistill implements AutoCloseable {

  private static final int TRIES = 20;
  private static final Map<String, String> DEFAULTS =
      Map.of("bind", "127.0.0.1", "io-threads", "1", "maxclients", "500");

  /** Held here, because the logging system forgets the level of a logger that nobody holds. */
  private static final Logger LOGGER = Logger.getLogger("dev.redistill");

  private final Server server;
  private final Thread end;

  private Redistill(Server server, boolean loads) throws IOException {
    this.server = server;
    if (loads) {
      server.start();
    } else {
      server.startEmpty();
    }
    end = server.stopWhenAsked();
    try {
      server.load();
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Starts a server without keys on this port, or with 0 on one that is free. */
  public static Redistill start(int port) {
    return start(port, Map.of());
  }

  /**
   * The same with settings as {@code redistill.conf} has them, such as {@code requirepass}.
   *
   * @throws IllegalArgumentException if a setting is not right
   * @throws UncheckedIOException if the port is taken, or a file cannot be read
   */
  public static Redistill start(int port, Map<String, String> settings) {
    if (LOGGER.getLevel() == null) {
      LOGGER.setLevel(Level.WARNING);
    }
    try {
      return new Redistill(open(port, settings), settings.containsKey("dir"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Server open(int port, Map<String, String> settings) throws IOException {
    for (int tries = 1; ; tries++) {
      int number = port == 0 ? freePort() : port;
      Server server = new Server(config(number, settings), "");
      try {
        server.open();
        return server;
      } catch (IOException e) {
        server.abandon();
        if (port != 0 || tries == TRIES) {
          throw e;
        }
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    }
  }

  private static Config config(int port, Map<String, String> settings) {
    Map<String, String> all = new LinkedHashMap<>(DEFAULTS);
    all.putAll(settings);
    all.put("port", Integer.toString(port));
    ConfigLoader loader = new ConfigLoader();
    all.forEach((name, value) -> loader.readOption(name, List.of(value)));
    if (!loader.check()) {
      throw new IllegalArgumentException(loader.problems());
    }
    return loader.config();
  }

  /** The port that it listens on. */
  public int port() {
    return server.port();
  }

  /** Ends all connections and the server; its keys are gone. */
  @Override
  public void close() {
    server.shutdown();
    try {
      end.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
