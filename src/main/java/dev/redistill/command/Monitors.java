package dev.redistill.command;

import dev.redistill.resp.Ascii;
import dev.redistill.resp.Printable;
import dev.redistill.resp.Push;
import dev.redistill.resp.Request;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/** The clients that are shown each command that runs, as they asked by MONITOR. */
public final class Monitors {

  private static final int LONGEST_ARGUMENT = 1024 * 1024;
  private static final byte[] HEAD = {'+'};

  private final List<Session> watching = new CopyOnWriteArrayList<>();
  private volatile Runnable onChange = () -> {};

  /** Calls this whenever the first client has come or the last one has gone, or others have. */
  void onChange(Runnable listener) {
    onChange = listener;
  }

  /**
   * From here on a client is shown what runs; its own reply goes out before. Answers whether it was
   * not before.
   */
  public boolean add(Session session) {
    if (watching.contains(session)) {
      return false;
    }
    watching.add(session);
    session.guard(Session.MONITORING, true);
    onChange.run();
    return true;
  }

  /** A client wants to be shown nothing more, or has gone. */
  void remove(Session session) {
    if (!watching.isEmpty() && watching.remove(session)) {
      session.guard(Session.MONITORING, false);
      onChange.run();
    }
  }

  /** Whether a client is shown what runs. */
  public boolean contains(Session session) {
    return watching.contains(session);
  }

  boolean isEmpty() {
    return watching.isEmpty();
  }

  /** Shows a command that has run; those for administrators are nobody else's business. */
  void show(Command command, Session session, Request request) {
    if (watching.isEmpty() || command.is(Flag.ADMIN) || command.is(Flag.SKIP_MONITOR)) {
      return;
    }
    Push line = new Push(HEAD, HEAD, Ascii.bytes(line(command, session, request)));
    watching.forEach(monitor -> monitor.push(line));
  }

  private static String line(Command command, Session session, Request request) {
    long micros = session.call().services().clock().micros();
    StringBuilder line = new StringBuilder();
    line.append(
        String.format(
            Locale.ROOT,
            "%d.%06d [%d %s]",
            micros / 1_000_000,
            micros % 1_000_000,
            session.databaseIndex(),
            address(session.link().address())));
    for (int place = 0; place < request.count(); place++) {
      byte[] argument = Redaction.shown(command, request, place, LONGEST_ARGUMENT);
      line.append(' ').append(Printable.quoted(argument));
    }
    return line.append("\r\n").toString();
  }

  private static String address(String address) {
    return address.startsWith("/")
        ? "unix:" + address.substring(0, address.lastIndexOf(':'))
        : address;
  }
}
