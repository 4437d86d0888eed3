package dev.redistill.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.redistill.commands.Console;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class HttpPortTest {

  @Test
  void withoutAPort_nothingListens() throws IOException {
    Console console = new Console();
    assertThat(
            HttpPort.open(
                console.services(),
                console.dispatcher(),
                Executors.newVirtualThreadPerTaskExecutor()))
        .isNull();
  }

  @Test
  void aPortThatIsTaken_isNamed() throws IOException {
    try (HttpFixture first = new HttpFixture()) {
      String port = Integer.toString(first.port.port());
      assertThatThrownBy(() -> new HttpFixture("metrics-port", port).close())
          .isInstanceOf(IOException.class)
          .hasMessageContaining("no HTTP port " + port + " on 127.0.0.1");
    }
  }

  @Test
  void health_isTheObjectThatTheRedistillInRustHas() throws Exception {
    try (HttpFixture http = new HttpFixture()) {
      http.console.run("SET", "a", "1");
      http.console.run("GET", "a");
      HttpResponse<String> response = http.get("/health");
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
      JsonNode health = new JsonMapper().readTree(response.body());
      assertThat(health.path("status").asText()).isEqualTo("healthy");
      assertThat(health.path("active_connections").asInt()).isEqualTo(1);
      assertThat(health.path("total_commands").asInt()).isEqualTo(2);
      assertThat(health.path("total_connections").isNumber()).isTrue();
      assertThat(health.path("memory_used").asLong()).isPositive();
      assertThat(health.path("problems")).isEmpty();
    }
  }

  @Test
  void readiness_hasItsReasons() throws Exception {
    try (HttpFixture http = new HttpFixture()) {
      assertThat(http.get("/readyz").body()).isEqualTo("ready\n");
      http.console.services().pause().loading(true);
      HttpResponse<String> loading = http.get("/readyz");
      assertThat(loading.statusCode()).isEqualTo(503);
      assertThat(loading.body()).isEqualTo("loading the keys\n");
      assertThat(http.get("/livez").statusCode()).isEqualTo(200);
      assertThat(http.get("/health").statusCode()).isEqualTo(503);
      assertThat(http.get("/health").body()).contains("unhealthy", "loading the keys");
      http.console.services().pause().loading(false);
      http.console.run("SET", "a", "x".repeat(1000));
      http.console.run("CONFIG", "SET", "maxmemory", "1");
      http.console.services().memory().survey();
      assertThat(http.get("/readyz").body()).isEqualTo("out of memory\n");
    }
  }

  @Test
  void aPassword_isAskedForWhereOneIsSet() throws Exception {
    try (HttpFixture http = new HttpFixture("requirepass", "secret")) {
      for (String path : List.of("/metrics", "/health", "/stats", "/")) {
        HttpResponse<String> refused = http.get(path);
        assertThat(refused.statusCode()).as(path).isEqualTo(401);
        assertThat(refused.headers().firstValue("WWW-Authenticate")).isPresent();
        assertThat(refused.body()).doesNotContain("redis_");
        assertThat(http.get(path, "default", "wrong").statusCode()).isEqualTo(401);
        assertThat(http.get(path, "default", "secret").statusCode()).isEqualTo(200);
        assertThat(http.get(path, "", "secret").statusCode()).isEqualTo(200);
        assertThat(http.get(path, "nobody", "secret").statusCode()).isEqualTo(401);
      }
      assertThat(http.get("/livez").statusCode()).isEqualTo(200);
      assertThat(http.get("/readyz").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void theConsole_isOnePageThatAsksForNothingElsewhere() throws Exception {
    try (HttpFixture http = new HttpFixture()) {
      HttpResponse<String> page = http.get("/");
      assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
      assertThat(page.headers().firstValue("Content-Security-Policy"))
          .hasValueSatisfying(policy -> assertThat(policy).contains("default-src 'none'"));
      assertThat(page.body()).startsWith("<!doctype html>").doesNotContain("http:", "https:", "//");
    }
  }

  @Test
  void theFigures_areWhatTheServerCounts() throws Exception {
    try (HttpFixture http = new HttpFixture()) {
      http.console.run("SET", "a", "1");
      http.console.run("GET", "a");
      http.console.run("GET", "none");
      http.console.run("CONFIG", "SET", "slowlog-log-slower-than", "0");
      http.console.run("ECHO", "<b>\"x\"</b>");
      JsonNode figures = new JsonMapper().readTree(http.get("/stats").body());
      assertThat(figures.path("commands").asInt()).isEqualTo(5);
      assertThat(figures.path("hits").asInt()).isEqualTo(1);
      assertThat(figures.path("misses").asInt()).isEqualTo(1);
      assertThat(figures.path("keys").asInt()).isEqualTo(1);
      assertThat(figures.path("perCommand").path(0).path("name").asText()).isEqualTo("get");
      assertThat(figures.path("slow").path(0).path("text").asText()).isEqualTo("ECHO <b>\"x\"</b>");
      assertThat(figures.path("snapshot").path("failed").asBoolean()).isFalse();
    }
  }

  @Test
  void otherPathsAndMethods_areRefused() throws Exception {
    try (HttpFixture http = new HttpFixture()) {
      assertThat(http.get("/metrics/x").statusCode()).isEqualTo(404);
      assertThat(http.get("/nothing").statusCode()).isEqualTo(404);
      assertThat(http.post("/metrics").statusCode()).isEqualTo(405);
    }
  }

  @Test
  void clientsThatSendOneByte_blockNobody() throws Exception {
    try (HttpFixture http = new HttpFixture()) {
      List<Socket> sockets = new ArrayList<>();
      try {
        for (int i = 0; i < 50; i++) {
          Socket socket = new Socket(InetAddress.getLoopbackAddress(), http.port.port());
          socket.getOutputStream().write('G');
          sockets.add(socket);
        }
        assertThat(http.get("/livez").statusCode()).isEqualTo(200);
        assertThat(http.get("/metrics").statusCode()).isEqualTo(200);
      } finally {
        for (Socket socket : sockets) {
          socket.close();
        }
      }
    }
  }
}
