package dev.redistill.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server inside a program that is started without a single option of the JVM. */
final class EmbeddedIT {
  private static final String PROGRAM =
      """
      import dev.redistill.Redistill;
      import java.io.BufferedReader;
      import java.io.InputStreamReader;
      import java.net.Socket;

      public class Embedded {
        public static void main(String[] arguments) throws Exception {
          for (int i = 0; i < 2; i++) {
            try (var one = Redistill.start(0); var two = Redistill.start(0)) {
              ask(one.port(), "SET key " + i);
              ask(one.port(), "GET key");
              ask(two.port(), "GET key");
            }
          }
          try (var server = Redistill.start(0)) {
            ask(server.port(), "SHUTDOWN");
          }
          System.out.println("the program goes on");
        }

        private static void ask(int port, String command) throws Exception {
          try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream().write((command + "\\r\\n").getBytes());
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream()));
            String line = in.readLine();
            System.out.println(line != null && line.equals("$1") ? in.readLine() : line);
          }
        }
      }
      """;

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path directory;

  @Test
  void aProgramStartsServers_withoutOptionsFilesOrLogLines() throws Exception {
    Path source = Files.writeString(directory.resolve("Embedded.java"), PROGRAM);
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String jar = ServerProcess.home().resolve("lib/redistill.jar").toString();

    Program.Result result = new Program(java, "-cp", jar, source.toString()).in(directory).run();

    assertThat(result.err()).isEmpty();
    assertThat(result.out()).isEqualTo("+OK\n0\n$-1\n+OK\n1\n$-1\nnull\nthe program goes on\n");
    assertThat(result.exit()).isZero();
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).containsExactly(source);
    }
  }
}
