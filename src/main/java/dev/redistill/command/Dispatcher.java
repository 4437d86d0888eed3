package dev.redistill.command;

import dev.redistill.auth.Reason;
import dev.redistill.resp.ReplyWriter;
import dev.redistill.resp.Request;
import dev.redistill.store.Probe;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes a request to its command: finds it, passes the guards in their order, has it run under the
 * locks that its keys need, and turns a {@link CommandException} into an error reply.
 */
public final class Dispatcher {

  private static final Set<String> FOR_SUBSCRIBERS =
      Set.of(
          "subscribe",
          "unsubscribe",
          "psubscribe",
          "punsubscribe",
          "ssubscribe",
          "sunsubscribe",
          "ping",
          "quit",
          "reset");

  /** What replicas may not do, beside using keys. */
  private static final Set<String> NOT_FOR_REPLICAS = Set.of("publish", "spublish");

  private static final String LOADING = "LOADING Redis is loading the dataset in memory";
  private static final String CANNOT_SAVE =
      "MISCONF Redis is configured to save RDB snapshots, but it's currently unable to persist to"
          + " disk. Commands that may modify the data set are disabled, because this instance is"
          + " configured to report errors during writes if RDB snapshotting fails"
          + " (stop-writes-on-bgsave-error option). Please check the Redis logs for details about"
          + " the RDB error.";

  private final Services services;
  private final CommandTable commands;
  private final TransactionRunner transactions = new TransactionRunner(this);
  private final Observers observers;
  private final CommandRunner runner;

  public Dispatcher(Services services) {
    this.services = services;
    this.commands = services.commands();
    this.observers = new Observers(services);
    this.runner = new CommandRunner(services.tracking());
    services.acl().onChange(services.sessions()::userChanged);
  }

  /** Answers one request of a session with exactly one reply, unless the client wants none. */
  public void dispatch(Session session, Request request) {
    dispatch(session, request, commands.find(request), null);
  }

  /** Answers a request that was looked at ahead, under its place in the batch. */
  public void dispatch(Session session, Request request, Lookahead lookahead, int place) {
    dispatch(session, request, lookahead.command(place), lookahead.key(place));
  }

  private void dispatch(
      Session session, Request request, @Nullable Command named, @Nullable Probe key) {
    ReplyWriter reply = session.reply();
    long mark = reply.mark();
    Command command = null;
    try {
      command = admit(session, named, request);
      if (command != null) {
        session.call().start(request, key);
        session.call().database(session.database());
        run(command, session, mark, false);
      }
    } catch (CommandException e) {
      if (!e.isLate()) {
        reply.rollback(mark);
      }
      fail(session, command, e);
    }
    if ((session.guards() & Session.SEQUEL) != 0) {
      boolean isClient = named != null && isClient(named, request);
      finish(session, isClient, command, mark);
    }
  }

  /** Checks whether the command may run; answers null if it was dealt with already. */
  private @Nullable Command admit(Session session, @Nullable Command named, Request request) {
    int guards = session.guards();
    if ((guards & (Session.NOT_AUTHENTICATED | Session.USER_CHANGED)) != 0) {
      guards = identify(session, named);
    }
    Command command = named;
    if (command == null) {
      throw rejected(session, null, UnknownCommand.message(request));
    }
    if (!command.subcommands().isEmpty() && request.count() > 1) {
      command = subcommand(session, command, request);
    }
    if (!command.accepts(request.count())) {
      throw rejected(session, command, CommandException.arity(command.name()).reply());
    }
    if (services.memory().refuses(command, session.transaction(), request)) {
      throw rejected(session, command, Memory.FULL);
    }
    if (services.pause().isOn()) {
      waitOrRefuse(session, command);
    }
    if ((guards & Session.SPECIAL) != 0) {
      requirePermission(session, command, request);
      requireSubscriberCommand(session, command);
      requireNoKeys(session, command);
      return transactions.queue(session, command, request) ? null : command;
    }
    return command;
  }

  /**
   * Finds out who the client is by now, and answers its guards. Refuses whoever has not logged in,
   * before anything is said about the command: Redis tells strangers which commands there are.
   * Nobody has to log in any more once the password was taken away.
   */
  private int identify(Session session, @Nullable Command named) {
    boolean known = session.account().refresh();
    if (!session.isAuthenticated()) {
      if (known && !services.acl().requiresLogin()) {
        session.authenticated(true);
      } else if (!known || named == null || !named.is(Flag.NO_AUTH)) {
        throw rejected(session, named, "NOAUTH Authentication required.");
      }
    }
    return session.guards();
  }

  private void requirePermission(Session session, Command command, Request request) {
    if ((session.guards() & Session.RESTRICTED) != 0) {
      Reason reason = services.guard().check(session, command, request);
      if (reason != null) {
        throw rejected(session, command, Denial.message(reason, command));
      }
    }
  }

  private static CommandException rejected(
      Session session, @Nullable Command command, String message) {
    Transaction transaction = session.transaction();
    if (transaction != null) {
      transaction.fail();
    }
    if (command == null) {
      return new CommandException(message);
    }
    command.statistics().reject();
    return command.name().equals("exec")
        ? TransactionRunner.aborted(session, message)
        : new CommandException(message);
  }

  /** Whoever has subscribed to something in RESP2 could not tell messages from replies. */
  private static void requireSubscriberCommand(Session session, Command command) {
    if (session.messaging().isInSubscriberMode() && !FOR_SUBSCRIBERS.contains(command.name())) {
      throw rejected(
          session,
          command,
          "ERR Can't execute '"
              + command.name()
              + "': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET are allowed in"
              + " this context");
    }
  }

  /** A client that monitors counts as a replica in Redis, and those are to leave keys alone. */
  private static void requireNoKeys(Session session, Command command) {
    boolean uses =
        command.is(Flag.WRITE)
            || command.is(Flag.READONLY)
            || NOT_FOR_REPLICAS.contains(command.name());
    if ((session.guards() & Session.MONITORING) != 0 && uses) {
      throw rejected(session, command, "ERR Replica can't interact with the keyspace");
    }
  }

  private Command subcommand(Session session, Command container, Request request) {
    Command part = container.subcommand(request);
    if (part != null) {
      return part;
    }
    throw rejected(session, null, UnknownCommand.subcommand(container, request));
  }

  private void waitOrRefuse(Session session, Command command) {
    Transaction transaction = session.transaction();
    boolean queued = transaction != null && command.name().equals("exec") && transaction.writes();
    boolean writes = queued || command.is(Flag.WRITE);
    if (services.pause().isLoading() && !command.is(Flag.LOADING)) {
      throw rejected(session, command, LOADING);
    }
    if (services.pause().refusesWrites() && (writes || command.name().equals("ping"))) {
      throw rejected(session, command, CANNOT_SAVE);
    }
    services.tracking().settled();
    services.pause().await(session, writes);
    session.startTurn(services.clock().millis());
  }

  /** Runs a command, whose reply begins at a mark, and counts it. */
  void run(Command command, Session session, long mark, boolean locked) {
    if (!observers.want(command)) {
      session.count(command);
      try {
        runner.run(command, session.call(), locked);
      } finally {
        if ((session.guards() & Session.LARGE) != 0) {
          observers.ranLarge(command, session.call(), mark);
        }
      }
      return;
    }
    session.begin(command);
    long waiting = session.reply().pending();
    long begin = services.clock().nanos();
    try {
      runner.run(command, session.call(), locked);
    } finally {
      long rested = session.call().takeRested();
      long nanos = services.clock().nanos() - begin - rested;
      session.end(command, nanos, rested);
      observers.ran(command, session.call(), nanos, session.reply().pending() - waiting);
    }
  }

  /** EXEC has run, whose commands ran by themselves. */
  void ended(Command exec, Session session, Request request) {
    observers.ended(exec, session, request);
  }

  /** Answers a request that there was no memory to receive. */
  public void outOfMemory(Session session) {
    fail(session, null, rejected(session, null, Memory.FULL));
  }

  /** Answers a command that has failed. */
  void fail(Session session, @Nullable Command command, CommandException failure) {
    String message = failure.reply();
    services.statistics().error(message);
    if (command != null) {
      command.statistics().fail();
    }
    session.reply().error(message);
  }

  /** Does what CLIENT REPLY and CLIENT CACHING ask for when a command has ended. */
  private static void finish(Session session, boolean isClient, @Nullable Command run, long mark) {
    if (session.transaction() == null && !isClient) {
      session.caching(false);
    }
    if (session.replies() != Replies.ON) {
      leaveOut(session, run, mark);
    }
  }

  private static boolean isClient(Command named, Request request) {
    return named.name().equals("client") && named.subcommand(request) != null;
  }

  private static void leaveOut(Session session, @Nullable Command run, long mark) {
    if (run == null || !run.isRepliedEvenIfOff()) {
      session.reply().rollback(mark);
    }
    switch (session.replies()) {
      case SKIP_NEXT -> session.replies(Replies.SKIP);
      case SKIP -> session.replies(Replies.ON);
      case ON, OFF -> {}
    }
  }
}
