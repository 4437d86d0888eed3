package dev.redistill.commands;

import dev.redistill.auth.LoginThrottle;
import dev.redistill.auth.Reason;
import dev.redistill.auth.User;
import dev.redistill.command.Call;
import dev.redistill.command.CommandException;
import dev.redistill.command.Services;
import dev.redistill.command.Session;
import java.util.concurrent.locks.LockSupport;

/** The check of user names and passwords, and what happens to clients who guess. */
final class Login {

  private static final CommandException WRONG =
      new CommandException("WRONGPASS invalid username-password pair or user is disabled.");

  private Login() {}

  /**
   * Makes the client the user it says it is, or fails. Where logins have failed before it waits
   * first, right or wrong.
   */
  static void attempt(Call call, String name, byte[] password) {
    Services services = call.services();
    Session session = call.session();
    LoginThrottle throttle = services.acl().throttle();
    String address = session.link().address();
    if (!waits(call, throttle.attempt(address, services.clock().millis()))) {
      session.closeAfterReply();
      throw WRONG;
    }
    User user = services.acl().login(name, password);
    if (user == null) {
      throttle.failed(address, services.clock().millis());
      session.account().loginFailed();
      AccessGuard.note(session, Reason.AUTH, call.request().text(0), name);
      throw WRONG;
    }
    throttle.succeeded(address);
    session.account().login(user);
  }

  /**
   * Waits so many milliseconds; answers false if the attempt is not to be made. Inside a
   * transaction nobody waits, because the locks of its keys are held.
   */
  private static boolean waits(Call call, long millis) {
    if (millis <= 0) {
      return millis != LoginThrottle.REFUSED;
    }
    Services services = call.services();
    try {
      if (call.session().transaction() != null) {
        return false;
      }
      long end = services.clock().nanos() + millis * 1_000_000;
      for (long left = millis * 1_000_000; left > 0; left = end - services.clock().nanos()) {
        LockSupport.parkNanos(left);
      }
    } finally {
      services.acl().throttle().waited();
    }
    call.session().startTurn(services.clock().millis());
    return true;
  }
}
