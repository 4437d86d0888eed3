package dev.redistill.command;

import dev.redistill.resp.Ascii;
import dev.redistill.resp.Request;
import java.util.Arrays;
import java.util.Locale;

/** What of a request may be shown to others: no passwords, and of long arguments the beginning. */
final class Redaction {

  private static final byte[] REDACTED = Ascii.bytes("(redacted)");

  private Redaction() {}

  /** An argument of a request, so many bytes of it at most. */
  static byte[] shown(Command command, Request request, int place, int most) {
    return isSecret(command, request, place) ? REDACTED : shortened(request.bytes(place), most);
  }

  private static byte[] shortened(byte[] argument, int most) {
    if (argument.length <= most) {
      return argument;
    }
    byte[] note = Ascii.bytes("... (" + (argument.length - most) + " more bytes)");
    byte[] shortened = Arrays.copyOf(argument, most + note.length);
    System.arraycopy(note, 0, shortened, most, note.length);
    return shortened;
  }

  /** Whether an argument is a password: the value of a setting that holds one, or a login. */
  private static boolean isSecret(Command command, Request request, int place) {
    return switch (command.name()) {
      case "auth" -> place > 0;
      case "hello" -> place > 2;
      case "acl|setuser" -> place > 1;
      case "acl|dryrun" -> place > 3;
      case "config|set" -> place > 2 && isPassword(request.text(place - 1));
      default -> false;
    };
  }

  private static boolean isPassword(String setting) {
    String name = setting.toLowerCase(Locale.ROOT);
    return name.contains("pass") || name.contains("auth");
  }
}
