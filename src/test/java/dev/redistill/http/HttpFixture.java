package dev.redistill.http;

import dev.redistill.commands.Console;
import dev.redistill.config.Config;
import dev.redistill.config.ConfigLoader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;

/** An open HTTP port over a server without sockets. */
final class HttpFixture implements AutoCloseable {

  final Console console;
  final HttpPort port;
  private final HttpClient client = HttpClient.newHttpClient();

  HttpFixture(String... settings) throws IOException {
    ConfigLoader loader = new ConfigLoader();
    loader.readOption("metrics-port", List.of(Integer.toString(freePort())));
    for (int i = 0; i < settings.length; i += 2) {
      loader.readOption(settings[i], List.of(settings[i + 1]));
    }
    Config config = loader.config();
    console = new Console(config);
    port =
        Objects.requireNonNull(
            HttpPort.open(
                console.services(),
                console.dispatcher(),
                Executors.newVirtualThreadPerTaskExecutor()));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port.port() + path))
        .timeout(Duration.ofSeconds(20));
  }

  HttpResponse<String> get(String path) throws Exception {
    return client.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path, String user, String password) throws Exception {
    byte[] both = (user + ":" + password).getBytes(StandardCharsets.ISO_8859_1);
    String header = "Basic " + Base64.getEncoder().encodeToString(both);
    return client.send(
        request(path).header("Authorization", header).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> post(String path) throws Exception {
    return client.send(
        request(path).POST(HttpRequest.BodyPublishers.ofString("x")).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> delete(String path, String user, String password) throws Exception {
    byte[] both = (user + ":" + password).getBytes(StandardCharsets.ISO_8859_1);
    return client.send(
        request(path)
            .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(both))
            .header("X-Redistill", "test")
            .DELETE()
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** Sends a request as it is; answers all that comes back. */
  String raw(String text) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port.port())) {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  String metrics() throws Exception {
    return get("/metrics").body();
  }

  @Override
  public void close() {
    port.close();
    client.close();
  }
}
