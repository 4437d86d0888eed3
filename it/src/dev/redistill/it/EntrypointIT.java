package dev.redistill.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the image runs, with a server that only prints who runs it and how. */
final class EntrypointIT {
  private static final Path ENTRYPOINT = Path.of("src/packaging/entrypoint.sh").toAbsolutePath();

  @TempDir private Path directory;
  private Path data;

  @BeforeEach
  void makePlaces() throws IOException {
    data = Files.createDirectory(directory.resolve("data"));
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path server = directory.resolve("redis-server");
    Files.writeString(server, "#!/bin/sh\necho \"$(id -un) $(umask) $*\"\n");
    Files.setPosixFilePermissions(server, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void optionsAlone_areForTheServer() throws Exception {
    assertThat(run("--port", "7000")).endsWith(" --port 7000\n");
  }

  @Test
  void aFileOfSettings_isForTheServer() throws Exception {
    assertThat(run("my.conf", "--save", "")).endsWith(" my.conf --save \n");
  }

  @Test
  void anotherCommand_isRunAsItIs() throws Exception {
    assertThat(run("echo", "redis-server")).isEqualTo("redis-server\n");
  }

  @Test
  void filesAreForNobodyElse() throws Exception {
    assertThat(run("redis-server")).contains(" 0077 ");
  }

  @Test
  void root_givesUpItsRightsAndTheDirectory() throws Exception {
    assumeTrue(output(List.of("id", "-u")).equals("0\n"), "only root can give up its rights");
    Files.writeString(data.resolve("dump.rdb"), "");

    assertThat(run("redis-server")).startsWith("redis ");
    assertThat(Files.getOwner(data.resolve("dump.rdb")).getName()).isEqualTo("redis");
  }

  private String run(String... arguments) throws Exception {
    if (output(List.of("id", "-u")).equals("0\n")) {
      String users = output(List.of("getent", "passwd", "redis"));
      assumeTrue(!users.isEmpty(), "as root there has to be a user redis, as in the image");
    }
    List<String> command = new ArrayList<>(List.of("sh", "-c", "umask 0022; exec \"$@\"", "sh"));
    command.add(ENTRYPOINT.toString());
    command.addAll(List.of(arguments));
    return output(command);
  }

  private String output(List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(data.toFile());
    builder.redirectErrorStream(true);
    builder.environment().merge("PATH", directory.toString(), (path, ours) -> ours + ":" + path);
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes(), UTF_8);
    process.waitFor();
    return text;
  }
}
