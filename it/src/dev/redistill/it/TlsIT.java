package dev.redistill.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS of either provider with certificates and clients of openssl, redis-cli and Java. */
@ParameterizedClass
@ValueSource(strings = {"bouncycastle", "jdk"})
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class TlsIT {
  private static final String REFUSED = "refused";
  private static final String PONG = "+PONG\r\n";

  @TempDir private static Path directory;

  private final String provider;

  TlsIT(String provider) {
    this.provider = provider;
  }

  private static Certificates certificates = new Certificates(Path.of("."));

  @BeforeAll
  static void makeCertificates() throws Exception {
    assumeTrue(Program.exists("openssl"), "no openssl");
    certificates = Certificates.make(directory);
  }

  private ServerProcess start(Target target, int tlsPort, String clients, String... more)
      throws IOException {
    List<String> options = new ArrayList<>(List.of(certificates.options(tlsPort, clients)));
    options.addAll(List.of(more));
    if (target != Target.REDIS) {
      options.addAll(List.of("--tls-provider", provider));
    }
    return target.start(options.toArray(new String[0]));
  }

  /** What openssl says of a handshake with these options: protocol and suite, or that it failed. */
  private static String handshake(int port, String options) throws Exception {
    List<String> command =
        new ArrayList<>(List.of("openssl", "s_client", "-connect", "127.0.0.1:" + port));
    command.addAll(List.of(options.split(" ", -1)));
    command.removeIf(String::isEmpty);
    Program.Result result = new Program(command).reading(Wire.bytes("")).run();
    for (String line : result.out().lines().toList()) {
      if (line.startsWith("New, TLS") || line.startsWith("New, (NONE)")) {
        return line.contains("(NONE)")
            ? REFUSED
            : line.replace("New, ", "").replace("Cipher is ", "");
      }
    }
    return REFUSED;
  }

  @ParameterizedTest
  @EnumSource(names = {"REDIS", "REDISTILL"})
  void protocolsAndSuites(Target target) throws Exception {
    int port = ServerProcess.freePort();
    try (ServerProcess server = start(target, port, "no")) {
      assertThat(server.process().isAlive()).isTrue();
      assertThat(handshake(port, "-tls1_3")).startsWith("TLSv1.3, TLS_AES_");
      assertThat(handshake(port, "-tls1_2")).startsWith("TLSv1.2, ECDHE-ECDSA-AES");
      assertThat(handshake(port, "-tls1_1 -cipher ALL:@SECLEVEL=0")).isEqualTo(REFUSED);
      assertThat(handshake(port, "-tls1 -cipher ALL:@SECLEVEL=0")).isEqualTo(REFUSED);
      for (String suite : List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384")) {
        assertThat(handshake(port, "-tls1_3 -ciphersuites " + suite)).endsWith(suite);
      }
      for (String suite :
          List.of("ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-ECDSA-AES256-GCM-SHA384")) {
        assertThat(handshake(port, "-tls1_2 -cipher " + suite)).endsWith(suite);
      }
    }
  }

  @Test
  void weakSuites_areRefused() throws Exception {
    int port = ServerProcess.freePort();
    try (ServerProcess server = start(Target.REDISTILL, port, "no")) {
      assertThat(server.process().isAlive()).isTrue();
      String weak = "ECDHE-ECDSA-AES128-SHA ECDHE-ECDSA-AES256-SHA384 aNULL eNULL CAMELLIA";
      for (String suite : weak.split(" ", -1)) {
        assertThat(handshake(port, "-tls1_2 -cipher " + suite + ":@SECLEVEL=0"))
            .as(suite)
            .isEqualTo(REFUSED);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "REDIS, TLSv1.2, TLSv1.2", "REDISTILL, TLSv1.2, TLSv1.2",
    "REDIS, TLSv1.3, TLSv1.3", "REDISTILL, TLSv1.3, TLSv1.3"
  })
  void protocols_areThoseOfTheSetting(Target target, String setting, String only) throws Exception {
    int port = ServerProcess.freePort();
    try (ServerProcess server = start(target, port, "no", "--tls-protocols", setting)) {
      assertThat(server.process().isAlive()).isTrue();
      assertThat(handshake(port, "")).startsWith(only);
      String other = only.equals("TLSv1.2") ? "-tls1_3" : "-tls1_2";
      assertThat(handshake(port, other)).isEqualTo(REFUSED);
    }
  }

  /** Whether a PING is answered of a client that shows a certificate, or none. */
  private static String ping(int port, String name) throws Exception {
    String identity =
        name.equals("none")
            ? ""
            : " -cert %s -key %s".formatted(certificates.certificate(name), certificates.key(name));
    String command = "openssl s_client -quiet -no_ign_eof -connect 127.0.0.1:" + port + identity;
    try (Dialogue dialogue = new Dialogue(command)) {
      dialogue.say("PING\n");
      return dialogue.hears("+PONG") ? "served" : REFUSED;
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REDIS", "REDISTILL"})
  void certificatesOfClients(Target target) throws Exception {
    List<String> clients = List.of("none", "client", "expired", "stranger");
    for (String setting : List.of("yes", "optional", "no")) {
      int port = ServerProcess.freePort();
      try (ServerProcess server = start(target, port, setting)) {
        List<String> seen = new ArrayList<>();
        for (String client : clients) {
          seen.add(ping(port, client));
        }
        System.out.printf("%s, tls-auth-clients %s: %s %s%n", target, setting, clients, seen);
        switch (setting) {
          case "yes" -> assertThat(seen).containsExactly(REFUSED, "served", REFUSED, REFUSED);
          case "optional" -> assertThat(seen).containsExactly("served", "served", REFUSED, REFUSED);
          default -> assertThat(seen).containsOnly("served");
        }
        try (RawClient plain = server.connect()) {
          assertThat(plain.call("PING")).isEqualTo(PONG);
        }
      }
    }
  }

  @Test
  void certificateFiles_areReadAgainWhenTheyChange() throws Exception {
    Path moving = Files.createDirectories(directory.resolve("moving-" + provider));
    Path certificate = moving.resolve("crt");
    Path key = moving.resolve("key");
    Files.copy(certificates.certificate("server"), certificate);
    Files.copy(certificates.key("server"), key);
    int port = ServerProcess.freePort();
    try (ServerProcess server =
            Target.REDISTILL.start(
                "--tls-port",
                "" + port,
                "--tls-provider",
                provider,
                "--tls-auth-clients",
                "no",
                "--tls-cert-file",
                certificate.toString(),
                "--tls-key-file",
                key.toString());
        RawClient connected = RawClient.connect(port, certificates.client(null))) {
      assertThat(connected.call("PING")).isEqualTo(PONG);
      assertThat(subject(port)).contains("server");

      Files.copy(
          certificates.certificate("client"), certificate, StandardCopyOption.REPLACE_EXISTING);
      assertThat(server.awaitLog("the old ones stay")).isNotEmpty();
      assertThat(subject(port)).contains("server");
      assertThat(connected.call("PING")).isEqualTo(PONG);

      Files.copy(certificates.key("client"), key, StandardCopyOption.REPLACE_EXISTING);
      assertThat(server.awaitLog("have changed and are in use")).isNotEmpty();
      assertThat(subject(port)).contains("client");
      assertThat(connected.call("PING")).isEqualTo(PONG);

      Files.writeString(certificate, "no certificate at all");
      Eventually.eventually("a bad file is told of", () -> count(server, "old ones stay") == 2);
      assertThat(subject(port)).contains("client");
    }
  }

  private static long count(ServerProcess server, String text) {
    try {
      return server.log().lines().filter(line -> line.contains(text)).count();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String subject(int port) throws Exception {
    Program.Result result =
        new Program("openssl", "s_client", "-connect", "127.0.0.1:" + port)
            .reading(Wire.bytes(""))
            .run();
    return result.out().lines().filter(line -> line.startsWith("subject")).findFirst().orElse("");
  }

  @Test
  void badSettings_areRefusedAndTheOldStay() throws Exception {
    int port = ServerProcess.freePort();
    try (ServerProcess server = start(Target.REDISTILL, port, "no");
        RawClient admin = server.connect()) {
      assertThat(admin.call("INFO", "server"))
          .containsPattern("redistill_tls_certificate_expires:20\\d\\d-\\d\\d-\\d\\dT")
          .containsPattern("redistill_tls_certificate_expires_in_seconds:25\\d{5}\r\n");
      for (String[] bad :
          new String[][] {
            {"tls-cert-file", "/does/not/exist"},
            {"tls-key-file", certificates.key("client").toString()},
            {"tls-ciphersuites", "TLS_NO_SUCH_SUITE"},
            {"tls-protocols", "TLSv9"}
          }) {
        assertThat(admin.call("CONFIG", "SET", bad[0], bad[1])).as(bad[0]).startsWith("-ERR");
        assertThat(handshake(port, "")).as(bad[0]).startsWith("TLSv1.3");
        assertThat(admin.call("CONFIG", "GET", bad[0])).doesNotContain(bad[1]);
      }
      assertThat(
              admin.call(
                  "CONFIG", "SET",
                  "tls-cert-file", certificates.certificate("client").toString(),
                  "tls-key-file", certificates.key("client").toString()))
          .isEqualTo("+OK\r\n");
      assertThat(subject(port)).contains("client");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REDIS", "REDISTILL"})
  void plainTextOnTheTlsPort_isTurnedAway(Target target) throws Exception {
    int port = ServerProcess.freePort();
    try (ServerProcess server = start(target, port, "no")) {
      try (RawClient client = RawClient.connect(port)) {
        client.send("PING\r\n");
        assertThat(client.observeEnd(2_000)).endsWith("(closed)").doesNotContain("PONG");
      }
      assertThatThrownBy(() -> RawClient.connect(server.port(), certificates.client(null)).close())
          .isInstanceOf(IOException.class);
    }
  }

  /**
   * A client may ask for it in TLS 1.2: openssl does at a line with a lone R. It is told that there
   * is none, or its connection ends, which is what the JDK leaves to do.
   */
  @Test
  void renegotiation_isRefused() throws Exception {
    int port = ServerProcess.freePort();
    try (ServerProcess server = start(Target.REDISTILL, port, "no")) {
      assertThat(server.process().isAlive()).isTrue();
      try (Dialogue dialogue =
          new Dialogue("openssl s_client -tls1_2 -connect 127.0.0.1:" + port)) {
        dialogue.say("PING\n");
        assertThat(dialogue.hears("+PONG")).isTrue();
        dialogue.say("R\n");
        assertThat(dialogue.hears("RENEGOTIATING")).isTrue();
        assertThat(dialogue.hears("no renegotiation")).isEqualTo(provider.equals("bouncycastle"));
      }
      try (RawClient client = server.connect()) {
        assertThat(client.call("PING")).isEqualTo(PONG);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REDIS", "REDISTILL"})
  void redisCli(Target target) throws Exception {
    assumeTrue(Program.exists("redis-cli"), "no redis-cli");
    int port = ServerProcess.freePort();
    try (ServerProcess server = start(target, port, "yes")) {
      assertThat(server.process().isAlive()).isTrue();
      String session = "set k v\nget k\nmulti\nincr n\nexec\ninfo clients\n";
      assertThat(cli(port, "client", session).out()).startsWith("OK\nv\nOK\nQUEUED\n1\n# Clients");
      assertThat(cli(port, "stranger", session).out()).doesNotContain("OK");
    }
  }

  private static Program.Result cli(int port, String name, String session) throws Exception {
    String command =
        "redis-cli -p %d --tls --cacert %s --cert %s --key %s"
            .formatted(
                port,
                certificates.certificate("ca"),
                certificates.certificate(name),
                certificates.key(name));
    return new Program(command.split(" ", -1)).reading(Wire.bytes(session)).run();
  }

  @ParameterizedTest
  @CsvSource({"REDIS, no", "REDISTILL, no", "REDIS, yes", "REDISTILL, yes"})
  void lettuce(Target target, String authenticateClients) throws Exception {
    int port = ServerProcess.freePort();
    try (ServerProcess server = start(target, port, authenticateClients)) {
      assertThat(server.process().isAlive()).isTrue();
      SslOptions.Builder options =
          SslOptions.builder()
              .jdkSslProvider()
              .trustManager(certificates.certificate("ca").toFile());
      if (authenticateClients.equals("yes")) {
        options.keystore(certificates.identityFile("client").toFile(), "secret".toCharArray());
      }
      RedisURI uri = RedisURI.builder().withHost("127.0.0.1").withPort(port).withSsl(true).build();
      RedisClient client = RedisClient.create(uri);
      client.setOptions(
          io.lettuce.core.ClientOptions.builder().sslOptions(options.build()).build());
      try (StatefulRedisConnection<String, String> connection = client.connect()) {
        String large = "x".repeat(5_000_000);
        assertThat(connection.sync().set("large", large)).isEqualTo("OK");
        assertThat(connection.sync().get("large")).isEqualTo(large);
        for (int i = 0; i < 1000; i++) {
          var unused = connection.async().incr("n");
        }
        assertThat(connection.sync().get("n")).isEqualTo("1000");
      } finally {
        client.shutdown();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"REDIS, no", "REDISTILL, no", "REDIS, yes", "REDISTILL, yes"})
  void ioredis(Target target, String authenticateClients) throws Exception {
    assumeTrue(Program.exists("node") && Program.exists("npm"), "no node and npm");
    assumeTrue(ClientProgramsIT.installed(), "no packages from npm");
    int port = ServerProcess.freePort();
    try (ServerProcess server = start(target, port, authenticateClients)) {
      assertThat(server.process().isAlive()).isTrue();
      String ca = certificates.certificate("ca").toString();
      List<String> command = new ArrayList<>(List.of("node", "ioredis-tls.js", "" + port, ca));
      if (authenticateClients.equals("yes")) {
        command.add(certificates.certificate("client").toString());
        command.add(certificates.key("client").toString());
      }
      assertThat(new Program(command).in(ClientProgramsIT.NODE).run().out())
          .isEqualTo("set \"OK\"\nget true\npipeline [1,2]\n");
    }
  }

  @Test
  void aStalledHandshake_isClosedAtItsDeadlineAndOthersAreServed() throws Exception {
    int port = ServerProcess.freePort();
    try (ServerProcess server =
            start(Target.REDISTILL, port, "no", "--tls-handshake-timeout", "3");
        RawClient silent = RawClient.connect(port);
        RawClient half = RawClient.connect(port);
        RawClient served = RawClient.connect(port, certificates.client(null))) {
      assertThat(server.process().isAlive()).isTrue();
      half.send("\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001");
      assertThat(half.observeEnd(20_000)).endsWith("(closed)");
      assertThat(silent.observeEnd(20_000)).endsWith("(closed)");
      assertThat(served.call("PING")).isEqualTo(PONG);
    }
  }

  @Test
  void handshakes_areGivenUpOldestFirst() throws Exception {
    int port = ServerProcess.freePort();
    try (ServerProcess server = start(Target.REDISTILL, port, "no", "--tls-max-handshakes", "20")) {
      assertThat(server.process().isAlive()).isTrue();
      List<RawClient> silent = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        silent.add(RawClient.connect(port));
      }
      try (RawClient served = RawClient.connect(port, certificates.client(null))) {
        assertThat(served.call("PING")).isEqualTo(PONG);
      }
      assertThat(silent.getFirst().observeEnd(2_000)).isEqualTo("(closed)");
      assertThat(silent.getLast().observeEnd(100)).isEqualTo("(still open)");
      for (RawClient client : silent) {
        client.close();
      }
    }
  }
}
