package dev.redistill.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import dev.redistill.auth.User;
import dev.redistill.command.Dispatcher;
import dev.redistill.command.Services;
import dev.redistill.config.Settings;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The requests for single keys: who may make them, and what becomes of them. A user sees and does
 * what a client of that user may.
 */
final class KeyPages {

  /** A header that no page of another origin may send without being asked for its leave. */
  private static final String OWN = "X-Redistill";

  private final Services services;
  private final Dispatcher dispatcher;

  KeyPages(Services services, Dispatcher dispatcher) {
    this.services = services;
    this.dispatcher = dispatcher;
  }

  /** What is to be done for a request. */
  private interface Work {
    String run(KeyBrowser browser) throws RefusedException;
  }

  HttpPort.Reply keys(HttpExchange exchange, User user) {
    return answer(exchange, user, KeyBrowser::keys);
  }

  HttpPort.Reply key(HttpExchange exchange, User user) {
    if (!exchange.getRequestMethod().equals("DELETE")) {
      return answer(exchange, user, KeyBrowser::key);
    }
    if (!services.config().flag(Settings.CONSOLE_ALLOW_DELETE)) {
      return HttpPort.Reply.plain(403, "console-allow-delete is no\n");
    }
    if (exchange.getRequestHeaders().getFirst(OWN) == null) {
      return HttpPort.Reply.plain(403, "a deletion needs the header " + OWN + "\n");
    }
    return answer(exchange, user, KeyBrowser::delete);
  }

  private HttpPort.Reply answer(HttpExchange exchange, User user, Work work) {
    if (!services.acl().requiresLogin() && !isAtHome(exchange)) {
      return HttpPort.Reply.plain(403, "without a password keys are shown to this machine only\n");
    }
    InetSocketAddress remote = exchange.getRemoteAddress();
    try (InsideClient client =
        new InsideClient(services, dispatcher, user, "http:" + remote.getPort())) {
      Map<String, String> wanted = parameters(exchange.getRequestURI().getRawQuery());
      return HttpPort.Reply.json(work.run(new KeyBrowser(client, wanted)));
    } catch (RefusedException e) {
      return HttpPort.Reply.plain(400, e.getMessage() + "\n");
    }
  }

  /**
   * Whether a request comes from this machine, and not by way of a page elsewhere whose name was
   * made to lead here.
   */
  private static boolean isAtHome(HttpExchange exchange) {
    String host = exchange.getRequestHeaders().getFirst("Host");
    return exchange.getRemoteAddress().getAddress().isLoopbackAddress()
        && host != null
        && host.matches("(localhost|127\\.[0-9.]+|\\[::1\\])(:[0-9]+)?");
  }

  private static Map<String, String> parameters(@Nullable String query) throws RefusedException {
    Map<String, String> parameters = new HashMap<>();
    try {
      for (String pair : (query == null ? "" : query).split("&", -1)) {
        int equals = pair.indexOf('=');
        if (equals > 0) {
          String value = URLDecoder.decode(pair.substring(equals + 1), UTF_8);
          parameters.put(pair.substring(0, equals), value);
        }
      }
    } catch (IllegalArgumentException e) {
      throw new RefusedException("ERR the request has a parameter that is none");
    }
    return parameters;
  }
}
