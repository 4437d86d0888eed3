package dev.redistill.commands;

import dev.redistill.command.Call;
import dev.redistill.command.Command;
import dev.redistill.command.Link;
import dev.redistill.command.Services;
import dev.redistill.command.Session;
import dev.redistill.command.Transaction;
import dev.redistill.pubsub.Kind;
import dev.redistill.pubsub.Outbox;
import dev.redistill.tracking.Tracker;
import org.jspecify.annotations.Nullable;

/** A client as a line of CLIENT LIST. What other threads write meanwhile may be a moment old. */
final class ClientLine {

  private ClientLine() {}

  /** The line for a client, with its end, in the reply of a call. */
  static String of(Session session, Call call) {
    long now = call.now();
    StringBuilder line = new StringBuilder(400);
    Link link = session.link();
    add(line, "id", session.id());
    add(line, "addr", link.address());
    add(line, "laddr", link.localAddress());
    add(line, "fd", link.descriptor());
    add(line, "name", session.name());
    add(line, "age", Math.max(0, now - session.connectedAt()) / 1000);
    add(line, "idle", Math.max(0, now - session.lastActive()) / 1000);
    add(line, "flags", flags(session, call.services()));
    add(line, "db", session.databaseIndex());
    add(line, "sub", session.messaging().count(Kind.CHANNEL));
    add(line, "psub", session.messaging().count(Kind.PATTERN));
    add(line, "ssub", session.messaging().count(Kind.SHARD_CHANNEL));
    addBuffers(line, session, session == call.session() ? call.request().size() : 0);
    Command command = session.lastCommand();
    add(line, "cmd", command == null ? "NULL" : command.name());
    add(line, "user", session.account().name());
    add(line, "redir", TrackingCommands.redirect(session));
    add(line, "resp", session.reply().isResp3() ? 3 : 2);
    add(line, "lib-name", session.account().libraryName());
    add(line, "lib-ver", session.account().libraryVersion());
    line.setCharAt(line.length() - 1, '\n');
    return line.toString();
  }

  private static void addBuffers(StringBuilder line, Session session, long arguments) {
    Transaction transaction = session.transaction();
    long queued = transaction == null ? 0 : transaction.bytes();
    long input = session.link().queryBuffer();
    long output = session.link().outputBuffer();
    add(line, "multi", transaction == null ? -1 : transaction.size());
    add(line, "qbuf", input);
    add(line, "qbuf-free", 0);
    add(line, "argv-mem", arguments);
    add(line, "multi-mem", queued);
    add(line, "rbs", 0);
    add(line, "rbp", 0);
    add(line, "obl", output);
    Outbox outbox = session.messaging().outboxIfAny();
    add(line, "oll", outbox == null ? 0 : outbox.count());
    add(line, "omem", outbox == null ? 0 : outbox.messageBytes());
    add(line, "tot-mem", session.waitingBytes());
    add(line, "events", output > 0 ? "rw" : "r");
  }

  private static boolean waits(Services services, Session session) {
    return services.blockedClients().contains(session) || services.pause().holds(session);
  }

  private static String flags(Session session, Services services) {
    StringBuilder flags = new StringBuilder();
    if (services.sessions().monitors().contains(session)) {
      flags.append('O');
    }
    if (session.messaging().isSubscriber()) {
      flags.append('P');
    }
    if (session.transaction() != null) {
      flags.append('x');
    }
    if (waits(services, session)) {
      flags.append('b');
    }
    addTracking(flags, session.messaging().tracker());
    if (session.isClosing()) {
      flags.append('c');
    }
    if (session.link().localAddress().startsWith("/")) {
      flags.append('U');
    }
    if (session.isNoEvict()) {
      flags.append('e');
    }
    if (session.isNoTouch()) {
      flags.append('T');
    }
    return flags.isEmpty() ? "N" : flags.toString();
  }

  private static void addTracking(StringBuilder flags, @Nullable Tracker tracker) {
    if (tracker != null) {
      flags.append(tracker.isBroken() ? "tR" : "t");
      flags.append(tracker.mode().broadcast() ? "B" : "");
    }
  }

  private static void add(StringBuilder line, String name, long value) {
    line.append(name).append('=').append(value).append(' ');
  }

  private static void add(StringBuilder line, String name, String value) {
    line.append(name).append('=').append(value).append(' ');
  }
}
