package dev.redistill.commands;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.redistill.command.Call;
import dev.redistill.command.CommandException;
import dev.redistill.command.Session;
import dev.redistill.config.Settings;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * The check of user names and passwords. The only user is {@code default}, with {@code
 * requirepass}.
 */
final class Login {

  static final byte[] DEFAULT_USER = "default".getBytes(UTF_8);

  private Login() {}

  /** Makes the client the user it says it is, or fails. */
  static void attempt(Call call, byte[] user, byte[] password) {
    boolean right = isPassword(call, password);
    if (!Arrays.equals(user, DEFAULT_USER) || !right) {
      call.services().statistics().loginFailed();
      throw new CommandException("WRONGPASS invalid username-password pair or user is disabled.");
    }
    Session session = call.session();
    session.user("default");
    session.authenticated(true);
  }

  /** Compares digests, not passwords: how long that takes says nothing about either of them. */
  private static boolean isPassword(Call call, byte[] password) {
    byte[] wanted = call.services().config().text(Settings.REQUIREPASS).getBytes(UTF_8);
    boolean same = MessageDigest.isEqual(digest(wanted), digest(password));
    return same || !call.services().requiresPassword();
  }

  private static byte[] digest(byte[] password) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(password);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
