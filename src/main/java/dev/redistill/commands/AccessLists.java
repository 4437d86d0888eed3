package dev.redistill.commands;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.redistill.auth.Acl;
import dev.redistill.auth.AclLog;
import dev.redistill.auth.BadRuleException;
import dev.redistill.auth.Reason;
import dev.redistill.command.Call;
import dev.redistill.command.Command;
import dev.redistill.command.CommandTable;
import dev.redistill.command.Services;
import dev.redistill.command.Session;
import dev.redistill.config.BadValueException;
import dev.redistill.config.Config;
import dev.redistill.config.Settings;
import dev.redistill.resp.Request;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How the access list of a server begins, and how it is asked. */
public final class AccessLists {

  private AccessLists() {}

  /**
   * The access list that a configuration describes: the password, the users, the file of users.
   *
   * @throws BadValueException if the users are not understood, or would leave the server open to
   *     other machines
   */
  public static Acl open(Config config, CommandTable commands) throws IOException {
    Acl acl =
        new Acl(
            new AclCatalog(commands),
            () -> config.text(Settings.ACL_PUBSUB_DEFAULT).equals("allchannels"));
    if (!config.text(Settings.REQUIREPASS).isEmpty()) {
      acl.defaultPassword(password(config));
    }
    try {
      acl.configure(config.startNotes().users());
      Optional<Path> file = config.file(Settings.ACLFILE);
      if (file.isPresent()) {
        acl.load(file.get());
      }
    } catch (BadRuleException e) {
      throw new BadValueException("the users cannot be loaded: " + e.text());
    }
    if (!acl.requiresLogin() && !config.exposures().isEmpty()) {
      throw new BadValueException(config.exposures().getFirst());
    }
    config.onChange(Settings.REQUIREPASS, () -> acl.defaultPassword(password(config)));
    return acl;
  }

  private static String password(Config config) {
    return new String(config.text(Settings.REQUIREPASS).getBytes(UTF_8), ISO_8859_1);
  }

  /** Decides whether a client may run a command, and notes it if it may not. */
  public static @Nullable Reason check(Session session, Command command, Request request) {
    Permissions permissions = new Permissions(command, request, 0);
    Permissions.Refusal refusal = permissions.check(session.account().user());
    if (refusal == null) {
      return null;
    }
    note(session, refusal.reason(), permissions.object(refusal), session.account().name());
    return refusal.reason();
  }

  /** Counts a refusal and writes it into the log of the access list. */
  static void note(Session session, Reason reason, String object, String user) {
    Call call = session.call();
    Services services = call.services();
    services.statistics().refused(reason);
    boolean inTransaction = session.transaction() != null;
    services
        .acl()
        .log()
        .add(
            new AclLog.Refusal(reason, inTransaction, object, user),
            services.clock().millis(),
            ClientLine.of(session, call).stripTrailing(),
            services.config().number(Settings.ACLLOG_MAX_LEN));
  }
}
