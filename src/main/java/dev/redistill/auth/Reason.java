package dev.redistill.auth;

import java.util.Locale;

/** Why something was refused. */
public enum Reason {
  COMMAND,
  KEY,
  CHANNEL,
  AUTH,
  TLS_CERT;

  /** The name in replies. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
