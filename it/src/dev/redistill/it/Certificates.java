package dev.redistill.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Certificates and keys for a test, made by openssl in a directory; their names are file names. */
final class Certificates {
  private static final char[] PASSWORD = "secret".toCharArray();

  private final Path directory;

  Certificates(Path directory) {
    this.directory = directory;
  }

  /** Two authorities, a server, a client, one whose time is over and one of the other authority. */
  static Certificates make(Path directory) throws Exception {
    Certificates made = new Certificates(directory);
    made.authority("ca").authority("other-ca");
    made.certificate("server", "ca", 30).certificate("client", "ca", 30);
    made.certificate("expired", "ca", -1).certificate("stranger", "other-ca", 30);
    return made;
  }

  Path certificate(String name) {
    return directory.resolve(name + ".crt");
  }

  Path key(String name) {
    return directory.resolve(name + ".key");
  }

  private Certificates authority(String name) throws Exception {
    run(
        "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 -subj /CN="
            + name,
        "-keyout",
        key(name).toString(),
        "-out",
        certificate(name).toString());
    return this;
  }

  /** Makes a certificate of an authority that is valid for so many days. */
  Certificates certificate(String name, String authority, int days) throws Exception {
    Path request = directory.resolve(name + ".csr");
    Path names =
        Files.writeString(
            directory.resolve("names"), "subjectAltName=IP:127.0.0.1,URI:urn:user:" + name + "\n");
    run(
        "req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=" + name,
        "-keyout",
        key(name).toString(),
        "-out",
        request.toString());
    run(
        "x509 -req -CAcreateserial -days " + days,
        "-in",
        request.toString(),
        "-CA",
        certificate(authority).toString(),
        "-CAkey",
        key(authority).toString(),
        "-extfile",
        names.toString(),
        "-out",
        certificate(name).toString());
    return this;
  }

  private static void run(String words, String... more) throws Exception {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(words.split(" ", -1)));
    command.addAll(List.of(more));
    Program.Result result = new Program(command).run();
    assertThat(result.exit()).as(result.err()).isZero();
  }

  /** What a server is started with: the plain port comes beside it. */
  String[] options(int tlsPort, String authenticateClients) {
    return new String[] {
      "--tls-port", Integer.toString(tlsPort),
      "--tls-cert-file", certificate("server").toString(),
      "--tls-key-file", key("server").toString(),
      "--tls-ca-cert-file", certificate("ca").toString(),
      "--tls-auth-clients", authenticateClients
    };
  }

  /** A client that trusts the first authority, and shows a certificate if one is named. */
  SSLContext client(@Nullable String name) throws Exception {
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    KeyStore authorities = empty();
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    try (InputStream in = Files.newInputStream(certificate("ca"))) {
      authorities.setCertificateEntry("ca", factory.generateCertificate(in));
    }
    trust.init(authorities);
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(name == null ? empty() : identity(name), PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, PASSWORD);
    return store;
  }

  /** A key store that holds a certificate and its key. */
  Path identityFile(String name) throws Exception {
    Path file = directory.resolve(name + ".p12");
    run(
        "pkcs12 -export -passout pass:" + new String(PASSWORD),
        "-in",
        certificate(name).toString(),
        "-inkey",
        key(name).toString(),
        "-out",
        file.toString());
    return file;
  }

  private KeyStore identity(String name) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(identityFile(name))) {
      store.load(in, PASSWORD);
    }
    return store;
  }
}
