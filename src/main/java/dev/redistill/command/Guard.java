package dev.redistill.command;

import dev.redistill.auth.Reason;
import dev.redistill.resp.Request;
import org.jspecify.annotations.Nullable;

/** Decides what clients may do whose user may not do everything. */
public interface Guard {

  /**
   * Says why a client may not run a command, or null if it may. A refusal is counted and goes into
   * the log of the access list.
   */
  @Nullable Reason check(Session session, Command command, Request request);

  /** Takes note of a client whose certificate names nobody who may log in. */
  void refuseCertificate(Session session, String user);
}
