package dev.redistill.command;

import dev.redistill.auth.Acl;
import dev.redistill.auth.User;
import dev.redistill.pubsub.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who a client is: its user, and the library that it says it uses. Confined to the session's
 * connection, but for {@link #changed} and what is volatile.
 */
public final class Account {

  private static final int STRIKES = 5;

  private final Acl acl;
  private final Session session;
  private volatile User user;
  private volatile String libraryName = "";
  private volatile String libraryVersion = "";
  private int failures;

  Account(Services services, Session session) {
    this.acl = services.acl();
    this.session = session;
    user = acl.defaultUser();
  }

  /** Makes the client what it was when it connected. */
  void reset() {
    become(acl.defaultUser());
    session.authenticated(!acl.requiresLogin());
  }

  /** Makes the client a user who has proved who it is. */
  public void login(User known) {
    become(known);
    session.authenticated(true);
  }

  /**
   * Makes the client the user whom its certificate names, one character per byte; answers false if
   * there is no such user, or it may not log in.
   */
  public boolean loginByCertificate(String certified) {
    User known = acl.find(certified);
    if (known == null || !known.isEnabled()) {
      return false;
    }
    login(known);
    return true;
  }

  private void become(User other) {
    user = other;
    /* Whoever changed the user just now may have missed us: look again at the next command. */
    session.guard(Session.USER_CHANGED, true);
  }

  /** A login has failed. One time too often ends the connection after the reply. */
  public void loginFailed() {
    failures++;
    if (failures >= STRIKES) {
      session.closeAfterReply();
    }
  }

  public User user() {
    return user;
  }

  /** The name of the user, one character per byte. */
  public String name() {
    return user.name();
  }

  public String libraryName() {
    return libraryName;
  }

  public void libraryName(String text) {
    libraryName = text;
  }

  public String libraryVersion() {
    return libraryVersion;
  }

  public void libraryVersion(String text) {
    libraryVersion = text;
  }

  /** A user has changed, or is gone; called by any thread. */
  void changed(User before, @Nullable User after) {
    if (!user.isSameAs(before)) {
      return;
    }
    session.guard(Session.USER_CHANGED, true);
    if (after == null) {
      session.link().finish();
    } else {
      session.link().wake();
    }
  }

  /** Looks at what the user may do now; answers false if there is no such user any more. */
  boolean refresh() {
    session.guard(Session.USER_CHANGED, false);
    User now = acl.find(user.name());
    if (now == null || !now.isSameAs(user)) {
      session.guard(Session.USER_CHANGED, true);
      session.authenticated(false);
      session.closeAfterReply();
      return false;
    }
    user = now;
    session.guard(Session.RESTRICTED, now.isRestricted());
    if (now.isRestricted() && session.messaging().isSubscriber() && !maySubscribe()) {
      session.link().close();
    }
    return true;
  }

  /** Whether the user may still subscribe to what the client has subscribed to. */
  private boolean maySubscribe() {
    return mayUse(Kind.CHANNEL) && mayUse(Kind.SHARD_CHANNEL) && mayUse(Kind.PATTERN);
  }

  private boolean mayUse(Kind kind) {
    List<String> names = session.messaging().subscriptions().names(kind);
    return names.stream().allMatch(name -> user.maySubscribe(name, kind == Kind.PATTERN));
  }
}
