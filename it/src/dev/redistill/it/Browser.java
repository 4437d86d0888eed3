package dev.redistill.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A Chromium without a window, with one page, which is led by its DevTools protocol. */
final class Browser implements AutoCloseable {

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final long PATIENCE_SECONDS = 60;

  private final Process process;
  private final Path directory;
  private final HttpClient client = HttpClient.newHttpClient();
  private final BlockingQueue<JsonNode> answers = new LinkedBlockingQueue<>();
  private final WebSocket page;
  private int lastId;

  private Browser(Process process, Path directory) throws Exception {
    this.process = process;
    this.directory = directory;
    page = connect();
  }

  /** Where there is a browser on this machine. */
  static Optional<Path> executable() {
    return Stream.of("chromium", "chromium-browser", "google-chrome", "chromium-headless-shell")
        .map(name -> Path.of("/usr/bin", name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  static Browser start() throws Exception {
    Path directory = Files.createTempDirectory("redistill-browser-");
    List<String> command =
        List.of(
            executable().orElseThrow().toString(),
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--remote-debugging-port=0",
            "--user-data-dir=" + directory,
            "about:blank");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("log").toFile())
            .start();
    return new Browser(process, directory);
  }

  private WebSocket connect() throws Exception {
    Path file = directory.resolve("DevToolsActivePort");
    await(
        "the browser starts",
        () -> Files.exists(file) && Files.readAllLines(file, UTF_8).size() > 1);
    String port = Files.readAllLines(file, UTF_8).getFirst();
    URI list = URI.create("http://127.0.0.1:" + port + "/json/list");
    String targets =
        client
            .send(HttpRequest.newBuilder(list).build(), HttpResponse.BodyHandlers.ofString())
            .body();
    for (JsonNode target : MAPPER.readTree(targets)) {
      if (target.path("type").asText().equals("page")) {
        URI address = URI.create(target.path("webSocketDebuggerUrl").asText());
        return client.newWebSocketBuilder().buildAsync(address, new Answers()).join();
      }
    }
    throw new IOException("the browser has no page: " + targets);
  }

  /** Collects the messages of the browser. */
  private final class Answers implements WebSocket.Listener {

    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        try {
          answers.add(MAPPER.readTree(text.toString()));
        } catch (IOException e) {
          throw new IllegalStateException(e);
        }
        text.setLength(0);
      }
      return WebSocket.Listener.super.onText(socket, data, last);
    }
  }

  private JsonNode ask(String method, ObjectNode parameters) throws Exception {
    int id = ++lastId;
    ObjectNode request = MAPPER.createObjectNode().put("id", id).put("method", method);
    request.set("params", parameters);
    page.sendText(request.toString(), true).join();
    while (true) {
      JsonNode answer = answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (answer == null) {
        throw new IOException("the browser does not answer " + method);
      }
      if (answer.path("id").asInt() == id) {
        if (answer.has("error") || answer.path("result").has("exceptionDetails")) {
          throw new IOException(method + ": " + answer);
        }
        return answer.path("result");
      }
    }
  }

  /** Waits for what the page or the browser brings about. */
  static void await(String what, Callable<Boolean> condition) {
    Eventually.eventually(
        what,
        () -> {
          try {
            return condition.call();
          } catch (IOException e) {
            return false;
          } catch (Exception e) {
            throw new IllegalStateException(what, e);
          }
        });
  }

  /** Loads a page. */
  void open(String address) throws Exception {
    ask("Page.navigate", MAPPER.createObjectNode().put("url", address));
    await(
        address + " is loaded",
        () -> evaluate("location.href + document.readyState").equals(address + "complete"));
  }

  /** What an expression of the page's language amounts to, as text. */
  String evaluate(String expression) throws Exception {
    ObjectNode parameters =
        MAPPER
            .createObjectNode()
            .put("expression", "String(" + expression + ")")
            .put("awaitPromise", true);
    return ask("Runtime.evaluate", parameters).path("result").path("value").asText();
  }

  /** The text that is seen in an element. */
  String text(String id) throws Exception {
    return evaluate("document.getElementById('" + id + "').innerText");
  }

  /** Makes the window so large, and shows pages to people who like it dark, or light. */
  void look(int width, int height, boolean dark) throws Exception {
    ask(
        "Emulation.setDeviceMetricsOverride",
        MAPPER
            .createObjectNode()
            .put("width", width)
            .put("height", height)
            .put("deviceScaleFactor", 1)
            .put("mobile", width < 600));
    ObjectNode media = MAPPER.createObjectNode();
    media
        .putArray("features")
        .addObject()
        .put("name", "prefers-color-scheme")
        .put("value", dark ? "dark" : "light");
    ask("Emulation.setEmulatedMedia", media);
  }

  /** Writes the whole page as a picture. */
  void picture(Path file) throws Exception {
    ObjectNode parameters =
        MAPPER.createObjectNode().put("format", "png").put("captureBeyondViewport", true);
    String data = ask("Page.captureScreenshot", parameters).path("data").asText();
    Files.createDirectories(file.getParent());
    Files.write(file, Base64.getDecoder().decode(data));
  }

  @Override
  public void close() throws IOException {
    page.abort();
    client.close();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().join();
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    }
  }
}
