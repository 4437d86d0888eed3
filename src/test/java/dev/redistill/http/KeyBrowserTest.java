package dev.redistill.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.redistill.resp.Ascii;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class KeyBrowserTest {

  private static String id(String name) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Ascii.bytes(name));
  }

  private static JsonNode json(HttpResponse<String> response) throws Exception {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return new JsonMapper().readTree(response.body());
  }

  @Test
  void keys_comePageByPage_everyOneOfThem() throws Exception {
    try (HttpFixture http = new HttpFixture()) {
      for (int i = 0; i < 1000; i++) {
        http.console.run("SET", "key:" + i, "x");
      }
      Set<String> names = new HashSet<>();
      String cursor = "0";
      do {
        JsonNode page = json(http.get("/keys?cursor=" + cursor + "&match=key:*9"));
        page.path("keys").forEach(key -> names.add(key.path("name").asText()));
        cursor = page.path("cursor").asText();
      } while (!cursor.equals("0"));
      assertThat(names).hasSize(100).contains("key:9", "key:999");
    }
  }

  @Test
  void aKey_isShownWithItsTypeExpiryAndSize() throws Exception {
    try (HttpFixture http = new HttpFixture()) {
      http.console.run("SELECT", "2");
      http.console.run("SET", "s", "x".repeat(5000), "PX", "5000");
      http.console.run("HSET", "h", "<b>", "1\n2");
      http.console.run("SADD", "m", "only");
      JsonNode string = json(http.get("/key?db=2&id=" + id("s")));
      assertThat(string.path("type").asText()).isEqualTo("string");
      assertThat(string.path("ttl").asLong()).isEqualTo(5000);
      assertThat(string.path("bytes").asLong()).isGreaterThan(5000);
      assertThat(string.path("length").asLong()).isEqualTo(5000);
      assertThat(string.path("parts").path(0).asText()).isEqualTo("x".repeat(1024));
      JsonNode hash = json(http.get("/key?db=2&id=" + id("h")));
      assertThat(hash.path("ttl").asLong()).isEqualTo(-1);
      assertThat(hash.path("parts").path(0).asText()).isEqualTo("<b> = 1\\x0a2");
      assertThat(json(http.get("/key?db=2&id=" + id("m"))).path("parts").path(0).asText())
          .isEqualTo("only");
      assertThat(json(http.get("/key?db=0&id=" + id("s"))).path("type").asText()).isEqualTo("none");
    }
  }

  @Test
  void namesOfAnyBytes_comeAsText_andAreFoundAgain() throws Exception {
    try (HttpFixture http = new HttpFixture()) {
      byte[] name = {'a', 0, (byte) 0xff, '"', '\n'};
      http.console.run("SET".getBytes(UTF_8), name, "v".getBytes(UTF_8));
      JsonNode key = json(http.get("/keys")).path("keys").path(0);
      assertThat(key.path("name").asText()).isEqualTo("a\\x00\\xff\\\"\\x0a");
      assertThat(json(http.get("/key?id=" + key.path("id").asText())).path("length").asInt())
          .isEqualTo(1);
    }
  }

  @Test
  void looking_isNoUseOfAKey() throws Exception {
    try (HttpFixture http = new HttpFixture()) {
      http.console.run("SET", "a", "x");
      http.console.advance(60_000);
      json(http.get("/key?id=" + id("a")));
      assertThat(http.console.run("OBJECT", "IDLETIME", "a")).isEqualTo("(integer) 60");
    }
  }

  @Test
  void aUser_seesAndDoesWhatItsClientsMay() throws Exception {
    try (HttpFixture http =
        new HttpFixture("requirepass", "secret", "console-allow-delete", "yes")) {
      http.console.run("AUTH", "secret");
      http.console.run("ACL", "SETUSER", "eve", "on", ">pw", "~open:*", "+@all", "-unlink");
      http.console.run("SET", "open:1", "x");
      http.console.run("SET", "closed:1", "x");
      assertThat(http.get("/keys").statusCode()).isEqualTo(401);
      assertThat(http.get("/key?id=" + id("open:1"), "eve", "pw").statusCode()).isEqualTo(200);
      assertThat(http.get("/key?id=" + id("closed:1"), "eve", "pw").body()).startsWith("NOPERM");
      assertThat(http.delete("/key?id=" + id("open:1"), "eve", "pw").body()).startsWith("NOPERM");
      assertThat(http.delete("/key?id=" + id("open:1"), "default", "secret").body())
          .isEqualTo("{\"deleted\":1}");
    }
  }

  @Test
  void keys_areDeletedOnlyWhereTheSettingAllowsIt() throws Exception {
    try (HttpFixture http = new HttpFixture("requirepass", "secret")) {
      http.console.run("AUTH", "secret");
      http.console.run("SET", "a", "x");
      assertThat(http.delete("/key?id=" + id("a"), "default", "secret").statusCode())
          .isEqualTo(403);
      assertThat(http.console.run("EXISTS", "a")).isEqualTo("(integer) 1");
    }
  }

  @Test
  void whatMakesNoSense_isRefused() throws Exception {
    try (HttpFixture http = new HttpFixture()) {
      assertThat(http.get("/keys?db=99").body()).isEqualTo("ERR DB index is out of range\n");
      assertThat(http.get("/keys?cursor=x").statusCode()).isEqualTo(400);
      assertThat(http.get("/keys?match=%25zz").statusCode()).isEqualTo(200);
      assertThat(http.get("/key?id=!!").statusCode()).isEqualTo(400);
    }
  }

  @Test
  void aNameThatWasMadeToLeadHere_isNotAnswered() throws Exception {
    try (HttpFixture http = new HttpFixture()) {
      assertThat(http.raw("GET /keys HTTP/1.0\r\nHost: evil.example:80\r\n\r\n"))
          .startsWith("HTTP/1.1 403");
      assertThat(http.raw("GET /keys HTTP/1.0\r\nHost: localhost\r\n\r\n"))
          .startsWith("HTTP/1.1 200");
    }
  }
}
