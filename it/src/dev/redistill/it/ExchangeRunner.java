package dev.redistill.it;

import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs exchanges against one server and notes what came back. Used by one thread. */
final class ExchangeRunner implements AutoCloseable {
  private static final int REPLY_MILLIS = 5_000;
  private static final int CLOSE_MILLIS = 1_500;
  private static final int QUIET_MILLIS = 60;
  private static final Duration STALL = Duration.ofMillis(300);
  private static final int TRIES = 4;
  private static final int MOST_REPLIES = 100;

  private final int port;
  private final int deviationMillis;
  private RawClient admin;
  private final Map<Integer, RawClient> connections = new HashMap<>();
  private final Map<String, String> captured = new HashMap<>();

  private ExchangeRunner(int port, int deviationMillis) throws IOException {
    this.port = port;
    this.deviationMillis = deviationMillis;
    this.admin = RawClient.connect(port);
  }

  /** A runner against the server under test. */
  static ExchangeRunner underTest(int port) throws IOException {
    return new ExchangeRunner(port, CLOSE_MILLIS);
  }

  /**
   * A runner against a Redis, which is not waited for where it is known to keep a connection open.
   */
  static ExchangeRunner redis(int port) throws IOException {
    return new ExchangeRunner(port, QUIET_MILLIS);
  }

  /**
   * What came back for each request, in order. A run that the machine held up is repeated: times to
   * live are compared to the second.
   */
  List<String> run(Exchange exchange) throws IOException {
    List<String> observed = List.of();
    for (int i = 0; i < TRIES; i++) {
      Instant start = Instant.now();
      observed = once(exchange);
      boolean stalled =
          Duration.between(start, Instant.now()).compareTo(STALL.plus(pauses(exchange))) > 0;
      if (!stalled || observed.stream().anyMatch(reply -> reply.endsWith(")"))) {
        return observed;
      }
    }
    return observed;
  }

  private static Duration pauses(Exchange exchange) {
    return exchange.steps().stream()
        .map(step ->
            step instanceof Step.Pause(int millis) ? Duration.ofMillis(millis) : Duration.ZERO)
        .reduce(Duration.ZERO, Duration::plus);
  }

  private List<String> once(Exchange exchange) throws IOException {
    flush();
    List<String> observed = new ArrayList<>();
    try {
      for (Step step : exchange.steps()) {
        switch (step) {
          case Step.Send send -> observed.add(exchange(send, exchange.protocol()));
          case Step.Pause(int millis) -> pause(millis);
          case Step.Leave(int connection) -> leave(connection);
        }
      }
    } finally {
      for (RawClient client : connections.values()) {
        client.close();
      }
      connections.clear();
      captured.clear();
    }
    return observed;
  }

  private void flush() throws IOException {
    try {
      if (!admin.call("FLUSHALL").equals("+OK\r\n")) {
        throw new IOException("FLUSHALL was refused");
      }
    } catch (IOException e) {
      admin.close();
      admin = RawClient.connect(port);
      if (!admin.call("FLUSHALL").equals("+OK\r\n")) {
        throw new IOException("FLUSHALL was refused", e);
      }
    }
  }

  private String exchange(Step.Send send, int protocol) throws IOException {
    RawClient client = connection(send.connection(), protocol);
    String bytes = bytes(send);
    if (!bytes.isEmpty()) {
      try {
        client.send(bytes);
      } catch (SocketException e) {
        return "(closed)";
      }
    }
    String replies =
        switch (send.replies()) {
          case Step.UNTIL_CLOSED ->
              client.observeEnd(send.check().stated() == null ? CLOSE_MILLIS : deviationMillis);
          case Step.UNTIL_TEXT -> repliesUntil(client, send.arguments().get(0));
          default -> replies(client, send.replies());
        };
    capture(send.capture(), replies);
    return replies;
  }

  private static String replies(RawClient client, int count) throws IOException {
    if (count == Step.NOTHING) {
      return client.observe(QUIET_MILLIS);
    }
    StringBuilder replies = new StringBuilder();
    for (int i = 0; i < count && !replies.toString().endsWith(")"); i++) {
      replies.append(client.observe(REPLY_MILLIS));
    }
    return replies.toString();
  }

  private static String repliesUntil(RawClient client, String text) throws IOException {
    StringBuilder replies = new StringBuilder();
    String reply;
    int count = 0;
    do {
      reply = client.observe(REPLY_MILLIS);
      replies.append(reply);
      count++;
    } while (!reply.contains(text) && !reply.endsWith(")") && count < MOST_REPLIES);
    return replies.toString();
  }

  private String bytes(Step.Send send) {
    if (captured.isEmpty() || send.arguments().isEmpty() || send.replies() == Step.UNTIL_TEXT) {
      return send.bytes();
    }
    List<String> arguments = new ArrayList<>();
    for (String argument : send.arguments()) {
      arguments.add(captured.getOrDefault(argument, argument));
    }
    return Wire.request(arguments);
  }

  private void capture(String capture, String reply) {
    if (capture.isEmpty()) {
      return;
    }
    String[] parts = capture.split(":", 2);
    String text = Tree.parse(reply).get(0).text();
    if (parts.length > 1) {
      Matcher field = Pattern.compile("(?:^|[ :])" + parts[1] + "=(\\S*)").matcher(text);
      text = field.find() ? field.group(1) : "";
    }
    captured.put("<" + parts[0] + ">", text);
  }

  private RawClient connection(int number, int protocol) throws IOException {
    RawClient known = connections.get(number);
    if (known != null) {
      return known;
    }
    RawClient client = RawClient.connect(port);
    connections.put(number, client);
    if (protocol == 3 && !client.call("HELLO", "3").startsWith("%")) {
      throw new IOException("HELLO 3 was refused");
    }
    return client;
  }

  private void leave(int number) throws IOException {
    RawClient client = connections.remove(number);
    if (client != null) {
      client.close();
    }
  }

  private static void pause(int millis) throws IOException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public void close() throws IOException {
    admin.close();
  }
}
