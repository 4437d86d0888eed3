import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Starts the packaged server once and uses it a little, so that the JVM keeps the classes it has
 * loaded, linked, in a file from which later starts take them. A start without that file only takes
 * longer, so a failure is told and no more.
 */
final class Training {

  private static final int FIRST_WITH_CACHE = 25;
  private static final int TRIES = 600;
  private static final int PAUSE_MILLIS = 50;

  /** What nearly every client sends, in both protocols. */
  private static final List<String> COMMANDS =
      List.of(
          "HELLO 3", "CLIENT SETINFO LIB-NAME training", "PING", "SET key value EX 100", "GET key",
          "MSET a 1 b 2", "MGET a b", "INCR a", "DEL a", "EXPIRE b 10", "TTL b", "HSET hash f v",
          "HGET hash f", "HGETALL hash", "SADD set m", "SMEMBERS set", "SCAN 0", "MULTI", "SET c 1",
          "EXEC", "SUBSCRIBE channel", "UNSUBSCRIBE", "CONFIG GET save", "CLIENT LIST", "INFO",
          "HELLO 2", "COMMAND DOCS get", "SLOWLOG GET", "DBSIZE");

  private Training() {}

  public static void main(String... arguments) throws InterruptedException {
    if (Runtime.version().feature() < FIRST_WITH_CACHE) {
      return;
    }
    Path home = Path.of(arguments[0]).toAbsolutePath();
    Path cache = home.resolve("lib/redistill.aot");
    try {
      Files.deleteIfExists(cache);
      train(home, cache);
    } catch (IOException e) {
      System.out.println("No class cache, starts will take longer: " + e.getMessage());
    }
  }

  private static void train(Path home, Path cache) throws IOException, InterruptedException {
    Path log = home.resolveSibling("training.log");
    int port = freePort();
    ProcessBuilder builder =
        new ProcessBuilder(home.resolve("bin/redistill").toString(), "--port", "" + port)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("REDISTILL_JAVA_OPTS", "-XX:AOTCacheOutput=" + cache);
    Process server = builder.start();
    try (Socket client = connect(server, port)) {
      client.getOutputStream().write(request().getBytes(StandardCharsets.US_ASCII));
      BufferedReader replies =
          new BufferedReader(
              new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
      while (replies.readLine() != null) {
        // Until the server has ended.
      }
    } finally {
      if (!server.waitFor(1, TimeUnit.MINUTES)) {
        server.destroyForcibly();
      }
    }
    if (!Files.exists(cache)) {
      throw new IOException("the JVM has written none, see " + log);
    }
  }

  private static String request() {
    return String.join("\r\n", COMMANDS) + "\r\nSHUTDOWN NOSAVE\r\n";
  }

  private static Socket connect(Process server, int port) throws IOException, InterruptedException {
    for (int i = 0; server.isAlive() && i < TRIES; i++) {
      try {
        return new Socket(InetAddress.getLoopbackAddress(), port);
      } catch (IOException e) {
        Thread.sleep(PAUSE_MILLIS);
      }
    }
    throw new IOException("the server cannot be reached");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
