package dev.redistill.net;

import dev.redistill.command.Dispatcher;
import dev.redistill.command.Services;
import dev.redistill.command.Session;
import dev.redistill.config.Settings;
import dev.redistill.tls.Tls;
import dev.redistill.util.OncePerMinute;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** All that listens and all connections: what the server opens to its clients. */
public final class Network {

  private static final Logger LOG = System.getLogger(Network.class.getName());

  private final Services services;
  private final Carriers carriers;
  private final Handshakes handshakes;
  private final Watchdog watchdog;
  private final ListenAddresses addresses;

  public Network(Services services, Dispatcher dispatcher, @Nullable Tls tls) throws IOException {
    this.services = services;
    ClientMemory memory = new ClientMemory(services);
    handshakes =
        new Handshakes(
            () -> services.config().integer(Settings.TLS_MAX_HANDSHAKES),
            Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name("handshakes").daemon().factory()));
    Shared shared = new Shared(services, dispatcher, memory, handshakes, new OncePerMinute());
    Descriptors.bound(services.config());
    watchdog = new Watchdog(services, tls);
    String scheduler = services.config().text(Settings.CARRIER_SCHEDULER);
    boolean own = !scheduler.equals("jdk") && CustomScheduler.isAvailable();
    carriers = new Carriers(carrierCount(), own);
    addresses = new ListenAddresses(shared, carriers, tls);
  }

  private int carrierCount() {
    int wanted = services.config().integer(Settings.IO_THREADS);
    int cores = Runtime.getRuntime().availableProcessors();
    return wanted > 0 ? wanted : Math.max(1, cores - 1);
  }

  /** Opens the addresses that the settings name; fails if any of them cannot be had. */
  public void open() throws IOException {
    addresses.open();
  }

  /** Begins to serve clients. */
  public void start() {
    carriers.start();
    Thread.ofPlatform().name("watchdog").daemon().start(watchdog);
    addresses.start();
    Thread.ofPlatform().name("system-calls").daemon().start(SystemCalls::load);
  }

  /** What clients connect through: {@code tcp}, {@code tls}, {@code unix}. */
  public List<String> kinds() {
    return addresses.kinds();
  }

  /** The port that was bound, 0 if there is none. */
  public int port() {
    return addresses.port();
  }

  /** Stops to listen; clients that are connected stay. */
  public void closeListeners() {
    addresses.close();
  }

  /** Asks all connections to end when the commands in hand are answered. */
  public void finish() {
    closeListeners();
    for (Session session : services.sessions().all()) {
      session.link().finish();
    }
  }

  /** Ends all connections. */
  public void close() {
    closeListeners();
    for (Session session : services.sessions().all()) {
      session.link().close();
    }
    carriers.close();
    watchdog.stop();
    handshakes.close();
    LOG.log(Level.DEBUG, "network closed");
  }
}
