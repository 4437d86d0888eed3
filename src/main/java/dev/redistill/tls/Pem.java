package dev.redistill.tls;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMDecryptorProviderBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;
import org.jspecify.annotations.Nullable;

/** Certificates and private keys in PEM files, in all the forms that OpenSSL writes. */
final class Pem {

  private final Provider provider;

  /** Reads with the algorithms of a provider. */
  Pem(Provider provider) {
    this.provider = provider;
  }

  /** The certificates in a file, in their order; there is at least one. */
  List<X509Certificate> certificates(Path file) throws IOException, GeneralSecurityException {
    JcaX509CertificateConverter converter = new JcaX509CertificateConverter();
    List<X509Certificate> certificates = new ArrayList<>();
    for (Object part : parts(file)) {
      if (part instanceof X509CertificateHolder holder) {
        certificates.add(converter.getCertificate(holder));
      }
    }
    if (certificates.isEmpty()) {
      throw new IOException(file + " holds no certificate");
    }
    return certificates;
  }

  /** The first private key in a file; the password is used if the key is encrypted. */
  PrivateKey privateKey(Path file, String password) throws IOException {
    for (Object part : parts(file)) {
      PrivateKeyInfo key = decrypted(part, file, password);
      if (key != null) {
        return new JcaPEMKeyConverter().setProvider(provider).getPrivateKey(key);
      }
    }
    throw new IOException(file + " holds no private key");
  }

  private @Nullable PrivateKeyInfo decrypted(Object part, Path file, String password)
      throws IOException {
    try {
      return switch (part) {
        case PrivateKeyInfo plain -> plain;
        case PEMKeyPair pair -> pair.getPrivateKeyInfo();
        case PEMEncryptedKeyPair encrypted ->
            encrypted
                .decryptKeyPair(
                    new JcePEMDecryptorProviderBuilder()
                        .setProvider(provider)
                        .build(password.toCharArray()))
                .getPrivateKeyInfo();
        case PKCS8EncryptedPrivateKeyInfo encrypted ->
            encrypted.decryptPrivateKeyInfo(
                new JceOpenSSLPKCS8DecryptorProviderBuilder()
                    .setProvider(provider)
                    .build(password.toCharArray()));
        default -> null;
      };
    } catch (PEMException | PKCSException | OperatorCreationException e) {
      throw new IOException(file + ": the key cannot be decrypted with tls-key-file-pass", e);
    }
  }

  private static List<Object> parts(Path file) throws IOException {
    List<Object> parts = new ArrayList<>();
    try (Reader text = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1);
        PEMParser parser = new PEMParser(text)) {
      Object part = parser.readObject();
      while (part != null) {
        parts.add(part);
        part = parser.readObject();
      }
    }
    return parts;
  }
}
