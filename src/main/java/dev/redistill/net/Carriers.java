package dev.redistill.net;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The carriers that share the connections. */
final class Carriers {

  private final List<Carrier> carriers = new ArrayList<>();

  /** So many carriers, that schedule their virtual threads themselves if {@code own}. */
  Carriers(int count, boolean own) throws IOException {
    for (int i = 0; i < count; i++) {
      carriers.add(new Carrier("carrier-" + i, own));
    }
  }

  void start() {
    carriers.forEach(Carrier::start);
  }

  void close() {
    carriers.forEach(Carrier::close);
  }

  /** The carrier with the fewest connections. */
  Carrier leastLoaded() {
    Carrier best = carriers.get(0);
    for (Carrier carrier : carriers) {
      if (carrier.connections() < best.connections()) {
        best = carrier;
      }
    }
    return best;
  }
}
