package dev.redistill.loadtest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A certificate for servers of this machine, with its key, made by openssl. */
final class Certificate {
  private static final Path DIRECTORY = Path.of("target", "loadtest", "tls");

  private Certificate() {}

  /** Makes a new one, of the kind that costs least in a handshake. */
  static void make() throws IOException, InterruptedException {
    Files.createDirectories(DIRECTORY);
    String line =
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30"
            + " -subj /CN=localhost -keyout "
            + file("key")
            + " -out "
            + file("crt");
    String unused = Shell.run(List.of(line.split(" ", -1)));
  }

  /** The same server, listening for TLS on a further port. */
  static Target use(Target target, int port) {
    String options =
        " --tls-port %d --tls-auth-clients no --tls-cert-file %s --tls-key-file %s"
            .formatted(port, file("crt"), file("key"));
    return new Target(target.name(), target.command() + options);
  }

  private static Path file(String kind) {
    return DIRECTORY.resolve("server." + kind).toAbsolutePath();
  }
}
