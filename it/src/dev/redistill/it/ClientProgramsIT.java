package dev.redistill.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.DirectoryStream;
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
 * Programs of other languages with clients, and with what is built upon them, from their own
 * package managers and with default settings print the same against Redis and against this server.
 */
final class ClientProgramsIT {
  private static final Path PROGRAMS = Path.of("it", "clients").toAbsolutePath();
  static final Path NODE = Path.of("target", "it-node").toAbsolutePath();
  private static final Path PYTHON = Path.of("target", "it-python").toAbsolutePath();
  private static final Map<String, String> PYTHON_VARIABLES =
      Map.of("PYTHONPATH", PYTHON.toString(), "PYTHONDONTWRITEBYTECODE", "1");
  private static final String RECENT =
      "import redis, sys; sys.exit(int(redis.__version__.split('.')[0]) < 6)";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "node-redis.js",
        "node-redis-pubsub.js",
        "node-redis-caching.js",
        "ioredis.js",
        "ioredis-pubsub.js",
        "connect-redis.js",
        "keyv.js",
        "socket-io.js"
      })
  void nodeClients(String program) throws Exception {
    need(Program.exists("node") && Program.exists("npm"), "no node and npm");
    need(installed(), "no packages from npm");

    assertSame(List.of("node", program), NODE, Map.of());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"redis_py.py", "redis_py_hashes.py", "redis_py_pubsub.py", "redis_py_caching.py"})
  void redisPy(String program) throws Exception {
    need(Program.exists("python3"), "no python3");
    installForPython("redis", "requirements.txt");
    need(python("-c", RECENT).exit() == 0, "no redis-py 6 or newer for this python3");

    assertSame(List.of("python3", "-W", "ignore", program), PROGRAMS, PYTHON_VARIABLES);
  }

  @Test
  void django() throws Exception {
    need(Program.exists("python3"), "no python3");
    installForPython("redis", "requirements.txt");
    installForPython("django", "requirements-django.txt");
    need(python("-c", "import django, redis").exit() == 0, "no Django");

    assertSame(List.of("python3", "django_cache.py"), PROGRAMS, PYTHON_VARIABLES);
  }

  /** Skips a test, and says so where people look. */
  private static void need(boolean there, String what) {
    if (!there) {
      System.out.println("skipped a client: " + what + " here");
    }
    assumeTrue(there, what);
  }

  /** What redis-py needs beside itself depends on the version of Python and comes with it. */
  private static void installForPython(String module, String requirements)
      throws IOException, InterruptedException {
    if (Files.isDirectory(PYTHON.resolve(module))) {
      return;
    }
    String options = "-q --no-deps --no-compile --retries 1 --disable-pip-version-check --upgrade";
    List<String> arguments = new ArrayList<>(List.of("-m", "pip", "install"));
    arguments.addAll(List.of(options.split(" ", -1)));
    arguments.addAll(List.of("--target", PYTHON.toString(), "-r", requirements));
    Program.Result result = python(arguments.toArray(new String[0]));
    if (result.exit() != 0) {
      System.out.println("pip has not installed " + module + ": " + result.err());
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

  /** The Node.js packages, installed once into the build directory, beside the programs. */
  static boolean installed() throws IOException, InterruptedException {
    Files.createDirectories(NODE);
    Path wanted = PROGRAMS.resolve("package.json");
    Path there = NODE.resolve("installed.json");
    try (DirectoryStream<Path> programs = Files.newDirectoryStream(PROGRAMS, "*.js*")) {
      for (Path program : programs) {
        Path copy = NODE.resolve(program.getFileName());
        Files.copy(program, copy, StandardCopyOption.REPLACE_EXISTING);
      }
    }
    if (Files.exists(there) && Files.mismatch(wanted, there) == -1) {
      return true;
    }
    Program.Result result =
        new Program("npm", "install", "--no-package-lock", "--no-audit", "--no-fund")
            .in(NODE)
            .run();
    if (result.exit() != 0) {
      System.out.println("npm has not installed the packages: " + result.err());
      return false;
    }
    Files.copy(wanted, there, StandardCopyOption.REPLACE_EXISTING);
    return true;
  }
}
