package dev.redistill.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The modes of redis-cli, and redis-benchmark. */
final class RedisCliIT {
  private static final int KEYS = 5_000;
  private static final String SESSION =
      """
      ping
      set greeting "hello \\x00 world"
      get greeting
      get missing
      mset a 1 b 2 c 3
      mget a missing c
      incr a
      incrbyfloat a 0.5
      append greeting !
      expire greeting 100
      ttl greeting
      multi
      incr b
      get b
      exec
      select 3
      dbsize
      select 0
      keys none*
      foo bar
      set
      incr greeting
      object encoding a
      client getname
      config get databases
      scan 0 match none*
      hello 3
      config get databases
      get missing
      """;

  @BeforeAll
  static void needsTheTools() {
    assumeTrue(
        Program.exists("redis-cli") && Program.exists("redis-benchmark"),
        "skipped: no redis-cli and redis-benchmark here");
  }

  @Test
  void aSessionReadsAsWithRedis() throws Exception {
    try (ServerProcess redis = Target.REDIS.start();
        ServerProcess ours = Target.REDISTILL.start()) {
      for (List<String> options : List.of(List.<String>of(), List.of("--no-raw"), List.of("-3"))) {
        String expected = session(redis, options, SESSION);
        assertThat(session(ours, options, SESSION)).isEqualTo(expected);
        assertThat(expected).contains("PONG", "hello");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REDIS", "REDISTILL"})
  void stat(Target target) throws Exception {
    try (ServerProcess server = filled(target)) {
      String line = "timeout 3 stdbuf -oL redis-cli -p %d --stat -i 1".formatted(server.port());
      Program.Result result = new Program("sh", "-c", line + "; true").run();

      assertThat(result.out()).contains("keys", "mem", "clients", "blocked", "requests");
      assertThat(result.out().lines().filter(text -> text.startsWith(KEYS + " ")).count())
          .as(result.out())
          .isGreaterThanOrEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REDIS", "REDISTILL"})
  void bigkeys(Target target) throws Exception {
    try (ServerProcess server = filled(target)) {
      Program.Result result = cli(server, "--bigkeys");

      assertThat(result.exit()).as(result.err()).isZero();
      assertThat(result.out())
          .contains("Sampled " + KEYS + " keys in the keyspace!")
          .contains("Biggest string found '\"key:big\"' has 1000 bytes");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REDIS", "REDISTILL"})
  void memkeys(Target target) throws Exception {
    try (ServerProcess server = filled(target)) {
      Program.Result result = cli(server, "--memkeys");

      assertThat(result.exit()).as(result.err()).isZero();
      assertThat(result.out())
          .contains("Sampled " + KEYS + " keys in the keyspace!")
          .containsPattern("Biggest string found '\"key:big\"' has 1\\d{3} bytes");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REDIS", "REDISTILL"})
  void hotkeys(Target target) throws Exception {
    try (ServerProcess server = filled(target);
        RawClient client = server.connect()) {
      assertThat(cli(server, "--hotkeys").err() + cli(server, "--hotkeys").out())
          .contains("An LFU maxmemory policy is not selected");

      client.call("CONFIG", "SET", "maxmemory-policy", "allkeys-lfu");
      client.call("SET", "key:hot", "value");
      for (int i = 0; i < 2000; i++) {
        client.call("GET", "key:hot");
      }
      Program.Result result = cli(server, "--hotkeys");
      assertThat(result.exit()).as(result.err()).isZero();
      assertThat(result.out().lines().filter(line -> line.startsWith("hot key found")).findFirst())
          .as(result.out())
          .hasValueSatisfying(
              line -> assertThat(line).containsPattern("counter: [0-9]{2}\tkeyname: .*key:hot"));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REDIS", "REDISTILL"})
  void latency(Target target) throws Exception {
    try (ServerProcess server = target.start()) {
      String line = "timeout -s INT 2 redis-cli -p %d --latency".formatted(server.port());
      Program.Result result = new Program("sh", "-c", line + "; true").run();

      assertThat(result.out()).containsPattern("\\d+ \\d+ [\\d.]+ \\d+");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REDIS", "REDISTILL"})
  void scanWithPattern(Target target) throws Exception {
    try (ServerProcess server = filled(target)) {
      assertThat(cli(server, "--scan").out().lines().distinct().count()).isEqualTo(KEYS);
      assertThat(cli(server, "--scan", "--pattern", "key:12??").out().lines().distinct().count())
          .isEqualTo(100);
      assertThat(cli(server, "--scan", "--pattern", "none:*").out()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REDIS", "REDISTILL"})
  void pipe(Target target) throws Exception {
    int requests = 20_000;
    StringBuilder stream = new StringBuilder();
    for (int i = 0; i < requests; i++) {
      stream.append(Wire.request("SET", "pipe:" + i, "v".repeat(i % 100)));
    }
    try (ServerProcess server = target.start();
        RawClient client = server.connect()) {
      Program.Result result =
          new Program("redis-cli", "-p", "" + server.port(), "--pipe")
              .reading(Wire.bytes(stream.toString()))
              .run();

      assertThat(result.exit()).as(result.out() + result.err()).isZero();
      assertThat(result.out())
          .contains("Last reply received from server.")
          .contains("errors: 0, replies: " + requests);
      assertThat(client.integer("DBSIZE")).isEqualTo(requests);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REDIS", "REDISTILL"})
  void pipeCountsErrors(Target target) throws Exception {
    String stream = Wire.request("SET", "k", "text") + Wire.request("INCR", "k") + "FOO\r\n";
    try (ServerProcess server = target.start()) {
      Program.Result result =
          new Program("redis-cli", "-p", "" + server.port(), "--pipe")
              .reading(Wire.bytes(stream))
              .run();

      assertThat(result.out()).contains("errors: 2, replies: 3");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REDIS", "REDISTILL"})
  void benchmark(Target target) throws Exception {
    try (ServerProcess server = target.start()) {
      Program.Result result =
          new Program(
                  List.of(
                      "redis-benchmark",
                      "-p",
                      "" + server.port(),
                      "-t",
                      "ping,set,get,incr,mset",
                      "-P",
                      "16",
                      "-n",
                      "20000",
                      "-q"))
              .run();

      assertThat(result.exit()).as(result.out() + result.err()).isZero();
      String text = result.out().replace('\r', '\n');
      for (String test :
          List.of("PING_INLINE", "PING_MBULK", "SET", "GET", "INCR", "MSET (10 keys)")) {
        assertThat(text.lines())
            .anyMatch(line -> line.startsWith(test + ": ") && line.contains("requests per second"));
      }
      assertThat(result.out() + result.err()).doesNotContain("ERR", "WARNING", "Error");
    }
  }

  private static String session(ServerProcess server, List<String> options, String input)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("redis-cli", "-p", "" + server.port()));
    command.addAll(options);
    try (RawClient client = server.connect()) {
      client.call("FLUSHALL");
    }
    Program.Result result = new Program(command).reading(Wire.bytes(input)).run();
    assertThat(result.exit()).as(result.err()).isZero();
    return result
        .out()
        .replaceAll("(?m)(version\\W+)[\\d.]+", "$1#")
        .replaceAll("(?m)(\\bid\\b\\W+(?:\\(integer\\) )?)\\d+", "$1#");
  }

  private static Program.Result cli(ServerProcess server, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("redis-cli", "-p", "" + server.port()));
    command.addAll(List.of(arguments));
    return new Program(command).run();
  }

  private static ServerProcess filled(Target target) throws IOException {
    ServerProcess server = target.start();
    try (RawClient client = server.connect()) {
      client.call("SET", "key:big", "x".repeat(1000));
      for (int i = 1; i < KEYS; i++) {
        client.send(Wire.request("SET", "key:" + i, "value"));
      }
      for (int i = 1; i < KEYS; i++) {
        client.read();
      }
    }
    return server;
  }
}
