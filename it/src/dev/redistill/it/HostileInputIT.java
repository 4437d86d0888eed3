package dev.redistill.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What broken and hostile input gets: each row whole and byte by byte, in plain text and over TLS,
 * from Redis and from us; both columns are printed.
 */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class HostileInputIT {
  private static final String OPEN = "(open)";
  private static final String CLOSED = "(closed)";
  private static final String NO_AUTH = "-NOAUTH Authentication required.\\r\\n";
  private static final String WRONG_PASSWORD =
      "-WRONGPASS invalid username-password pair or user is disabled.\\r\\n";

  private static final String PASSWORD = "right horse";
  private static final int SILENCE_MILLIS = 250;
  private static final int CLOSING_MILLIS = 10_000;

  @TempDir private static Path directory;

  /** An input, and what Redis and we answer to it. */
  private record Row(String name, String input, String redis, String ours) {
    Row(String name, String input, String both) {
      this(name, input, both, both);
    }
  }

  private static final List<Row> ROWS =
      List.of(
          new Row("empty line", "\r\n", OPEN),
          new Row("*0", "*0\r\n", OPEN),
          new Row("*-1", "*-1\r\n", OPEN),
          new Row("*-10", "*-10\r\n", OPEN),
          new Row("inline PING", "PING\r\n", "+PONG\\r\\n" + OPEN),
          new Row("LF alone", "PING\n", "+PONG\\r\\n" + OPEN),
          new Row(
              "array length 1048577",
              "*1048577\r\n",
              OPEN,
              "-ERR Protocol error: invalid multibulk length\\r\\n" + CLOSED),
          row("array length overflow", "*99999999999999999999\r\n", "invalid multibulk length"),
          row("array length abc", "*abc\r\n", "invalid multibulk length"),
          row("array length +1", "*+1\r\n", "invalid multibulk length"),
          row("array length 01", "*01\r\n", "invalid multibulk length"),
          row("array length ' 1'", "* 1\r\n", "invalid multibulk length"),
          row("array length empty", "*\r\n", "invalid multibulk length"),
          row("bulk length -1", "*1\r\n$-1\r\n", "invalid bulk length"),
          row("bulk length 512 MB + 1", "*1\r\n$536870913\r\n", "invalid bulk length"),
          row("bulk length abc", "*1\r\n$abc\r\n", "invalid bulk length"),
          row("bulk length overflow", "*1\r\n$99999999999999999999\r\n", "invalid bulk length"),
          row("integer as element", "*1\r\n:1\r\n", "expected '$', got ':'"),
          row("nested array", "*1\r\n*1\r\n", "expected '$', got '*'"),
          new Row(
              "bulk without CRLF",
              "*1\r\n$4\r\nPINGXX",
              "+PONG\\r\\n" + OPEN,
              "-ERR Protocol error\\r\\n" + CLOSED),
          row("unbalanced quotes", "SET k \"a\r\n", "unbalanced quotes in request"),
          row("64 KiB without newline", "a".repeat(65_600), "too big inline request"),
          row("64 KiB of array length", "*" + "1".repeat(65_600), "too big mbulk count string"),
          row("64 KiB of bulk length", "*1\r\n$" + "1".repeat(65_600), "too big bulk count string"),
          new Row("HTTP POST", "POST / HTTP/1.1\r\n", CLOSED),
          new Row("HTTP Host", "Host: localhost\r\n", CLOSED),
          new Row("TLS hello", "\u0016\u0003\u0001\u0002\u0000\u0001", OPEN, CLOSED),
          new Row("binary junk", "\u0000\u00ff\u0001\u0080", OPEN, CLOSED),
          new Row(
              "unknown command",
              Wire.request("foo", "a", "b"),
              "-ERR unknown command 'foo', with args beginning with: 'a' 'b' \\r\\n" + OPEN),
          new Row(
              "CR LF NUL in a name",
              Wire.request("f\r\no\u0000x", "a\r\nb"),
              unknown("f  o", "'a  b' ")),
          new Row(
              "long unknown command",
              Wire.request("x".repeat(300), "y".repeat(300)),
              unknown("x".repeat(128), "'" + "y".repeat(128) + "' ")),
          new Row(
              "wrong arity",
              Wire.request("SET", "k"),
              "-ERR wrong number of arguments for 'set' command\\r\\n" + OPEN),
          new Row("HELLO 4", Wire.request("HELLO", "4"), noProtocol()),
          new Row("QUIT in a pipeline", "QUIT\r\nPING\r\n", "+OK\\r\\n" + CLOSED),
          new Row("array of a million, nothing more", "*1048576\r\n", OPEN),
          new Row("512 MB, nothing more", "*2\r\n$4\r\nECHO\r\n$536870912\r\n", OPEN));

  private static final List<Row> BEFORE_AUTH =
      List.of(
          new Row("before AUTH: PING", Wire.request("PING"), NO_AUTH + OPEN),
          new Row(
              "before AUTH: unknown command",
              Wire.request("FOO"),
              "-ERR unknown command 'FOO', with args beginning with: \\r\\n" + OPEN,
              NO_AUTH + OPEN),
          new Row(
              "before AUTH: wrong arity",
              Wire.request("GET"),
              "-ERR wrong number of arguments for 'get' command\\r\\n" + OPEN,
              NO_AUTH + OPEN),
          row("before AUTH: 11 arguments", "*11\r\n", "unauthenticated multibulk length"),
          row("before AUTH: 16385 bytes", "*1\r\n$16385\r\n", "unauthenticated bulk length"),
          new Row("AUTH wrong", Wire.request("AUTH", "wrong"), WRONG_PASSWORD + OPEN),
          new Row("AUTH with NUL", Wire.request("AUTH", PASSWORD + "\0"), WRONG_PASSWORD + OPEN),
          new Row("AUTH a prefix", Wire.request("AUTH", "right"), WRONG_PASSWORD + OPEN),
          new Row("AUTH other case", Wire.request("AUTH", "RIGHT HORSE"), WRONG_PASSWORD + OPEN),
          new Row(
              "AUTH wrong user", Wire.request("AUTH", "nobody", PASSWORD), WRONG_PASSWORD + OPEN));

  private static Row row(String name, String input, String protocolError) {
    return new Row(name, input, "-ERR Protocol error: " + protocolError + "\\r\\n" + CLOSED);
  }

  private static String unknown(String name, String arguments) {
    return "-ERR unknown command '"
        + name
        + "', with args beginning with: "
        + arguments
        + "\\r\\n"
        + OPEN;
  }

  private static String noProtocol() {
    return "-NOPROTO unsupported protocol version\\r\\n" + OPEN;
  }

  @Test
  void everyRow_getsWhatTheTableSays() throws Exception {
    assumeTrue(Program.exists("openssl"), "no openssl");
    Certificates certificates = Certificates.make(directory);
    List<String> wrong = new ArrayList<>();
    for (List<Row> rows : perServer()) {
      boolean auth = BEFORE_AUTH.containsAll(rows);
      List<List<String>> redis = seen(Target.REDIS, certificates, rows, auth);
      List<List<String>> ours = seen(Target.REDISTILL, certificates, rows, auth);
      for (int i = 0; i < rows.size(); i++) {
        Row row = rows.get(i);
        System.out.printf(
            "%-33s | %-90s | %s%n", row.name, shown(redis.get(i)), shown(ours.get(i)));
        compare(row.name + ", Redis", row.redis, redis.get(i), wrong);
        compare(row.name, row.ours, ours.get(i), wrong);
      }
    }
    assertThat(wrong).isEmpty();
  }

  /**
   * The rows that share a server: wrong passwords do not, because too many of them slow us down.
   */
  private static List<List<Row>> perServer() {
    List<List<Row>> servers = new ArrayList<>();
    servers.add(ROWS);
    BEFORE_AUTH.forEach(row -> servers.add(List.of(row)));
    return servers;
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
    List<String> names = List.of("plain, whole", "plain, bytes", "TLS, whole", "TLS, bytes");
    for (int i = 0; i < ways.size(); i++) {
      if (!ways.get(i).equals(expected)) {
        wrong.add(name + ", " + names.get(i) + ": " + ways.get(i) + " and not " + expected);
      }
    }
  }

  private static List<List<String>> seen(
      Target target, Certificates certificates, List<Row> rows, boolean auth) throws Exception {
    int tlsPort = ServerProcess.freePort();
    List<String> options = new ArrayList<>(List.of(certificates.options(tlsPort, "no")));
    if (auth) {
      options.addAll(List.of("--requirepass", PASSWORD));
    }
    List<List<String>> all = new ArrayList<>();
    try (ServerProcess server = start(target, options)) {
      for (Row row : rows) {
        List<String> ways = new ArrayList<>();
        for (boolean whole : new boolean[] {true, false}) {
          ways.add(outcome(server.connect(), row, whole, target));
        }
        for (boolean whole : new boolean[] {true, false}) {
          RawClient client = RawClient.connect(tlsPort, certificates.client(null));
          ways.add(outcome(client, row, whole, target));
        }
        all.add(ways);
      }
    }
    return all;
  }

  /** What a client sees that sends the input of a row, and leaves. */
  private static String outcome(RawClient client, Row row, boolean whole, Target target)
      throws Exception {
    try (client) {
      return outcome(client, row.input, whole, patience(target, row));
    }
  }

  private static ServerProcess start(Target target, List<String> options) throws IOException {
    return target.start(options.toArray(new String[0]));
  }

  /** What is to be closed may take the server a moment, if it comes in many records. */
  private static int patience(Target target, Row row) {
    String expected = target == Target.REDIS ? row.redis : row.ours;
    return expected.endsWith(CLOSED) ? CLOSING_MILLIS : SILENCE_MILLIS;
  }

  private static String outcome(RawClient client, String input, boolean whole, int patience) {
    try {
      if (whole) {
        client.send(input);
      } else {
        for (int i = 0; i < input.length(); i++) {
          client.send(input.substring(i, i + 1));
        }
      }
    } catch (IOException e) {
      /* The server has closed while we were still sending: what it said may be lost, not more. */
      return seen(client, patience).replace("(still open)", OPEN);
    }
    return seen(client, patience).replace("(still open)", OPEN);
  }

  private static String seen(RawClient client, int patience) {
    try {
      String escaped = Wire.escape(client.observeEnd(patience));
      return escaped.substring(1, escaped.length() - 1);
    } catch (IOException e) {
      return "failed: " + e.getMessage();
    }
  }
}
