package dev.redistill.tls;

import dev.redistill.config.BadValueException;
import dev.redistill.config.Config;
import dev.redistill.config.Setting;
import dev.redistill.config.Settings;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.jsse.provider.BouncyCastleJsseProvider;
import org.jspecify.annotations.Nullable;

/**
 * TLS as the settings describe it: makes the engine of each connection. When a setting or one of
 * its files changes, connections from then on use the new one; what does not fit together is
 * refused, and the old one stays.
 */
public final class Tls {

  private static final Logger LOG = System.getLogger(Tls.class.getName());
  private static final java.util.logging.Logger LIBRARY =
      java.util.logging.Logger.getLogger("org.bouncycastle.jsse");
  private static final char[] NO_PASSWORD = {};
  private static final String BOTH = "TLSv1.3 TLSv1.2";

  /* AES-GCM first, which the processor does itself; no CBC. */
  private static final String SUITES_1_3 = "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384";
  private static final String SUITES_1_2 =
      "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256"
          + ":ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384";

  private static final List<Setting> SETTINGS =
      List.of(
          Settings.TLS_CERT_FILE,
          Settings.TLS_KEY_FILE,
          Settings.TLS_KEY_FILE_PASS,
          Settings.TLS_CA_CERT_FILE,
          Settings.TLS_CA_CERT_DIR,
          Settings.TLS_AUTH_CLIENTS,
          Settings.TLS_PROTOCOLS,
          Settings.TLS_CIPHERS,
          Settings.TLS_CIPHERSUITES,
          Settings.TLS_PREFER_SERVER_CIPHERS);

  private final Config config;
  private final SecureRandom random;
  private final Provider algorithms;
  private final Provider provider;
  private final Pem pem;
  private volatile Identity identity;

  /** What connections are made from, all of it read at one time. */
  private record Identity(
      SSLContext context, SSLParameters parameters, Instant end, Map<Path, Long> files) {}

  /** Reads the certificates and keys; fails if they cannot be used. */
  public Tls(Config config, SecureRandom random) throws IOException {
    this.random = random;
    LIBRARY.setLevel(java.util.logging.Level.OFF);
    this.config = config;
    algorithms = new BouncyCastleProvider();
    Security.addProvider(algorithms);
    provider = provider(config.text(Settings.TLS_PROVIDER));
    pem = new Pem(algorithms);
    identity = read();
    SETTINGS.forEach(setting -> config.onChange(setting, this::settingsChanged));
  }

  /** The implementation that a value of tls-provider names. */
  private static Provider provider(String name) {
    return name.equals("jdk") ? Security.getProvider("SunJSSE") : new BouncyCastleJsseProvider();
  }

  /** The engine of a new connection. */
  public SSLEngine engine() {
    Identity current = identity;
    SSLEngine engine = current.context.createSSLEngine();
    engine.setUseClientMode(false);
    engine.setSSLParameters(current.parameters);
    return engine;
  }

  /** The user whom the certificate of a client names, if one does and the settings want it. */
  public @Nullable String user(SSLSession session) {
    return ClientNames.of(session, config.text(Settings.TLS_AUTH_CLIENTS_USER));
  }

  /** Until when the certificate is valid. */
  public Instant certificateEnd() {
    return identity.end;
  }

  /** Reads the files again if one of them has changed. */
  public void refresh() {
    Identity current = identity;
    try {
      if (times(current.files.keySet()).equals(current.files)) {
        return;
      }
      identity = read();
      LOG.log(Level.INFO, "TLS: the files have changed and are in use");
    } catch (IOException e) {
      identity = withFiles(current);
      LOG.log(Level.WARNING, "TLS: the files have changed, the old ones stay: {0}", e.getMessage());
    }
  }

  /** The same with the times of now, so that one bad change is told of once. */
  private static Identity withFiles(Identity old) {
    return new Identity(old.context, old.parameters, old.end, times(old.files.keySet()));
  }

  private void settingsChanged() {
    try {
      identity = read();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "TLS: {0}", e.getMessage());
      throw new BadValueException("Unable to update TLS configuration. Check server logs.");
    }
  }

  private Identity read() throws IOException {
    Path certificateFile = file(Settings.TLS_CERT_FILE);
    Path keyFile = file(Settings.TLS_KEY_FILE);
    List<Path> files = new ArrayList<>(List.of(certificateFile, keyFile));
    boolean asksClients = !config.text(Settings.TLS_AUTH_CLIENTS).equals("no");
    List<Path> authorities = asksClients ? authorities() : List.of();
    files.addAll(authorities);
    Map<Path, Long> times = times(files);
    try {
      List<X509Certificate> chain = pem.certificates(certificateFile);
      SSLContext context = SSLContext.getInstance("TLS", provider);
      context.init(
          keys(chain, keyFile).getKeyManagers(),
          asksClients ? trust(authorities).getTrustManagers() : null,
          random);
      SSLParameters parameters = parameters(context);
      context.createSSLEngine().setSSLParameters(parameters);
      Instant end = chain.getFirst().getNotAfter().toInstant();
      LOG.log(
          Level.INFO,
          "TLS: certificate of {0}, valid until {1}",
          chain.getFirst().getSubjectX500Principal(),
          end);
      return new Identity(context, parameters, end, times);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IOException("certificate and key cannot be used: " + e.getMessage(), e);
    }
  }

  private Path file(Setting setting) throws IOException {
    String name = config.text(setting);
    if (name.isEmpty()) {
      throw new IOException("No " + setting.name() + " configured!");
    }
    return Path.of(name);
  }

  private List<Path> authorities() throws IOException {
    List<Path> files = new ArrayList<>();
    String file = config.text(Settings.TLS_CA_CERT_FILE);
    if (!file.isEmpty()) {
      files.add(Path.of(file));
    }
    String directory = config.text(Settings.TLS_CA_CERT_DIR);
    if (!directory.isEmpty()) {
      try (Stream<Path> inside = Files.list(Path.of(directory))) {
        inside.filter(Files::isRegularFile).sorted().forEach(files::add);
      }
    }
    if (files.isEmpty()) {
      throw new IOException(
          "Either tls-ca-cert-file or tls-ca-cert-dir must be specified when tls-cluster,"
              + " tls-replication or tls-auth-clients are enabled!");
    }
    return files;
  }

  private KeyManagerFactory keys(List<X509Certificate> chain, Path keyFile)
      throws IOException, GeneralSecurityException {
    PrivateKey key = pem.privateKey(keyFile, config.text(Settings.TLS_KEY_FILE_PASS));
    if (!fits(key, chain.getFirst())) {
      throw new IOException("the key in " + keyFile + " is not that of the certificate");
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_PASSWORD);
    store.setKeyEntry("server", key, NO_PASSWORD, chain.toArray(X509Certificate[]::new));
    KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX", provider);
    factory.init(store, NO_PASSWORD);
    return factory;
  }

  /** Whether what the key signs is accepted by the certificate: nothing else looks at that. */
  private boolean fits(PrivateKey key, X509Certificate certificate)
      throws GeneralSecurityException {
    String kind = certificate.getPublicKey().getAlgorithm();
    if (!kind.equals("RSA") && !kind.equals("EC")) {
      return true;
    }
    if (!key.getAlgorithm().startsWith(kind)) {
      return false;
    }
    String name = kind.equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
    Signature signature = Signature.getInstance(name, algorithms);
    signature.initSign(key, random);
    signature.update(certificate.getEncoded());
    byte[] signed = signature.sign();
    signature.initVerify(certificate.getPublicKey());
    signature.update(certificate.getEncoded());
    return signature.verify(signed);
  }

  private TrustManagerFactory trust(List<Path> authorities)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_PASSWORD);
    for (Path file : authorities) {
      for (X509Certificate certificate : pem.certificates(file)) {
        store.setCertificateEntry("authority-" + store.size(), certificate);
      }
    }
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX", provider);
    factory.init(store);
    return factory;
  }

  private SSLParameters parameters(SSLContext context) throws IOException {
    SSLParameters parameters = context.getDefaultSSLParameters();
    String protocols = orElse(config.text(Settings.TLS_PROTOCOLS), BOTH);
    parameters.setProtocols(protocols.strip().split(" +"));
    List<String> suites =
        new ArrayList<>(
            CipherNames.split(orElse(config.text(Settings.TLS_CIPHERSUITES), SUITES_1_3)));
    suites.addAll(CipherNames.split(orElse(config.text(Settings.TLS_CIPHERS), SUITES_1_2)));
    List<String> known = List.of(context.getSupportedSSLParameters().getCipherSuites());
    for (String suite : suites) {
      if (!known.contains(suite)) {
        throw new IOException("there is no cipher suite " + suite);
      }
    }
    parameters.setCipherSuites(suites.toArray(String[]::new));
    boolean defaults = config.text(Settings.TLS_CIPHERS).isEmpty();
    parameters.setUseCipherSuitesOrder(defaults || config.flag(Settings.TLS_PREFER_SERVER_CIPHERS));
    switch (config.text(Settings.TLS_AUTH_CLIENTS)) {
      case "yes" -> parameters.setNeedClientAuth(true);
      case "optional" -> parameters.setWantClientAuth(true);
      default -> parameters.setNeedClientAuth(false);
    }
    return parameters;
  }

  private static String orElse(String text, String other) {
    return text.isBlank() ? other : text;
  }

  private static Map<Path, Long> times(Iterable<Path> files) {
    Map<Path, Long> times = new HashMap<>();
    for (Path file : files) {
      times.put(file, modified(file));
    }
    return times;
  }

  private static long modified(Path file) {
    try {
      return Files.getLastModifiedTime(file).toMillis();
    } catch (IOException e) {
      return 0;
    }
  }
}
