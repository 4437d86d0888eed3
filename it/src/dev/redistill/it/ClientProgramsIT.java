package dev.redistill.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Clients of other languages, from their own package managers and with their default settings,
 * print the same against Redis and against this server.
 */
final class ClientProgramsIT {
  private static final Path PROGRAMS = Path.of("it", "clients").toAbsolutePath();
  private static final Path NODE = Path.of("target", "it-node").toAbsolutePath();
  private static final Path PYTHON = Path.of("target", "it-python").toAbsolutePath();
  private static final Map<String, String> PYTHON_VARIABLES =
      Map.of("PYTHONPATH", PYTHON.toString(), "PYTHONDONTWRITEBYTECODE", "1");
  private static final String RECENT =
      "import redis, sys; sys.exit(int(redis.__version__.split('.')[0]) < 6)";

  @ParameterizedTest
  @ValueSource(strings = {"node-redis.js", "ioredis.js"})
  void nodeClients(String program) throws Exception {
    need(Program.exists("node") && Program.exists("npm"), "no node and npm");
    install();

    assertSame(List.of("node", program), NODE, Map.of());
  }

  @Test
  void redisPy() throws Exception {
    need(Program.exists("python3"), "no python3");
    installRedisPy();
    need(python("-c", RECENT).exit() == 0, "no redis-py 6 or newer for this python3");

    assertSame(List.of("python3", "-W", "ignore", "redis_py.py"), PROGRAMS, PYTHON_VARIABLES);
  }

  /** Skips a test, and says so where people look. */
  private static void need(boolean there, String what) {
    if (!there) {
      System.out.println("skipped a client: " + what + " here");
    }
    assumeTrue(there, what);
  }

  /** What redis-py needs beside itself depends on the version of Python and comes with it. */
  private static void installRedisPy() throws IOException, InterruptedException {
    if (Files.isDirectory(PYTHON.resolve("redis"))) {
      return;
    }
    Program.Result result =
        python(
            "-m",
            "pip",
            "install",
            "-q",
            "--no-deps",
            "--retries",
            "1",
            "--disable-pip-version-check",
            "--target",
            PYTHON.toString(),
            "-r",
            "requirements.txt");
    if (result.exit() != 0) {
      System.out.println("pip has not installed redis-py: " + result.err());
    }
  }

  private static Program.Result python(String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("python3"));
    command.addAll(List.of(arguments));
    return new Program(command).in(PROGRAMS).with(PYTHON_VARIABLES).run();
  }

  private static void assertSame(
      List<String> program, Path directory, Map<String, String> variables)
      throws IOException, InterruptedException {
    try (ServerProcess redis = Target.REDIS.start();
        ServerProcess ours = Target.REDISTILL.start()) {
      String expected = output(program, directory, variables, redis);
      String actual = output(program, directory, variables, ours);

      assertThat(expected).endsWith("closed\n");
      assertThat(actual).isEqualTo(expected);
    }
  }

  private static String output(
      List<String> program, Path directory, Map<String, String> variables, ServerProcess server)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(program);
    command.add("redis://127.0.0.1:" + server.port());
    Program.Result result = new Program(command).in(directory).with(variables).run();
    assertThat(result.exit()).as("%s%s", result.out(), result.err()).isZero();
    return result.out();
  }

  /** The Node.js clients, installed once into the build directory. */
  private static void install() throws IOException, InterruptedException {
    Files.createDirectories(NODE);
    for (String file : List.of("package.json", "node-redis.js", "ioredis.js")) {
      Files.copy(PROGRAMS.resolve(file), NODE.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    if (!Files.isDirectory(NODE.resolve("node_modules").resolve("ioredis"))) {
      run(NODE, "npm", "install", "--no-package-lock", "--no-audit", "--no-fund");
    }
  }

  private static void run(Path directory, String... command)
      throws IOException, InterruptedException {
    Program.Result result = new Program(command).in(directory).run();
    assertThat(result.exit()).as("%s%s", result.out(), result.err()).isZero();
  }
}
