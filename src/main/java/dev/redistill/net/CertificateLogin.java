package dev.redistill.net;

import dev.redistill.command.Session;
import dev.redistill.tls.Tls;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** The login of a client by its certificate: one that names a user is as good as its password. */
final class CertificateLogin {

  private static final Logger LOG = System.getLogger(CertificateLogin.class.getName());

  private CertificateLogin() {}

  /** Makes the client of a connection whose handshake is over the user of its certificate. */
  static void attempt(Session session, Wire wire, @Nullable Tls tls) {
    SSLSession security = wire.security();
    String name = tls == null || security == null ? null : tls.user(security);
    if (name != null && !session.account().loginByCertificate(name)) {
      LOG.log(
          Level.DEBUG,
          "the certificate of {0} names no user who may log in",
          session.link().address());
    }
  }
}
