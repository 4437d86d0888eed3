package dev.redistill.commands;

import dev.redistill.auth.AclLog;
import dev.redistill.auth.Reason;
import dev.redistill.command.Call;
import dev.redistill.command.Command;
import dev.redistill.command.Guard;
import dev.redistill.command.Services;
import dev.redistill.command.Session;
import dev.redistill.config.Settings;
import dev.redistill.resp.Request;
import org.jspecify.annotations.Nullable;

/** Asks the access list; what it refuses is counted and goes into its log. */
public final class AccessGuard implements Guard {

  @Override
  public @Nullable Reason check(Session session, Command command, Request request) {
    Permissions permissions = new Permissions(command, request, 0);
    Permissions.Refusal refusal = permissions.check(session.account().user());
    if (refusal == null) {
      return null;
    }
    note(session, refusal.reason(), permissions.object(refusal), session.account().name());
    return refusal.reason();
  }

  @Override
  public void refuseCertificate(Session session, String user) {
    note(session, Reason.TLS_CERT, "", user);
  }

  /** Takes note of a refusal. */
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
