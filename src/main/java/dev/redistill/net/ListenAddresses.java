package dev.redistill.net;

import dev.redistill.config.BadValueException;
import dev.redistill.config.Config;
import dev.redistill.config.Settings;
import dev.redistill.tls.Tls;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The addresses that the server listens on, which follow {@code port} and {@code bind} while it
 * runs: what is new is opened before what is no longer wanted is closed, and clients that are
 * connected stay. Changed by one thread at a time: the one that starts, then the one that holds the
 * lock of the settings.
 */
final class ListenAddresses {

  private static final Logger LOG = System.getLogger(ListenAddresses.class.getName());

  /* In Java a socket for all of IPv6 takes the clients of IPv4 as well, and leaves no room for one of theirs. */
  private static final String ALL_OF_IPV6 = "::";
  private static final String ALL_OF_IPV4 = "0.0.0.0";

  /**
   * One such address.
   *
   * @param host an address or a name that has one; the path of a Unix socket
   * @param port the port, -1 for a Unix socket
   * @param secure whether it is for TLS
   * @param optional whether the machine may be without it
   */
  private record Place(String host, int port, boolean secure, boolean optional) {}

  private final Shared shared;
  private final Config config;
  private final Carriers carriers;
  private final @Nullable Tls tls;
  private final Map<Place, Listener> listeners = new LinkedHashMap<>();
  private boolean started;
  private int count;
  private volatile int port;

  ListenAddresses(Shared shared, Carriers carriers, @Nullable Tls tls) {
    this.shared = shared;
    this.carriers = carriers;
    this.tls = tls;
    config = shared.services().config();
  }

  /** Opens the addresses that the settings name; fails if any of them cannot be had. */
  void open() throws IOException {
    openMissing(wanted());
    port = boundPort();
    config.onChange(
        Settings.PORT, () -> follow("Unable to listen on this port. Check server logs."));
    config.onChange(Settings.BIND, () -> follow("Failed to bind to specified addresses."));
  }

  /** Begins to accept clients. */
  void start() {
    started = true;
    listeners.values().forEach(this::start);
  }

  private void start(Listener listener) {
    listener.start("listener-" + count++);
  }

  private List<Place> wanted() {
    List<Place> wanted = new ArrayList<>();
    addPort(config.integer(Settings.PORT), false, wanted);
    if (tls != null) {
      addPort(config.integer(Settings.TLS_PORT), true, wanted);
    }
    String path = config.text(Settings.UNIXSOCKET);
    if (!path.isEmpty()) {
      wanted.add(new Place(path, -1, false, false));
    }
    return wanted;
  }

  private void addPort(int number, boolean secure, List<Place> wanted) {
    if (number == 0) {
      return;
    }
    config.addresses().stream()
        .sorted(Comparator.comparing(address -> !address.host().equals(ALL_OF_IPV6)))
        .map(address -> new Place(address.host(), number, secure, address.optional()))
        .forEach(wanted::add);
  }

  private void openMissing(List<Place> wanted) throws IOException {
    for (Place place : wanted) {
      boolean covered =
          place.host().equals(ALL_OF_IPV4)
              && listeners.keySet().stream().anyMatch(other -> covers(other, place));
      if (!covered && !listeners.containsKey(place)) {
        add(place);
      }
    }
  }

  private static boolean covers(Place other, Place place) {
    return other.host().equals(ALL_OF_IPV6) && other.port() == place.port();
  }

  /** Opens an address, or leaves it out if it is optional and the machine does not have it. */
  private void add(Place place) throws IOException {
    try {
      listeners.put(place, listener(place));
    } catch (IOException | UnresolvedAddressException e) {
      boolean taken = String.valueOf(e.getMessage()).contains("already in use");
      if (place.optional() && !taken) {
        return;
      }
      String kind = place.secure() ? "TLS" : "TCP";
      throw new IOException(
          "Could not create server %s listening socket %s:%d: %s"
              .formatted(kind, place.host(), place.port(), e.getMessage()),
          e);
    }
  }

  private Listener listener(Place place) throws IOException {
    if (place.port() < 0) {
      return Listener.unix(Path.of(place.host()), carriers, shared);
    }
    InetSocketAddress address = new InetSocketAddress(place.host(), place.port());
    return Listener.tcp(address, carriers, shared, place.secure() ? tls : null);
  }

  /** Follows the settings, or refuses their change for this reason and stays as it is. */
  private void follow(String refusal) {
    Map<Place, Listener> before = new LinkedHashMap<>(listeners);
    List<Place> wanted = wanted();
    try {
      makeWay(wanted);
      openMissing(wanted);
    } catch (IOException e) {
      LOG.log(Level.WARNING, "{0}; the addresses stay as they are", e.getMessage());
      restore(before);
      throw new BadValueException(refusal);
    }
    closeAllBut(wanted);
    listeners.forEach((place, listener) -> startIfNew(listener, before.get(place)));
    port = boundPort();
  }

  private void startIfNew(Listener listener, @Nullable Listener before) {
    if (started && listener != before) {
      start(listener);
    }
  }

  /**
   * Closes what is no longer wanted and would be in the way of what is: the system does not let all
   * addresses and one of them be listened on at the same port.
   */
  private void makeWay(List<Place> wanted) {
    List<Place> missing = wanted.stream().filter(place -> !listeners.containsKey(place)).toList();
    for (Place old : List.copyOf(listeners.keySet())) {
      boolean inTheWay =
          old.port() > 0 && missing.stream().anyMatch(place -> place.port() == old.port());
      boolean covered = missing.stream().anyMatch(place -> covers(place, old));
      if (inTheWay && (covered || !wanted.contains(old))) {
        close(old);
      }
    }
  }

  private void restore(Map<Place, Listener> before) {
    closeAllBut(List.copyOf(before.keySet()));
    for (Map.Entry<Place, Listener> entry : before.entrySet()) {
      if (listeners.containsKey(entry.getKey())) {
        continue;
      }
      try {
        add(entry.getKey());
      } catch (IOException e) {
        LOG.log(Level.ERROR, "an address is lost: {0}", e.getMessage());
      }
    }
    listeners.forEach((place, listener) -> startIfNew(listener, before.get(place)));
  }

  private void closeAllBut(List<Place> wanted) {
    for (Place place : List.copyOf(listeners.keySet())) {
      if (!wanted.contains(place)) {
        close(place);
      }
    }
  }

  private void close(Place place) {
    Listener listener = listeners.remove(place);
    if (listener != null) {
      listener.close();
    }
  }

  /** What clients connect through: {@code tcp}, {@code tls}, {@code unix}. */
  List<String> kinds() {
    List<String> kinds = new ArrayList<>();
    for (Place place : listeners.keySet()) {
      String kind = place.port() < 0 ? "unix" : place.secure() ? "tls" : "tcp";
      if (!kinds.contains(kind)) {
        kinds.add(kind);
      }
    }
    return kinds;
  }

  private int boundPort() {
    return listeners.keySet().stream()
        .filter(place -> place.port() > 0 && !place.secure())
        .mapToInt(Place::port)
        .findFirst()
        .orElse(0);
  }

  /** The port that clients without TLS connect to, 0 if there is none. */
  int port() {
    return port;
  }

  /** Stops to listen. */
  void close() {
    closeAllBut(List.of());
  }
}
