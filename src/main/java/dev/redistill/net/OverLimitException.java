package dev.redistill.net;

import dev.redistill.config.Setting;
import java.io.IOException;

/** More waits for a client, or from it, than one of its limits allows. */
final class OverLimitException extends IOException {

  private static final long serialVersionUID = 1;

  OverLimitException(Setting limit) {
    super("it has overcome " + limit.name());
  }
}
