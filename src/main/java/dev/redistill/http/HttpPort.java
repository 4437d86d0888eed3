package dev.redistill.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.redistill.auth.User;
import dev.redistill.command.Dispatcher;
import dev.redistill.command.Services;
import dev.redistill.config.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP port: {@code /metrics}, {@code /health} and the console ({@code /}, which asks for
 * {@code /stats}, {@code /keys} and {@code /key}) for those who know the password, where there is
 * one, and {@code /livez} and {@code /readyz} for everybody. Each request has a thread of its own,
 * and a client that does not finish its request in time is closed.
 */
public final class HttpPort {

  private static final Logger LOG = System.getLogger(HttpPort.class.getName());
  private static final int BACKLOG = 64;
  private static final String PLAIN = "text/plain; charset=utf-8";
  private static final String JSON = "application/json";

  /** The console brings everything along, and may talk to nobody but this port. */
  private static final String CONTENT_POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline';"
          + " connect-src 'self'; img-src data:; frame-ancestors 'none'";

  /**
   * Limits of the JDK's server, which reads them once: seconds, and numbers of connections. For so
   * many connections clients leave descriptors: without any, the JDK's server tries to accept all
   * the time.
   */
  private static final Map<String, String> LIMITS =
      Map.of(
          "sun.net.httpserver.maxReqTime", "10",
          "sun.net.httpserver.maxRspTime", "30",
          "sun.net.httpserver.maxReqHeaders", "64",
          "sun.net.httpserver.idleInterval", "30",
          "jdk.httpserver.maxConnections", "64");

  /** A reply as a handler makes it. */
  record Reply(int status, String type, String body) {

    static Reply plain(int status, String body) {
      return new Reply(status, PLAIN, body);
    }

    static Reply json(String body) {
      return new Reply(200, JSON, body);
    }
  }

  /** Makes the reply to a request for one path, which a user has made. */
  private interface Page {
    Reply get(HttpExchange exchange, User user) throws IOException;
  }

  private final HttpServer server;
  private final ExecutorService threads;
  private final Services services;
  private final BasicAuthentication authentication;
  private final Readiness readiness;
  private final KeyPages keys;

  private HttpPort(
      HttpServer server, ExecutorService threads, Services services, Dispatcher dispatcher) {
    this.server = server;
    this.threads = threads;
    this.services = services;
    authentication = new BasicAuthentication(services);
    readiness = new Readiness(services);
    keys = new KeyPages(services, dispatcher);
  }

  /**
   * Opens the port that the settings name; answers null if they name none.
   *
   * @param dispatcher runs the commands that requests ask for
   * @param threads runs the requests, each in a thread of its own
   */
  public static @Nullable HttpPort open(
      Services services, Dispatcher dispatcher, ExecutorService threads) throws IOException {
    int port = services.config().integer(Settings.METRICS_PORT);
    if (port == 0) {
      return null;
    }
    LIMITS.forEach((name, value) -> System.getProperties().putIfAbsent(name, value));
    String host = services.config().text(Settings.METRICS_BIND);
    try {
      HttpServer server = HttpServer.create(address(host, port), BACKLOG);
      HttpPort opened = new HttpPort(server, threads, services, dispatcher);
      opened.start();
      return opened;
    } catch (IOException e) {
      String reason = e.getMessage();
      throw new IOException("no HTTP port %d on %s: %s".formatted(port, host, reason), e);
    }
  }

  private static InetSocketAddress address(String host, int port) throws IOException {
    return host.equals("*")
        ? new InetSocketAddress(port)
        : new InetSocketAddress(InetAddress.getByName(host), port);
  }

  private void start() {
    server.setExecutor(threads);
    serve("/livez", false, (exchange, user) -> Reply.plain(200, "alive\n"));
    serve("/readyz", false, (exchange, user) -> ready());
    serve("/metrics", true, (exchange, user) -> metrics(exchange));
    serve("/health", true, (exchange, user) -> health());
    serve("/stats", true, (exchange, user) -> Reply.json(Figures.json(services, readiness)));
    serve("/keys", true, keys::keys);
    serve("/key", true, keys::key);
    serve("/", true, (exchange, user) -> console());
    server.start();
    String host = services.config().text(Settings.METRICS_BIND);
    boolean open = !server.getAddress().getAddress().isLoopbackAddress();
    LOG.log(Level.INFO, "metrics and health on http://{0}:{1,number,#}", host, port());
    if (open && !services.acl().requiresLogin()) {
      LOG.log(Level.WARNING, "metrics-bind {0}: everybody can see the metrics", host);
    }
  }

  private void serve(String path, boolean secret, Page page) {
    server.createContext(
        path,
        exchange -> {
          try {
            answer(exchange, reply(exchange, path, secret, page));
          } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "no answer to " + path, e);
            answer(exchange, Reply.plain(500, "internal error\n"));
          }
        });
  }

  private Reply reply(HttpExchange exchange, String path, boolean secret, Page page)
      throws IOException {
    if (!exchange.getRequestURI().getPath().equals(path)) {
      return Reply.plain(404, "not found\n");
    }
    if (!allowed(path).contains(exchange.getRequestMethod())) {
      String allowed = String.join(", ", allowed(path));
      exchange.getResponseHeaders().set("Allow", allowed);
      return Reply.plain(405, "only " + allowed + "\n");
    }
    User user = secret ? authentication.user(exchange) : services.acl().defaultUser();
    if (user == null) {
      exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"redistill\"");
      return Reply.plain(401, "a password is needed\n");
    }
    return page.get(exchange, user);
  }

  private static List<String> allowed(String path) {
    return path.equals("/key") ? List.of("GET", "HEAD", "DELETE") : List.of("GET", "HEAD");
  }

  private Reply ready() {
    String problems = String.join("\n", readiness.problems());
    return problems.isEmpty() ? Reply.plain(200, "ready\n") : Reply.plain(503, problems + "\n");
  }

  /* What these two need is loaded when somebody first asks for it: a start does not wait for it. */

  private Reply health() {
    Health health = new Health(services, readiness);
    return new Reply(health.isGood() ? 200 : 503, JSON, health.json());
  }

  private static Reply console() throws IOException {
    try (InputStream page = HttpPort.class.getResourceAsStream("console.html")) {
      return new Reply(
          200,
          "text/html; charset=utf-8",
          new String(Objects.requireNonNull(page).readAllBytes(), UTF_8));
    }
  }

  private Reply metrics(HttpExchange exchange) throws IOException {
    Exposition exposition = new Exposition(services);
    String accepted = exchange.getRequestHeaders().getFirst("Accept");
    String type = Exposition.contentType(accepted);
    return new Reply(200, type, exposition.text(type));
  }

  private static void answer(HttpExchange exchange, Reply reply) throws IOException {
    byte[] body = reply.body().getBytes(UTF_8);
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.getResponseHeaders().set("Content-Type", reply.type());
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
    exchange.getResponseHeaders().set("Content-Security-Policy", CONTENT_POLICY);
    try (exchange;
        OutputStream output = exchange.getResponseBody()) {
      exchange.sendResponseHeaders(reply.status(), head ? -1 : body.length);
      if (!head) {
        output.write(body);
      }
    }
  }

  /** The port that was bound. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** Closes the port and all connections to it. */
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
