package dev.redistill.tls;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The names of cipher suites as OpenSSL and Redis' settings write them, and as Java does. */
final class CipherNames {

  private static final Pattern OPENSSL =
      Pattern.compile("(ECDHE|DHE)-(ECDSA|RSA)-(AES128|AES256|CHACHA20)-(GCM|POLY1305)(-SHA\\d+)?");

  private CipherNames() {}

  /** The suites of a list with colons between them. */
  static List<String> split(String list) {
    List<String> names = new ArrayList<>();
    for (String name : list.split(":", -1)) {
      if (!name.isBlank()) {
        names.add(ofJava(name.strip()));
      }
    }
    return names;
  }

  private static String ofJava(String name) {
    Matcher parts = OPENSSL.matcher(name);
    if (!parts.matches()) {
      return name;
    }
    String cipher =
        parts.group(3).equals("CHACHA20")
            ? "CHACHA20_POLY1305_SHA256"
            : parts.group(3).replace("AES", "AES_") + "_GCM" + hash(parts.group(5));
    return "TLS_" + parts.group(1) + "_" + parts.group(2) + "_WITH_" + cipher;
  }

  private static String hash(@Nullable String suffix) {
    return suffix == null ? "" : suffix.replace('-', '_');
  }
}
