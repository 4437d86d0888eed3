package dev.redistill.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Another program that is run to its end. */
final class Program {
  private static final long SECONDS = 240;

  private final List<String> command;
  private Map<String, String> environment = Map.of();
  private @Nullable Path directory;
  private byte[] input = new byte[0];

  /** How a program ended and what it wrote. */
  record Result(int exit, String out, String err) {}

  Program(String... command) {
    this.command = List.of(command);
  }

  Program(List<String> command) {
    this.command = List.copyOf(command);
  }

  Program in(Path where) {
    directory = where;
    return this;
  }

  Program with(Map<String, String> variables) {
    environment = variables;
    return this;
  }

  Program reading(byte[] bytes) {
    input = bytes;
    return this;
  }

  /**
   * Runs the program.
   *
   * @throws IOException also when it does not come to its end
   */
  Result run() throws IOException, InterruptedException {
    Path out = Files.createTempFile("redistill-it-", ".out");
    Path err = Files.createTempFile("redistill-it-", ".err");
    Path in = Files.write(Files.createTempFile("redistill-it-", ".in"), input);
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectInput(in.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      if (directory != null) {
        builder.directory(directory.toFile());
      }
      builder.environment().putAll(environment);
      Process process = builder.start();
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException("still running: " + command + "\n" + Files.readString(out, UTF_8));
      }
      return new Result(
          process.exitValue(), Files.readString(out, UTF_8), Files.readString(err, UTF_8));
    } finally {
      Files.delete(out);
      Files.delete(err);
      Files.delete(in);
    }
  }

  /** Whether a program of that name is on the path. */
  static boolean exists(String name) {
    for (String entry : String.valueOf(System.getenv("PATH")).split(":", -1)) {
      if (Files.isExecutable(Path.of(entry, name))) {
        return true;
      }
    }
    return false;
  }
}
