package dev.redistill.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redistill.config.Config;
import dev.redistill.config.ConfigException;
import dev.redistill.config.ConfigLoader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaMiscPEMGenerator;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMEncryptorBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates and keys in their forms, good and bad, and their change. */
@Timeout(60)
@ParameterizedClass
@ValueSource(strings = {"bouncycastle", "jdk"})
final class TlsTest {
  private static final Provider PROVIDER = new BouncyCastleProvider();

  private static final TestIdentity EC = TestIdentity.ofItself("ec", "EC");
  private static final TestIdentity RSA = TestIdentity.ofItself("rsa", "RSA");

  @Parameter String provider = "";

  @TempDir private Path directory;

  private Path certificate;
  private Path key;

  @BeforeEach
  void writeIdentity() throws IOException {
    certificate = directory.resolve("server.crt");
    key = directory.resolve("server.key");
    EC.write(directory, "server");
  }

  private Config config(String... more) {
    ConfigLoader loader = new ConfigLoader();
    loader.readOption("tls-port", List.of("1"));
    loader.readOption("tls-cert-file", List.of(certificate.toString()));
    loader.readOption("tls-key-file", List.of(key.toString()));
    loader.readOption("tls-auth-clients", List.of("no"));
    loader.readOption("tls-provider", List.of(provider));
    for (int i = 0; i < more.length; i += 2) {
      loader.readOption(more[i], List.of(more[i + 1]));
    }
    assertThat(loader.check()).as(loader.problems()).isTrue();
    return loader.config();
  }

  private Tls tls(String... more) throws IOException {
    return new Tls(config(more), new SecureRandom());
  }

  /** Shakes hands with a client that trusts everybody; answers whom it met. */
  private static String meet(Tls tls) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS", "SunJSSE");
    context.init(null, new TrustManager[] {new Trustful()}, null);
    SSLEngine client = context.createSSLEngine();
    client.setUseClientMode(true);
    SSLEngine server = tls.engine();
    ByteBuffer toServer = ByteBuffer.allocate(1 << 17);
    ByteBuffer toClient = ByteBuffer.allocate(1 << 17);
    for (int i = 0; i < 50; i++) {
      step(client, toServer, toClient);
      step(server, toClient, toServer);
    }
    assertThat(client.getHandshakeStatus()).isEqualTo(HandshakeStatus.NOT_HANDSHAKING);
    X509Certificate met = (X509Certificate) client.getSession().getPeerCertificates()[0];
    return met.getSubjectX500Principal().getName();
  }

  private static void step(SSLEngine engine, ByteBuffer out, ByteBuffer in) throws SSLException {
    for (Runnable task = engine.getDelegatedTask();
        task != null;
        task = engine.getDelegatedTask()) {
      task.run();
    }
    ByteBuffer plain = ByteBuffer.allocate(1 << 17);
    in.flip();
    var unused = engine.unwrap(in, plain);
    in.compact();
    var ignored = engine.wrap(ByteBuffer.allocate(0), out);
  }

  @Test
  void keys_areReadInAllTheFormsOfOpenSsl() throws Exception {
    Object[] forms = {
      EC.key(),
      new JcaPKCS8Generator(EC.key(), null),
      new JcaPKCS8Generator(
          EC.key(),
          new JceOpenSSLPKCS8EncryptorBuilder(PKCS8Generator.AES_256_CBC)
              .setProvider(PROVIDER)
              .setPassword("secret".toCharArray())
              .build()),
      new JcaMiscPEMGenerator(
          EC.key(),
          new JcePEMEncryptorBuilder("AES-128-CBC")
              .setProvider(PROVIDER)
              .build("secret".toCharArray()))
    };
    for (Object form : forms) {
      Files.writeString(key, TestIdentity.pem(form));
      assertThat(meet(tls("tls-key-file-pass", "secret"))).isEqualTo("CN=ec");
    }
  }

  @Test
  void keysOfRsa_areReadAndUsed() throws Exception {
    RSA.write(directory, "server");
    assertThat(Files.readString(key)).startsWith("-----BEGIN RSA PRIVATE KEY");
    assertThat(meet(tls())).isEqualTo("CN=rsa");
    Files.writeString(key, TestIdentity.pem(new JcaPKCS8Generator(RSA.key(), null)));
    assertThat(Files.readString(key)).startsWith("-----BEGIN PRIVATE KEY");
    assertThat(meet(tls())).isEqualTo("CN=rsa");
  }

  @Test
  void aChain_isSentWhole() throws Exception {
    TestIdentity leaf = RSA.issue("leaf");
    Files.writeString(certificate, TestIdentity.pem(leaf.certificate(), RSA.certificate()));
    Files.writeString(key, TestIdentity.pem(leaf.key()));
    assertThat(meet(tls())).isEqualTo("CN=leaf");
  }

  @Test
  void whatCannotBeUsed_isRefusedAtTheStart() throws Exception {
    Files.writeString(key, TestIdentity.pem(RSA.key()));
    assertThatThrownBy(this::tls).isInstanceOf(IOException.class);
    Files.writeString(key, TestIdentity.pem(TestIdentity.ofItself("other", "EC").key()));
    assertThatThrownBy(this::tls).isInstanceOf(IOException.class).hasMessageContaining("key");
    Files.writeString(key, "no key");
    assertThatThrownBy(this::tls).hasMessageContaining("holds no private key");
    Files.delete(key);
    assertThatThrownBy(this::tls).isInstanceOf(IOException.class);
    EC.write(directory, "server");
    Files.writeString(certificate, "");
    assertThatThrownBy(this::tls).hasMessageContaining("holds no certificate");
  }

  @Test
  void aWrongPassword_isRefused() throws Exception {
    Files.writeString(
        key,
        TestIdentity.pem(
            new JcaPKCS8Generator(
                EC.key(),
                new JceOpenSSLPKCS8EncryptorBuilder(PKCS8Generator.AES_256_CBC)
                    .setProvider(PROVIDER)
                    .setPassword("secret".toCharArray())
                    .build())));
    assertThatThrownBy(() -> tls("tls-key-file-pass", "Secret"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("tls-key-file-pass")
        .hasMessageNotContaining("Secret");
    assertThatThrownBy(this::tls).isInstanceOf(IOException.class);
  }

  @Test
  void askingClientsForCertificates_needsAuthorities() throws Exception {
    assertThatThrownBy(() -> tls("tls-auth-clients", "yes"))
        .hasMessageContaining("tls-ca-cert-file or tls-ca-cert-dir");
    Path authorities = Files.createDirectory(directory.resolve("authorities"));
    assertThatThrownBy(
            () -> tls("tls-auth-clients", "yes", "tls-ca-cert-dir", authorities.toString()))
        .isInstanceOf(IOException.class);
    Files.writeString(authorities.resolve("one.pem"), TestIdentity.pem(RSA.certificate()));
    Tls tls = tls("tls-auth-clients", "yes", "tls-ca-cert-dir", authorities.toString());
    assertThat(tls.engine().getNeedClientAuth()).isTrue();
  }

  private void touch(Path file, int minutes) throws IOException {
    FileTime time = FileTime.from(TestIdentity.END.plusSeconds(minutes * 60L));
    Files.setLastModifiedTime(file, time);
  }

  @Test
  void files_areReadAgainWhenTheyChange() throws Exception {
    Tls tls = tls();
    tls.refresh();
    assertThat(meet(tls)).isEqualTo("CN=ec");

    Files.writeString(certificate, TestIdentity.pem(RSA.certificate()));
    touch(certificate, 1);
    tls.refresh();
    assertThat(meet(tls)).isEqualTo("CN=ec");

    Files.writeString(key, TestIdentity.pem(RSA.key()));
    touch(key, 2);
    tls.refresh();
    assertThat(meet(tls)).isEqualTo("CN=rsa");

    Files.delete(key);
    tls.refresh();
    assertThat(meet(tls)).isEqualTo("CN=rsa");
  }

  @Test
  void settings_areTakenTogetherOrNotAtAll() throws Exception {
    Config config = config();
    Tls tls = new Tls(config, new SecureRandom());
    RSA.write(directory, "other");
    String otherCertificate = directory.resolve("other.crt").toString();
    String otherKey = directory.resolve("other.key").toString();
    assertThatThrownBy(() -> config.set(List.of("tls-cert-file", otherCertificate), true))
        .isInstanceOf(ConfigException.class);
    assertThatThrownBy(() -> config.set(List.of("tls-ciphersuites", "TLS_NONE"), true))
        .isInstanceOf(ConfigException.class);
    assertThatThrownBy(() -> config.set(List.of("tls-protocols", "TLSv1.9"), true))
        .isInstanceOf(ConfigException.class);
    assertThat(config.get(List.of("tls-cert-file")).get("tls-cert-file"))
        .isEqualTo(certificate.toString());
    assertThat(meet(tls)).isEqualTo("CN=ec");

    config.set(List.of("tls-cert-file", otherCertificate, "tls-key-file", otherKey), true);
    assertThat(meet(tls)).isEqualTo("CN=rsa");
  }

  @Test
  void cipherSuites_areTheStrongOnesUnlessOthersAreNamed() throws Exception {
    assertThat(tls().engine().getEnabledCipherSuites())
        .allMatch(name -> name.contains("_GCM_"))
        .contains("TLS_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384");
    assertThat(tls().engine().getEnabledProtocols()).containsOnly("TLSv1.3", "TLSv1.2");
    assertThat(tls("tls-protocols", "TLSv1.2").engine().getEnabledProtocols())
        .containsExactly("TLSv1.2");
  }

  /** Trusts everybody; it is the server that is under test. */
  private static final class Trustful extends X509ExtendedTrustManager {

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
