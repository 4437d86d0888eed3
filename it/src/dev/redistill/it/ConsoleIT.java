package dev.redistill.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The console as a real browser shows it. Its pictures are in {@code target/console}; skipped, and
 * said so, where there is no Chromium.
 */
@Timeout(180)
final class ConsoleIT {

  private static final Path PICTURES = Path.of("target", "console");
  private static final String HOSTILE = "<script>document.title='owned'</script><b>:1";

  private ServerProcess server;
  private RawClient client;
  private Browser browser;
  private String address;

  @BeforeEach
  void start() throws Exception {
    assumeTrue(Browser.executable().isPresent(), "there is no chromium on this machine");
    int port = freePort();
    address = "http://127.0.0.1:" + port + "/";
    server =
        ServerProcess.redistill(
            "--metrics-port", Integer.toString(port), "--console-allow-delete", "yes");
    client = RawClient.connect(server.port());
    browser = Browser.start();
    browser.look(1200, 1500, false);
  }

  @AfterEach
  void stop() throws Exception {
    if (browser != null) {
      browser.close();
    }
    if (client != null) {
      client.close();
      server.close();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void use() throws IOException {
    client.call("SET", HOSTILE, "<img src=x onerror=\"document.title='owned'\">");
    client.call("SET", "binary\u0000\u00ff\r\n", "x");
    client.call("SET", "page:large", "x".repeat(200_000), "EX", "3600");
    for (int i = 0; i < 300; i++) {
      client.call("SET", "user:" + i, "value " + i);
      client.call("HSET", "cart:" + i % 20, "item" + i, "1");
      client.call("GET", "user:" + i % 7);
      client.call("GET", "user:1");
      client.call("GET", "session:" + i);
    }
    client.call("CONFIG", "SET", "slowlog-log-slower-than", "0");
    client.call("SADD", "tags", "a", "<b>", "c");
    client.call("CONFIG", "SET", "slowlog-log-slower-than", "10000");
  }

  private void awaitText(String id, String text) {
    Browser.await(id + " shows " + text, () -> browser.text(id).contains(text));
  }

  @Test
  void anEmptyServer_isShownAsOne() throws Exception {
    browser.open(address);
    awaitText("state", "ready");
    awaitText("clients", "1");
    assertThat(browser.text("keys")).isEqualTo("0");
    assertThat(browser.text("hot")).isEqualTo("none");
    assertThat(browser.text("big")).isEqualTo("none");
    assertThat(browser.text("snapshot")).isEqualTo("none yet");
    browser.picture(PICTURES.resolve("empty.png"));
  }

  @Test
  void whatGoesOn_isSeenAtOnce() throws Exception {
    use();
    browser.open(address);
    awaitText("hot", "user:1");
    awaitText("big", "page:large");
    awaitText("prefixes", "session:");
    awaitText("slow", "SADD tags a <b> c");
    assertThat(browser.text("commands")).contains("get", "set", "hset");
    assertThat(browser.text("prefixes"))
        .containsPattern("user:\t(9\\d\\.\\d|100\\.0) %")
        .contains("session:\t0.0 %");
    for (int second = 0; second < 4; second++) {
      use();
      Thread.sleep(700);
    }
    Browser.await("there is a rate", () -> !browser.text("rate").matches("[-0]"));
    browser.picture(PICTURES.resolve("load.png"));
    browser.look(1200, 1500, true);
    browser.picture(PICTURES.resolve("dark.png"));
    browser.look(380, 1500, false);
    String overflow = "document.documentElement.scrollWidth > innerWidth";
    assertThat(browser.evaluate(overflow)).isEqualTo("false");
    browser.picture(PICTURES.resolve("narrow.png"));
  }

  @Test
  void hostileNames_areTextAndNothingElse() throws Exception {
    use();
    browser.open(address);
    search("*<b>*");
    awaitText("found", HOSTILE);
    browser.evaluate("document.querySelector('#found button').click()");
    awaitText("detail-parts", "<img src=x");
    assertThat(browser.text("detail-name")).isEqualTo(HOSTILE);
    search("binary*");
    awaitText("found", "binary\\x00\\xff\\x0d\\x0a");
    String made = "document.querySelectorAll('main script, main img, main b').length";
    assertThat(browser.evaluate(made)).isEqualTo("0");
    assertThat(browser.evaluate("document.title")).isEqualTo("Redistill");
  }

  @Test
  void keys_areFoundPageByPage_andDeletedWhereThatIsAllowed() throws Exception {
    use();
    browser.open(address);
    awaitText("state", "ready");
    search("user:*");
    awaitText("found-note", "there may be more");
    for (int i = 0;
        i < 10 && browser.evaluate("document.getElementById('more').hidden").equals("false");
        i++) {
      String before = browser.text("found-note");
      browser.evaluate("document.getElementById('more').click()");
      Browser.await("more keys", () -> !browser.text("found-note").equals(before));
    }
    assertThat(browser.text("found-note")).isEqualTo("300 keys");
    search("cart:7");
    awaitText("found", "hash");
    browser.evaluate("document.querySelector('#found button').click()");
    awaitText("detail-parts", "item7 = 1");
    browser.picture(PICTURES.resolve("keys.png"));
    browser.evaluate("window.confirm = () => true");
    browser.evaluate("document.getElementById('delete').click()");
    awaitText("found-note", "0 keys");
    assertThat(client.call("EXISTS", "cart:7")).isEqualTo(":0\r\n");
  }

  private void search(String pattern) throws Exception {
    browser.evaluate("document.getElementById('match').value = '" + pattern + "'");
    browser.evaluate("document.getElementById('search').requestSubmit()");
  }
}
