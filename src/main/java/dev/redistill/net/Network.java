package dev.redistill.net;

import dev.redistill.command.Dispatcher;
import dev.redistill.command.Services;
import dev.redistill.command.Session;
import dev.redistill.config.BindAddress;
import dev.redistill.config.Setting;
import dev.redistill.config.Settings;
import dev.redistill.tls.Tls;
import dev.redistill.util.OncePerMinute;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All that listens and all connections: what the server opens to its clients. */
public final class Network {

  private static final Logger LOG = System.getLogger(Network.class.getName());

  /* In Java a socket for all of IPv6 takes the clients of IPv4 as well, and leaves no room for one of theirs. */
  private static final String ALL_OF_IPV6 = "::";
  private static final String ALL_OF_IPV4 = "0.0.0.0";

  private final Services services;
  private final Shared shared;
  private final Carriers carriers;
  private final @Nullable Tls tls;
  private final Watchdog watchdog;
  private final List<Listener> listeners = new ArrayList<>();
  private int port;
  private int tlsPort;

  public Network(Services services, Dispatcher dispatcher, @Nullable Tls tls) throws IOException {
    this.services = services;
    ClientMemory memory = new ClientMemory(services);
    Handshakes handshakes =
        new Handshakes(() -> services.config().integer(Settings.TLS_MAX_HANDSHAKES));
    shared = new Shared(services, dispatcher, memory, handshakes, new OncePerMinute());
    Descriptors.bound(services.config());
    this.tls = tls;
    watchdog = new Watchdog(services, memory, tls);
    String scheduler = services.config().text(Settings.CARRIER_SCHEDULER);
    boolean own = !scheduler.equals("jdk") && CustomScheduler.isAvailable();
    carriers = new Carriers(carrierCount(), own);
  }

  private int carrierCount() {
    int wanted = services.config().integer(Settings.IO_THREADS);
    int cores = Runtime.getRuntime().availableProcessors();
    return wanted > 0 ? wanted : Math.max(1, cores - 1);
  }

  /** Opens the addresses that the settings name; fails if any of them cannot be had. */
  public void open() throws IOException {
    port = open(Settings.PORT, null);
    tlsPort = open(Settings.TLS_PORT, tls);
    String path = services.config().text(Settings.UNIXSOCKET);
    if (!path.isEmpty()) {
      listeners.add(Listener.unix(Path.of(path), carriers, shared));
    }
  }

  /** Opens all addresses at the port of a setting; answers which port it was, 0 for none. */
  private int open(Setting setting, @Nullable Tls security) throws IOException {
    int wantedPort = services.config().integer(setting);
    if (wantedPort == 0) {
      return 0;
    }
    List<BindAddress> addresses = new ArrayList<>(services.config().addresses());
    addresses.sort(Comparator.comparing(address -> !address.host().equals(ALL_OF_IPV6)));
    boolean both = false;
    int bound = 0;
    for (BindAddress address : addresses) {
      if (both && address.host().equals(ALL_OF_IPV4)) {
        continue;
      }
      Listener listener = open(address, wantedPort, security);
      if (listener != null) {
        bound = listener.port();
        both |= address.host().equals(ALL_OF_IPV6);
      }
    }
    return bound;
  }

  /** Opens an address, or leaves it out if it is optional and the machine does not have it. */
  private @Nullable Listener open(BindAddress address, int wantedPort, @Nullable Tls security)
      throws IOException {
    String host = address.host();
    try {
      InetSocketAddress place = new InetSocketAddress(host, wantedPort);
      Listener listener = Listener.tcp(place, carriers, shared, security);
      listeners.add(listener);
      return listener;
    } catch (IOException | UnresolvedAddressException e) {
      boolean taken = String.valueOf(e.getMessage()).contains("already in use");
      if (address.optional() && !taken) {
        return null;
      }
      String what =
          "Could not create server "
              + (security == null ? "TCP" : "TLS")
              + " listening socket "
              + host
              + ":"
              + wantedPort;
      throw new IOException(what + ": " + e.getMessage(), e);
    }
  }

  /** Begins to serve clients. */
  public void start() {
    carriers.start();
    Thread.ofPlatform().name("watchdog").daemon().start(watchdog);
    for (int i = 0; i < listeners.size(); i++) {
      listeners.get(i).start("listener-" + i);
    }
    Thread.ofPlatform().name("system-calls").daemon().start(SystemCalls::load);
  }

  /** What clients connect through: {@code tcp}, {@code tls}, {@code unix}. */
  public List<String> kinds() {
    List<String> kinds = new ArrayList<>();
    if (port > 0) {
      kinds.add("tcp");
    }
    if (tlsPort > 0) {
      kinds.add("tls");
    }
    if (!services.config().text(Settings.UNIXSOCKET).isEmpty()) {
      kinds.add("unix");
    }
    return kinds;
  }

  /** The port that was bound, 0 if there is none. */
  public int port() {
    return port;
  }

  /** Stops to listen; clients that are connected stay. */
  public void closeListeners() {
    listeners.forEach(Listener::close);
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
    LOG.log(Level.DEBUG, "network closed");
  }
}
