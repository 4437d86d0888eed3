package dev.redistill.it;

import java.util.List;

/**
 * A broken or hostile input, and what Redis and we answer to it: the bytes with CR and LF escaped,
 * and whether the connection stays open.
 *
 * @param name what it is
 * @param bytes what is sent
 * @param redis what Redis 7.0.15 does
 * @param ours what we do; where that differs, a comment says why
 */
record HostileInput(String name, String bytes, String redis, String ours) {
  static final String OPEN = "(open)";
  static final String CLOSED = "(closed)";
  static final String PASSWORD = "right horse";

  private static final String NO_AUTH = "-NOAUTH Authentication required.\\r\\n";
  private static final String WRONG_PASSWORD =
      "-WRONGPASS invalid username-password pair or user is disabled.\\r\\n";
  private static final String SMALLEST = "-9223372036854775808";
  private static final String OUT_OF_RANGE =
      "-ERR value is out of range, value must between -9223372036854775807 and"
          + " 9223372036854775807\\r\\n";

  /** Bytes that are no requests. */
  static final List<HostileInput> REQUESTS =
      List.of(
          same("empty line", "\r\n", OPEN),
          same("*0", "*0\r\n", OPEN),
          same("*-1", "*-1\r\n", OPEN),
          same("*-10", "*-10\r\n", OPEN),
          same("the smallest array length", "*" + SMALLEST + "\r\n", OPEN),
          same("inline PING", "PING\r\n", "+PONG\\r\\n" + OPEN),
          same("LF alone", "PING\n", "+PONG\\r\\n" + OPEN),
          same("CR alone", "PING\r", OPEN),
          /* A bound of memory: no command of ours takes so many arguments. */
          new HostileInput(
              "array length 1048577",
              "*1048577\r\n",
              OPEN,
              "-ERR Protocol error: invalid multibulk length\\r\\n" + CLOSED),
          refused("array length 2^31", "*2147483648\r\n", "invalid multibulk length"),
          refused("array length 2^63", "*9223372036854775808\r\n", "invalid multibulk length"),
          refused("array length overflow", "*99999999999999999999\r\n", "invalid multibulk length"),
          refused(
              "array length -overflow", "*-9999999999999999999\r\n", "invalid multibulk length"),
          refused("array length abc", "*abc\r\n", "invalid multibulk length"),
          refused("array length +1", "*+1\r\n", "invalid multibulk length"),
          refused("array length 01", "*01\r\n", "invalid multibulk length"),
          refused("array length ' 1'", "* 1\r\n", "invalid multibulk length"),
          refused("array length empty", "*\r\n", "invalid multibulk length"),
          refused("bulk length -1", "*1\r\n$-1\r\n", "invalid bulk length"),
          refused("bulk length -0", "*1\r\n$-0\r\n", "invalid bulk length"),
          refused("bulk length +4", "*1\r\n$+4\r\n", "invalid bulk length"),
          refused("bulk length 04", "*1\r\n$04\r\n", "invalid bulk length"),
          refused("bulk length empty", "*1\r\n$\r\n", "invalid bulk length"),
          refused("bulk length 512 MB + 1", "*1\r\n$536870913\r\n", "invalid bulk length"),
          refused("bulk length abc", "*1\r\n$abc\r\n", "invalid bulk length"),
          refused("bulk length overflow", "*1\r\n$99999999999999999999\r\n", "invalid bulk length"),
          refused("integer as element", "*1\r\n:1\r\n", "expected '$', got ':'"),
          refused("nested array", "*1\r\n*1\r\n", "expected '$', got '*'"),
          refused("line as element", "*1\r\n\r\n", "expected '$', got ' '"),
          /* What follows would be read in the wrong place. */
          new HostileInput(
              "bulk without CRLF",
              "*1\r\n$4\r\nPINGXX",
              "+PONG\\r\\n" + OPEN,
              "-ERR Protocol error\\r\\n" + CLOSED),
          refused("unbalanced quotes", "SET k \"a\r\n", "unbalanced quotes in request"),
          /* Redis does not find the end of a line behind a NUL, and waits. */
          new HostileInput(
              "inline with NUL",
              "PI\0NG\r\n",
              OPEN,
              "-ERR unknown command 'PI', with args beginning with: \\r\\n" + OPEN),
          refused("64 KiB without newline", "a".repeat(65_600), "too big inline request"),
          refused("64 KiB of array length", "*" + "1".repeat(65_600), "too big mbulk count string"),
          refused(
              "64 KiB of bulk length", "*1\r\n$" + "1".repeat(65_600), "too big bulk count string"),
          same("HTTP POST", "POST / HTTP/1.1\r\n", CLOSED),
          same("HTTP Host", "Host: localhost\r\n", CLOSED),
          /* A browser does not send arrays. */
          new HostileInput(
              "POST in an array",
              Wire.request("POST", "a"),
              CLOSED,
              "-ERR unknown command 'POST', with args beginning with: 'a' \\r\\n" + OPEN),
          /* They never become a request, and would wait for ever. */
          new HostileInput("TLS hello", "\u0016\u0003\u0001\u0002\u0000\u0001", OPEN, CLOSED),
          new HostileInput("binary junk", "\u0000\u00ff\u0001\u0080", OPEN, CLOSED),
          same("array of a million, nothing more", "*1048576\r\n", OPEN),
          same("512 MB, nothing more", "*2\r\n$4\r\nECHO\r\n$536870912\r\n", OPEN));

  /** Requests that no command is made for. */
  static final List<HostileInput> COMMANDS =
      List.of(
          same(
              "unknown command",
              Wire.request("foo", "a", "b"),
              "-ERR unknown command 'foo', with args beginning with: 'a' 'b' \\r\\n" + OPEN),
          same(
              "CR LF NUL in a name",
              Wire.request("f\r\no\u0000x", "a\r\nb"),
              unknown("f  o", "'a  b' ")),
          same(
              "NUL in an argument",
              Wire.request("foo", "a\u0000b", "c"),
              unknown("foo", "'a' 'c' ")),
          same("empty name", Wire.request("", "a"), unknown("", "'a' ")),
          same(
              "long unknown command",
              Wire.request("x".repeat(300), "y".repeat(300)),
              unknown("x".repeat(128), "'" + "y".repeat(128) + "' ")),
          same(
              "wrong arity",
              Wire.request("SET", "k"),
              "-ERR wrong number of arguments for 'set' command\\r\\n" + OPEN),
          same(
              "CR LF in a subcommand",
              Wire.request("CONFIG", "fo\r\no", "x"),
              "-ERR unknown subcommand 'fo  o'. Try CONFIG HELP.\\r\\n" + OPEN),
          same(
              "CR LF in a setting",
              Wire.request("CONFIG", "SET", "x\r\ny", "1"),
              "-ERR Unknown option or number of arguments for CONFIG SET - 'x  y'\\r\\n" + OPEN),
          same(
              "CR LF in a rule",
              Wire.request("ACL", "SETUSER", "u", "on\r\nx"),
              "-ERR Error in ACL SETUSER modifier 'on  x': Syntax error\\r\\n" + OPEN),
          same(
              "HELLO 4",
              Wire.request("HELLO", "4"),
              "-NOPROTO unsupported protocol version\\r\\n" + OPEN),
          same("QUIT in a pipeline", "QUIT\r\nPING\r\n", "+OK\\r\\n" + CLOSED),
          same(
              "an error inside EXEC",
              Wire.request("MULTI")
                  + Wire.request("SET", "s", "v")
                  + Wire.request("HGETALL", "s")
                  + Wire.request("EXEC"),
              "+OK\\r\\n+QUEUED\\r\\n+QUEUED\\r\\n*2\\r\\n+OK\\r\\n-WRONGTYPE Operation against a key"
                  + " holding the wrong kind of value\\r\\n"
                  + OPEN),
          same(
              "the smallest count",
              Wire.request("HRANDFIELD", "none", SMALLEST)
                  + Wire.request("SRANDMEMBER", "none", SMALLEST),
              OUT_OF_RANGE + OUT_OF_RANGE + OPEN),
          same(
              "offsets beyond all strings",
              Wire.request("SETRANGE", "k", "9223372036854775807", "x")
                  + Wire.request("SETBIT", "k", "4294967296", "1"),
              "-ERR string exceeds maximum allowed size (proto-max-bulk-len)\\r\\n"
                  + "-ERR bit offset is not an integer or out of range\\r\\n"
                  + OPEN),
          same(
              "a cursor that is too large",
              Wire.request("SCAN", "99999999999999999999"),
              "-ERR invalid cursor\\r\\n" + OPEN),
          same(
              "patterns that never match",
              Wire.request("SET", "a".repeat(200), "v")
                  + Wire.request("KEYS", "a*".repeat(30) + "b")
                  + Wire.request("KEYS", "[".repeat(1_000)),
              "+OK\\r\\n*0\\r\\n*0\\r\\n" + OPEN));

  /** What is sent to a server with a password, before the password. */
  static final List<HostileInput> BEFORE_AUTH =
      List.of(
          same("before AUTH: PING", Wire.request("PING"), NO_AUTH + OPEN),
          /* Who is not let in does not learn which commands there are. */
          new HostileInput(
              "before AUTH: unknown command",
              Wire.request("FOO"),
              "-ERR unknown command 'FOO', with args beginning with: \\r\\n" + OPEN,
              NO_AUTH + OPEN),
          new HostileInput(
              "before AUTH: wrong arity",
              Wire.request("GET"),
              "-ERR wrong number of arguments for 'get' command\\r\\n" + OPEN,
              NO_AUTH + OPEN),
          same(
              "before AUTH: 10 arguments",
              Wire.request("DEL", "1", "2", "3", "4", "5", "6", "7", "8", "9"),
              NO_AUTH + OPEN),
          refused("before AUTH: 11 arguments", "*11\r\n", "unauthenticated multibulk length"),
          same(
              "before AUTH: 16384 bytes", Wire.request("ECHO", "x".repeat(16_384)), NO_AUTH + OPEN),
          refused("before AUTH: 16385 bytes", "*1\r\n$16385\r\n", "unauthenticated bulk length"),
          same("AUTH wrong", Wire.request("AUTH", "wrong"), WRONG_PASSWORD + OPEN),
          same("AUTH with NUL", Wire.request("AUTH", PASSWORD + "\0"), WRONG_PASSWORD + OPEN),
          same("AUTH a prefix", Wire.request("AUTH", "right"), WRONG_PASSWORD + OPEN),
          same("AUTH other case", Wire.request("AUTH", "RIGHT HORSE"), WRONG_PASSWORD + OPEN),
          same("AUTH wrong user", Wire.request("AUTH", "nobody", PASSWORD), WRONG_PASSWORD + OPEN),
          /* Who guesses is to begin again, and to wait. */
          new HostileInput(
              "AUTH wrong six times",
              Wire.request("AUTH", "wrong").repeat(6),
              WRONG_PASSWORD.repeat(6) + OPEN,
              WRONG_PASSWORD.repeat(5) + CLOSED));

  private static HostileInput same(String name, String bytes, String both) {
    return new HostileInput(name, bytes, both, both);
  }

  private static HostileInput refused(String name, String bytes, String protocolError) {
    return same(name, bytes, "-ERR Protocol error: " + protocolError + "\\r\\n" + CLOSED);
  }

  private static String unknown(String name, String arguments) {
    return "-ERR unknown command '%s', with args beginning with: %s\\r\\n%s"
        .formatted(name, arguments, OPEN);
  }

  String expected(Target target) {
    return target == Target.REDIS ? redis : ours;
  }
}
