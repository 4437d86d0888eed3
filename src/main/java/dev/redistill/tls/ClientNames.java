package dev.redistill.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * The names of users in the certificates of clients. A certificate that holds several names of the
 * kind that counts names nobody: which of them was meant is not clear.
 */
final class ClientNames {

  private static final String COMMON_NAME = "CN";
  private static final int URI = 6;

  private ClientNames() {}

  /** The name by a value of tls-auth-clients-user, one character per byte, or null. */
  static @Nullable String of(SSLSession session, String kind) {
    if (kind.equals("off")) {
      return null;
    }
    try {
      Certificate[] chain = session.getPeerCertificates();
      if (chain.length == 0 || !(chain[0] instanceof X509Certificate certificate)) {
        return null;
      }
      List<String> names = kind.equals("cn") ? commonNames(certificate) : uris(certificate);
      return names.size() == 1 ? new String(names.getFirst().getBytes(UTF_8), ISO_8859_1) : null;
    } catch (SSLPeerUnverifiedException | InvalidNameException | CertificateParsingException e) {
      return null;
    }
  }

  private static List<String> commonNames(X509Certificate certificate) throws InvalidNameException {
    return new LdapName(certificate.getSubjectX500Principal().getName())
        .getRdns().stream()
            .filter(part -> part.getType().equalsIgnoreCase(COMMON_NAME))
            .map(Rdn::getValue)
            .filter(String.class::isInstance)
            .map(String.class::cast)
            .toList();
  }

  private static List<String> uris(X509Certificate certificate) throws CertificateParsingException {
    Collection<List<?>> names = certificate.getSubjectAlternativeNames();
    if (names == null) {
      return List.of();
    }
    return names.stream()
        .filter(name -> Integer.valueOf(URI).equals(name.get(0)))
        .map(name -> String.valueOf(name.get(1)))
        .toList();
  }
}
