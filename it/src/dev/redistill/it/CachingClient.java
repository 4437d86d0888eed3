package dev.redistill.it;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A client that keeps copies of what it reads until the server says that they are outdated. It
 * hears of that on the connection that it reads on, or in RESP2 on another one. Used by one thread
 * at a time.
 */
final class CachingClient implements AutoCloseable {
  private static final String PUSH = ">2\r\n$10\r\ninvalidate\r\n";
  private static final String MESSAGE = "*3\r\n$7\r\nmessage\r\n$20\r\n__redis__:invalidate\r\n";

  /** What a reply is good for. */
  private sealed interface Purpose {
    record Copy(String key) implements Purpose {}

    record Forget(String key) implements Purpose {}

    record Nothing() implements Purpose {}
  }

  private final RawClient data;
  private final @Nullable RawClient news;
  private final boolean optIn;
  private final Map<String, String> copies = new HashMap<>();
  private final Deque<Purpose> expected = new ArrayDeque<>();
  private final StringBuilder requests = new StringBuilder();
  private long hits;
  private long outdated;

  private CachingClient(RawClient data, @Nullable RawClient news, boolean optIn) {
    this.data = data;
    this.news = news;
    this.optIn = optIn;
  }

  /** A client that hears of changes itself, in a mode of CLIENT TRACKING. */
  static CachingClient direct(ServerProcess server, List<String> mode) throws IOException {
    RawClient data = server.connect();
    data.call("HELLO", "3");
    track(data, mode);
    return new CachingClient(data, null, mode.contains("OPTIN"));
  }

  /** A client that hears of changes as messages of a channel, on a second connection. */
  static CachingClient redirected(ServerProcess server, List<String> mode) throws IOException {
    RawClient data = server.connect();
    RawClient news = server.connect();
    long id = news.integer("CLIENT", "ID");
    news.call("SUBSCRIBE", "__redis__:invalidate");
    List<String> all = new ArrayList<>(mode);
    all.addAll(List.of("REDIRECT", Long.toString(id)));
    track(data, all);
    return new CachingClient(data, news, mode.contains("OPTIN"));
  }

  private static void track(RawClient data, List<String> mode) throws IOException {
    List<String> request = new ArrayList<>(List.of("CLIENT", "TRACKING", "ON"));
    request.addAll(mode);
    String reply = data.call(request.toArray(new String[0]));
    if (!reply.equals("+OK\r\n")) {
      throw new IOException(reply);
    }
  }

  /** Reads a key with the next batch, unless there is a copy of it. */
  void read(String key) {
    if (copies.containsKey(key)) {
      hits++;
      return;
    }
    if (optIn) {
      ask(new Purpose.Nothing(), "CLIENT", "CACHING", "YES");
    }
    ask(new Purpose.Copy(key), "GET", key);
  }

  /** Sets a key with the next batch; there is no copy of it then. */
  void write(String key, String value) {
    ask(new Purpose.Forget(key), "SET", key, value);
  }

  private void ask(Purpose purpose, String... request) {
    requests.append(Wire.request(request));
    expected.add(purpose);
  }

  /** Sends the batch. */
  void begin() throws IOException {
    data.send(requests.toString());
    requests.setLength(0);
  }

  /** Sends the batch, takes the replies, and forgets what it is told to. */
  void run() throws IOException {
    begin();
    while (!expected.isEmpty()) {
      take(data);
    }
    while (news != null && news.available() > 0) {
      take(news);
    }
  }

  /** Takes everything that the server has sent before it is asked now. */
  void settle() throws IOException {
    for (int i = 0; i < 2; i++) {
      ask(new Purpose.Nothing(), "PING");
      run();
      if (news != null) {
        news.send(Wire.request("PING"));
        while (!take(news).contains("pong")) {
          // Only the answer to PING ends what came before it.
        }
      }
    }
  }

  private String take(RawClient from) throws IOException {
    String reply = from.read();
    if (reply.startsWith(PUSH)) {
      forget(reply.substring(PUSH.length()));
    } else if (reply.startsWith(MESSAGE)) {
      forget(reply.substring(MESSAGE.length()));
    } else if (from == data) {
      switch (expected.remove()) {
        case Purpose.Copy(String key) -> copies.put(key, reply);
        case Purpose.Forget(String key) -> copies.remove(key);
        case Purpose.Nothing() -> {}
      }
    }
    return reply;
  }

  private void forget(String keys) {
    outdated++;
    if (!keys.startsWith("*")) {
      copies.clear();
      return;
    }
    Tree.parse(keys).get(0).children().forEach(key -> copies.remove(key.text()));
  }

  /** The copies: to each key the reply to GET as it came. */
  Map<String, String> copies() {
    return copies;
  }

  /** Whether another connection hears of changes. */
  boolean isRedirected() {
    return news != null;
  }

  /** How many reads the copies have answered. */
  long hits() {
    return hits;
  }

  /** How many messages have come. */
  long outdated() {
    return outdated;
  }

  @Override
  public void close() throws IOException {
    data.close();
    if (news != null) {
      news.close();
    }
  }
}
