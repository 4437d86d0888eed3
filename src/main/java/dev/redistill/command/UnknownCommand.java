package dev.redistill.command;

import dev.redistill.resp.Ascii;
import dev.redistill.resp.Request;
import java.util.Locale;

/** The error replies to commands that there are not. */
final class UnknownCommand {

  private static final int SHOWN_NAME = 128;

  private UnknownCommand() {}

  static String subcommand(Command container, Request request) {
    return "ERR unknown subcommand '"
        + cString(request, 1, SHOWN_NAME)
        + "'. Try "
        + container.name().toUpperCase(Locale.ROOT)
        + " HELP.";
  }

  static String message(Request request) {
    StringBuilder arguments = new StringBuilder();
    for (int i = 1; i < request.count() && arguments.length() < SHOWN_NAME; i++) {
      String shown = cString(request, i, SHOWN_NAME - arguments.length());
      arguments.append('\'').append(shown).append("' ");
    }
    return "ERR unknown command '"
        + cString(request, 0, SHOWN_NAME)
        + "', with args beginning with: "
        + arguments;
  }

  /** An argument up to its first NUL byte. */
  private static String cString(Request request, int place, int most) {
    byte[] bytes = request.buffer();
    int offset = request.offset(place);
    int length = Math.min(request.length(place), most);
    for (int i = 0; i < length; i++) {
      if (bytes[offset + i] == 0) {
        length = i;
      }
    }
    return Ascii.text(bytes, offset, length);
  }
}
