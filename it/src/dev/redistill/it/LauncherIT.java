package dev.redistill.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which JDK the launcher takes and what it tells it, seen through JDKs that only print. */
final class LauncherIT {
  private static final Path HOME = Path.of("target/redistill").toAbsolutePath();

  /** Looks for a JDK in one directory alone and prints the one it took. */
  private static final String FIND =
      ". " + HOME + "/lib/jdk.sh; jdk_places=$PLACES/*; find_jdk java && echo $jdk_home $jdk_major";

  @TempDir private Path directory;
  private Path places;

  @BeforeEach
  void makePlaces() throws IOException {
    places = Files.createDirectory(directory.resolve("some places"));
  }

  @Test
  void find_prefers25() throws Exception {
    jdk("a-21", "21.0.4");
    jdk("b-25", "25.0.3");
    jdk("c-26", "26");
    assertThat(run(Map.of(), "sh", "-c", FIND)).isEqualTo("0: " + places + "/b-25 25\n");
  }

  @Test
  void find_takesTheNewestWhereThereIsNo25() throws Exception {
    jdk("a-22", "22.0.1");
    jdk("b-26", "26-ea");
    jdk("c-8", "1.8.0_292");
    assertThat(run(Map.of(), "sh", "-c", FIND)).isEqualTo("0: " + places + "/b-26 26\n");
  }

  @Test
  void find_takesJavaHomeIfItFits() throws Exception {
    jdk("a-25", "25");
    Path home = jdk("b-21", "21.0.4");
    assertThat(run(Map.of("JAVA_HOME", home.toString()), "sh", "-c", FIND))
        .isEqualTo("0: " + home + " 21\n");
  }

  @Test
  void find_takesTheRuntimeOfTheDistributionBeforeAnother() throws Exception {
    Path runtime = jdk("runtime", "25.0.3");
    Path other = jdk("other", "25.0.3");
    Map<String, String> environment =
        Map.of("home", places.toString(), "JAVA_HOME", other.toString());
    assertThat(run(environment, "sh", "-c", FIND)).isEqualTo("0: " + runtime + " 25\n");
  }

  @Test
  void find_passesOverAnOldJavaHome() throws Exception {
    Path home = jdk("a-17", "17.0.15");
    jdk("b-21", "21.0.4");
    assertThat(run(Map.of("JAVA_HOME", home.toString()), "sh", "-c", FIND))
        .isEqualTo("0: " + places + "/b-21 21\n");
  }

  @Test
  void find_saysInOneLineWhatIsMissing() throws Exception {
    jdk("a-17", "17.0.15");
    assertThat(run(Map.of(), "sh", "-c", FIND))
        .isEqualTo(
            "1: redistill needs a JDK 21 or newer (best: 25), found only 17 in %s/a-17; "
                    .formatted(places)
                + "install one or set JAVA_HOME\n");
  }

  @Test
  void find_saysInOneLineThatThereIsNone() throws Exception {
    Files.createDirectories(places.resolve("no-release-file/bin"));
    assertThat(run(Map.of(), "sh", "-c", FIND))
        .isEqualTo(
            "1: redistill needs a JDK 21 or newer (best: 25), found none; "
                + "install one or set JAVA_HOME\n");
  }

  @Test
  void start_givesTheJvmOurOptionsThenTheUsersThenTheArguments() throws Exception {
    Path jdk = jdk("jdk", "25.0.3");
    Map<String, String> environment =
        Map.of(
            "JAVA_HOME", jdk.toString(),
            "REDISTILL_HEAP", "3g",
            "REDISTILL_JAVA_OPTS", "-Xlog:gc -Dx=y");
    String[] arguments = {HOME + "/bin/redistill", "--port", "6380", "two words"};
    assertThat(run(environment, arguments))
        .startsWith("0: -XX:+Use")
        .contains(" -XX:+UseCompactObjectHeaders ")
        .endsWith(
            " -Xmx3g -XX:MaxNewSize=128m -Xlog:aot*=off -XX:AOTCache=%s/lib/redistill.aot -Xlog:gc -Dx=y"
                    .formatted(HOME)
                + " -cp %s/lib/redistill.jar ".formatted(HOME)
                + "dev.redistill.Main --port 6380 two words\n");
  }

  @Test
  void start_leavesOutWhatAnOlderJvmDoesNotKnow() throws Exception {
    Path jdk = jdk("jdk", "21.0.4");
    assertThat(run(Map.of("JAVA_HOME", jdk.toString()), HOME + "/bin/redistill"))
        .startsWith("0: ")
        .doesNotContain("CompactObjectHeaders")
        .doesNotContain("AOTCache")
        .containsPattern(" -Xmx\\d+m ");
  }

  @Test
  void start_takesItsClassesFromTheTrainingRun() throws Exception {
    Map<String, String> environment = Map.of("REDISTILL_JAVA_OPTS", "-Xlog:class+load");
    String loaded = run(environment, HOME + "/bin/redistill", "--version");
    assertThat(loaded.lines().filter(line -> line.matches(".* dev\\.redistill\\.[^$]* source.*")))
        .hasSizeGreaterThan(5)
        .allMatch(line -> line.contains("shared objects file"));
  }

  @Test
  void start_worksAsRedisServerThroughASymbolicLink() throws Exception {
    Path jdk = jdk("jdk", "25");
    Path link =
        Files.createSymbolicLink(directory.resolve("link"), HOME.resolve("bin/redis-server"));
    assertThat(run(Map.of("JAVA_HOME", jdk.toString()), link.toString()))
        .endsWith(" -cp %s/lib/redistill.jar dev.redistill.Main\n".formatted(HOME));
    Files.delete(link);
  }

  private Path jdk(String name, String version) throws IOException {
    Path jdk = places.resolve(name);
    Path java = Files.createDirectories(jdk.resolve("bin")).resolve("java");
    script(java, "echo \"$@\"");
    Files.writeString(
        jdk.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\nLIBC=\"g\"");
    return jdk;
  }

  private static void script(Path file, String line) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + line + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** Runs a command and returns its exit status, a colon, and what it printed. */
  private String run(Map<String, String> environment, String... command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(List.of(command)).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().put("PLACES", places.toString());
    builder.environment().putAll(environment);
    builder.environment().putIfAbsent("PATH", pathWithoutJava());
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return process.waitFor() + ": " + output;
  }

  private String pathWithoutJava() throws IOException {
    Path path = Files.createDirectories(directory.resolve("path"));
    script(path.resolve("readlink"), "exec /usr/bin/readlink \"$@\"");
    return path.toString();
  }
}
