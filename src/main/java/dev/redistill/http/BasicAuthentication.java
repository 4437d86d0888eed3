package dev.redistill.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.sun.net.httpserver.HttpExchange;
import dev.redistill.auth.LoginThrottle;
import dev.redistill.auth.User;
import dev.redistill.command.Services;
import java.net.InetSocketAddress;
import java.util.Base64;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Passwords by HTTP's basic authentication: those of the users of the access list, where the
 * default user needs one. An empty name is the default user.
 */
final class BasicAuthentication {

  private static final String SCHEME = "basic ";
  private static final String DEFAULT = "default";

  private final Services services;

  BasicAuthentication(Services services) {
    this.services = services;
  }

  /** The user who makes a request that not everybody may make, or null. */
  @Nullable User user(HttpExchange exchange) {
    if (!services.acl().requiresLogin()) {
      return services.acl().defaultUser();
    }
    String header = exchange.getRequestHeaders().getFirst("Authorization");
    return header != null && isGuessedAtLeisure(exchange) ? judge(exchange, known(header)) : null;
  }

  /** Lets an address from which wrong passwords came wait, as it has to for AUTH. */
  private boolean isGuessedAtLeisure(HttpExchange exchange) {
    long millis = services.acl().throttle().attempt(address(exchange), services.clock().millis());
    if (millis <= 0) {
      return millis != LoginThrottle.REFUSED;
    }
    long end = services.clock().nanos() + millis * 1_000_000;
    for (long left = millis * 1_000_000; left > 0; left = end - services.clock().nanos()) {
      LockSupport.parkNanos(left);
    }
    services.acl().throttle().waited();
    return true;
  }

  private @Nullable User judge(HttpExchange exchange, @Nullable User known) {
    if (known != null) {
      services.acl().throttle().succeeded(address(exchange));
    } else {
      services.acl().throttle().failed(address(exchange), services.clock().millis());
    }
    return known;
  }

  private static String address(HttpExchange exchange) {
    InetSocketAddress remote = exchange.getRemoteAddress();
    String host = remote.getAddress().getHostAddress();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + remote.getPort();
  }

  private @Nullable User known(String header) {
    if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return null;
    }
    String given;
    try {
      String text = header.substring(SCHEME.length()).strip();
      given = new String(Base64.getDecoder().decode(text), ISO_8859_1);
    } catch (IllegalArgumentException e) {
      return null;
    }
    int colon = given.indexOf(':');
    if (colon < 0) {
      return null;
    }
    String name = colon == 0 ? DEFAULT : given.substring(0, colon);
    return services.acl().login(name, given.substring(colon + 1).getBytes(ISO_8859_1));
  }
}
