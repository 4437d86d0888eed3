package dev.redistill.tls;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A key pair and its certificate, made for a test. */
public record TestIdentity(PrivateKey key, X509Certificate certificate) {

  /** The end of the time of every certificate. */
  public static final Instant END = Instant.parse("2035-06-01T12:00:00Z");

  /** An identity that nobody but itself vouches for: EC or RSA. */
  public static TestIdentity ofItself(String name, String algorithm) {
    try {
      KeyPair pair = pair(algorithm);
      return new TestIdentity(pair.getPrivate(), sign(name, pair, name, pair.getPrivate()));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** An identity of EC that this one vouches for. */
  public TestIdentity issue(String name) {
    try {
      KeyPair pair = pair("EC");
      String issuer = certificate.getSubjectX500Principal().getName().substring("CN=".length());
      return new TestIdentity(pair.getPrivate(), sign(name, pair, issuer, key));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static KeyPair pair(String algorithm) throws Exception {
    /* As OpenSSL does it, and unlike that of the JDK, it names the curve in the key itself. */
    KeyPairGenerator generator =
        KeyPairGenerator.getInstance(algorithm, new BouncyCastleProvider());
    generator.initialize(algorithm.equals("EC") ? 256 : 2048);
    return generator.generateKeyPair();
  }

  private static X509Certificate sign(String name, KeyPair pair, String issuer, PrivateKey signer)
      throws Exception {
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            new X500Principal("CN=" + issuer),
            BigInteger.valueOf(name.hashCode() & 0xffff),
            Date.from(Instant.parse("2020-01-01T00:00:00Z")),
            Date.from(END),
            new X500Principal("CN=" + name),
            pair.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
    String algorithm = signer.getAlgorithm().startsWith("EC") ? "ECDSA" : "RSA";
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(new JcaContentSignerBuilder("SHA256with" + algorithm).build(signer)));
  }

  /** Objects as PEM, the way OpenSSL writes them. */
  static String pem(Object... objects) throws IOException {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      for (Object object : objects) {
        writer.writeObject(object);
      }
    }
    return text.toString();
  }

  /** Writes the certificate and the key to two files, {@code NAME.crt} and {@code NAME.key}. */
  public void write(Path directory, String name) throws IOException {
    Files.writeString(directory.resolve(name + ".crt"), pem(certificate));
    Files.writeString(directory.resolve(name + ".key"), pem(key));
  }
}
