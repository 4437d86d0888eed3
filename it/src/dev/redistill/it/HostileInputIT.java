package dev.redistill.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What broken and hostile input gets: each row whole and byte by byte, in plain text and over TLS,
 * from Redis and from us; both columns are printed.
 */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class HostileInputIT {
  private static final List<String> WAYS =
      List.of("plain, whole", "plain, bytes", "TLS, whole", "TLS, bytes");
  private static final int SILENCE_MILLIS = 250;
  private static final int CLOSING_MILLIS = 10_000;

  /** Whoever does not speak the protocol is closed within this time, without a word. */
  private static final int STRANGER_MILLIS = 1_000;

  @TempDir private static Path directory;

  @Test
  void everyRow_getsWhatTheTableSays() throws Exception {
    assumeTrue(Program.exists("openssl"), "no openssl");
    Certificates certificates = Certificates.make(directory);
    List<String> wrong = new ArrayList<>();
    List<HostileInput> open =
        Stream.concat(HostileInput.REQUESTS.stream(), HostileInput.COMMANDS.stream()).toList();
    compare(certificates, open, false, wrong);
    compare(certificates, HostileInput.BEFORE_AUTH, true, wrong);
    assertThat(wrong).isEmpty();
  }

  private static void compare(
      Certificates certificates, List<HostileInput> rows, boolean auth, List<String> wrong)
      throws Exception {
    List<List<String>> redis = seen(Target.REDIS, certificates, rows, auth);
    List<List<String>> ours = seen(Target.REDISTILL, certificates, rows, auth);
    for (int i = 0; i < rows.size(); i++) {
      HostileInput row = rows.get(i);
      System.out.printf(
          "%-33s | %-90s | %s%n", row.name(), shown(redis.get(i)), shown(ours.get(i)));
      compare(row.name() + ", Redis", row.redis(), redis.get(i), wrong);
      compare(row.name(), row.ours(), ours.get(i), wrong);
    }
  }

  /** All four ways of sending end alike, or are shown all. */
  private static String shown(List<String> ways) {
    List<String> distinct = ways.stream().distinct().toList();
    String text = distinct.size() == 1 ? distinct.getFirst() : ways.toString();
    return text.length() > 90
        ? text.substring(0, 40) + "..." + text.substring(text.length() - 40)
        : text;
  }

  private static void compare(String name, String expected, List<String> ways, List<String> wrong) {
    for (int i = 0; i < ways.size(); i++) {
      if (!ways.get(i).equals(expected)) {
        wrong.add(name + ", " + WAYS.get(i) + ": " + ways.get(i) + " and not " + expected);
      }
    }
  }

  /** What a server answers to each row, sent in each way. */
  private static List<List<String>> seen(
      Target target, Certificates certificates, List<HostileInput> rows, boolean auth)
      throws Exception {
    int tlsPort = ServerProcess.freePort();
    List<String> options = new ArrayList<>(List.of(certificates.options(tlsPort, "no")));
    if (auth) {
      options.addAll(List.of("--requirepass", HostileInput.PASSWORD));
    }
    List<List<String>> all = new ArrayList<>();
    try (ServerProcess server = target.start(options.toArray(new String[0]))) {
      Callable<RawClient> plain = server::connect;
      Callable<RawClient> tls = () -> RawClient.connect(tlsPort, certificates.client(null));
      for (HostileInput row : rows) {
        String expected = row.expected(target);
        List<Callable<String>> ways =
            List.of(
                () -> outcome(plain.call(), row.bytes(), true, expected),
                () -> outcome(plain.call(), row.bytes(), false, expected),
                () -> outcome(tls.call(), row.bytes(), true, expected),
                () -> outcome(tls.call(), row.bytes(), false, expected));
        all.add(auth ? oneByOne(ways, server) : together(ways));
      }
      if (target == Target.REDISTILL) {
        assertThat(server.log().lines().filter(line -> line.contains("not told of for a minute")))
            .as("lines about strangers in the log")
            .hasSizeBetween(auth ? 0 : 1, 2);
        assertThat(server.log()).doesNotContain("ERROR", "Exception");
      }
    }
    return all;
  }

  private static List<String> together(List<Callable<String>> ways) throws Exception {
    List<String> outcomes = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<String> way : threads.invokeAll(ways)) {
        outcomes.add(way.get());
      }
    }
    return outcomes;
  }

  /** The right password after each makes the server forgive us the wrong ones. */
  private static List<String> oneByOne(List<Callable<String>> ways, ServerProcess server)
      throws Exception {
    List<String> outcomes = new ArrayList<>();
    for (Callable<String> way : ways) {
      outcomes.add(way.call());
      try (RawClient client = server.connect()) {
        assertThat(client.call("AUTH", HostileInput.PASSWORD)).isEqualTo("+OK\r\n");
      }
    }
    return outcomes;
  }

  /** What a client sees that sends these bytes, and leaves. */
  private static String outcome(RawClient client, String bytes, boolean whole, String expected)
      throws IOException {
    try (client) {
      send(client, bytes, whole);
      int reply = expected.endsWith(HostileInput.OPEN) ? repliedBytes(expected) : 0;
      String seen = client.observeEnd(reply, CLOSING_MILLIS, patience(expected));
      String escaped = Wire.escape(seen);
      return escaped.substring(1, escaped.length() - 1).replace("(still open)", HostileInput.OPEN);
    }
  }

  /** How many bytes come before it is said whether the connection is open. */
  private static int repliedBytes(String expected) {
    return expected.replace(HostileInput.OPEN, "").replace("\\r\\n", "\r\n").length();
  }

  /** What is to be closed may take the server a moment, if it comes in many records. */
  private static int patience(String expected) {
    if (expected.equals(HostileInput.CLOSED)) {
      return STRANGER_MILLIS;
    }
    return expected.endsWith(HostileInput.CLOSED) ? CLOSING_MILLIS : SILENCE_MILLIS;
  }

  private static void send(RawClient client, String bytes, boolean whole) {
    try {
      if (whole) {
        client.send(bytes);
        return;
      }
      for (int i = 0; i < bytes.length(); i++) {
        client.send(bytes.substring(i, i + 1));
      }
    } catch (IOException e) {
      /* The server has closed while we were still sending: what it said is looked at all the same. */
      assertThat(e).hasMessageNotContaining("timed out");
    }
  }
}
