package dev.redistill.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Users that are named by the certificates of their clients. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class TlsUsersIT {

  private static final Pattern REFUSALS = Pattern.compile("acl_access_denied_tls_cert:(\\d+)");

  @TempDir private static Path directory;

  @Test
  void aCertificate_canNameTheUser() throws Exception {
    assumeTrue(Program.exists("openssl"), "no openssl");
    Certificates certificates = Certificates.make(directory);
    int port = ServerProcess.freePort();
    List<String> options = new ArrayList<>(List.of(certificates.options(port, "optional")));
    options.addAll(List.of("--requirepass", "secret"));
    try (ServerProcess server = Target.REDISTILL.start(options.toArray(new String[0]));
        RawClient admin = server.connect()) {
      assertThat(admin.call("AUTH", "secret")).isEqualTo("+OK\r\n");
      assertThat(who(certificates, port, "client")).startsWith("-NOAUTH");
      set(admin, "cn");
      assertThat(refusals(admin)).isZero();
      assertThat(who(certificates, port, "client")).as("no such user").startsWith("-NOAUTH");
      assertThat(refusals(admin)).isEqualTo(1);
      assertThat(admin.call("ACL", "LOG", "1"))
          .contains("tls-cert", "toplevel", "$8\r\nusername\r\n$6\r\nclient\r\n");
      assertThat(admin.call("ACL", "SETUSER", "client", "on", "+acl|whoami", "~a*"))
          .isEqualTo("+OK\r\n");
      assertThat(who(certificates, port, "client")).isEqualTo("$6\r\nclient\r\n");
      assertThat(who(certificates, port, null)).as("no certificate").startsWith("-NOAUTH");
      try (RawClient client = RawClient.connect(port, certificates.client("client"))) {
        assertThat(client.call("GET", "a")).startsWith("-NOPERM");
        assertThat(client.call("AUTH", "secret")).isEqualTo("+OK\r\n");
        assertThat(client.call("GET", "a")).isEqualTo("$-1\r\n");
      }
      assertThat(admin.call("ACL", "SETUSER", "client", "off")).isEqualTo("+OK\r\n");
      assertThat(who(certificates, port, "client")).as("the user is off").startsWith("-NOAUTH");
      assertThat(refusals(admin)).isEqualTo(2);
      set(admin, "uri");
      assertThat(admin.call("ACL", "SETUSER", "urn:user:client", "on", "+@all"))
          .isEqualTo("+OK\r\n");
      assertThat(who(certificates, port, "client")).isEqualTo("$15\r\nurn:user:client\r\n");
      assertThatThrownBy(() -> who(certificates, port, "expired")).isInstanceOf(IOException.class);
      assertThat(who(certificates, port, "stranger")).as("not shown by Java").startsWith("-NOAUTH");
    }
  }

  /** How many certificates have named nobody who may log in. */
  private static int refusals(RawClient admin) throws IOException {
    Matcher field = REFUSALS.matcher(admin.call("INFO", "stats"));
    assertThat(field.find()).isTrue();
    return Integer.parseInt(field.group(1));
  }

  private static void set(RawClient admin, String kind) throws IOException {
    assertThat(admin.call("CONFIG", "SET", "tls-auth-clients-user", kind)).isEqualTo("+OK\r\n");
  }

  private static String who(Certificates certificates, int port, @Nullable String certificate)
      throws Exception {
    try (RawClient client = RawClient.connect(port, certificates.client(certificate))) {
      return client.call("ACL", "WHOAMI");
    }
  }
}
