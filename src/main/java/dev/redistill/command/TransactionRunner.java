package dev.redistill.command;

import dev.redistill.auth.Reason;
import dev.redistill.resp.ReplyWriter;
import dev.redistill.resp.Request;
import dev.redistill.store.Database;
import dev.redistill.store.Locks;
import java.util.List;
import java.util.Set;

/**
 * Queues the commands of a transaction and runs them at EXEC under all their locks, so that nobody
 * sees a part of what they do.
 */
final class TransactionRunner {

  private static final byte[] QUEUED = {'+', 'Q', 'U', 'E', 'U', 'E', 'D', '\r', '\n'};
  private static final Set<String> RUN_AT_ONCE =
      Set.of("discard", "multi", "watch", "quit", "reset");

  private final Dispatcher dispatcher;

  TransactionRunner(Dispatcher dispatcher) {
    this.dispatcher = dispatcher;
  }

  /** Whether a command is never queued, EXEC aside. */
  static boolean runsAtOnce(Command command) {
    return RUN_AT_ONCE.contains(command.name());
  }

  /** Deals with a command inside MULTI; answers false if it has to run at once. */
  boolean queue(Session session, Command command, Request request) {
    Transaction transaction = session.transaction();
    if (transaction == null || runsAtOnce(command)) {
      return false;
    }
    if (command.name().equals("exec")) {
      session.call().start(request, null);
      session.count(command);
      transaction.ends(command);
      try {
        run(session, transaction);
      } finally {
        dispatcher.ended(command, session, request);
      }
      return true;
    }
    if (command.is(Flag.NO_MULTI)) {
      transaction.fail();
      command.statistics().reject();
      throw new CommandException("ERR Command not allowed inside a transaction");
    }
    transaction.add(command, request);
    session.reply().raw(QUEUED);
    return true;
  }

  /** Ends the transaction because EXEC itself was refused. */
  static CommandException aborted(Session session, String reason) {
    session.discardTransaction();
    String shown = reason.startsWith("ERR ") ? reason.substring(4) : reason;
    return new CommandException("EXECABORT Transaction discarded because of: " + shown);
  }

  private void run(Session session, Transaction transaction) {
    if (transaction.isFailed()) {
      session.discardTransaction();
      throw new CommandException("EXECABORT Transaction discarded because of previous errors.");
    }
    Locks locks = new Locks();
    lock(session, transaction.queue(), locks);
    try {
      WatchedKeys watched = session.watchedIfAny();
      if (watched != null && watched.isChanged(session.call().now())) {
        session.reply().nilArray();
      } else {
        session.endQueueing();
        session.guard(Session.LARGE, transaction.bytes() >= LoggedRuns.LARGE);
        runAll(session, transaction.queue());
      }
    } finally {
      locks.unlock();
      session.discardTransaction();
    }
  }

  private void lock(Session session, List<Transaction.Queued> queue, Locks locks) {
    while (true) {
      Database selected = session.database();
      collect(session, queue, selected, locks);
      locks.lock(true);
      if (session.isDatabaseCurrent()) {
        return;
      }
      locks.unlock();
    }
  }

  private void collect(
      Session session, List<Transaction.Queued> queue, Database first, Locks locks) {
    Call call = session.call();
    Database selected = first;
    for (Transaction.Queued queued : queue) {
      call.start(queued.request(), null);
      selected = collect(queued.command(), call, selected, locks);
    }
    WatchedKeys watched = session.watchedIfAny();
    if (watched != null) {
      watched.collect(locks);
    }
  }

  /**
   * Adds the shards that one command needs and answers the database that is selected behind it. A
   * command with wrong arguments needs none: it fails when it runs.
   */
  private Database collect(Command command, Call call, Database selected, Locks locks) {
    try {
      if (command.name().equals("select")) {
        long index = call.arguments().nextLong();
        boolean known = index >= 0 && index < call.services().keyspace().count();
        return known ? call.services().keyspace().database((int) index) : selected;
      }
      if (command.isWholeDatabase()) {
        locks.addAll(selected);
      }
      CommandRunner.collect(command, call, selected, locks);
      return selected;
    } catch (CommandException e) {
      return selected;
    }
  }

  /** Looks again at what the user may do: it may be less than when the command was queued. */
  private static void requirePermission(Session session, Transaction.Queued queued) {
    int guards = session.guards();
    if ((guards & (Session.RESTRICTED | Session.USER_CHANGED)) == 0) {
      return;
    }
    boolean known = (guards & Session.USER_CHANGED) == 0 || session.account().refresh();
    Reason reason =
        session.call().services().guard().check(session, queued.command(), queued.request());
    if (!known || reason != null) {
      throw new CommandException(Denial.atExec(reason == null ? Reason.COMMAND : reason));
    }
  }

  private void runAll(Session session, List<Transaction.Queued> queue) {
    ReplyWriter reply = session.reply();
    reply.array(queue.size());
    Call call = session.call();
    for (Transaction.Queued queued : queue) {
      Command command = queued.command();
      long mark = reply.mark();
      try {
        requirePermission(session, queued);
        call.start(queued.request(), null);
        call.database(session.database());
        dispatcher.run(command, session, mark, true);
      } catch (CommandException e) {
        reply.rollback(mark);
        dispatcher.fail(session, command, e);
      }
    }
  }
}
