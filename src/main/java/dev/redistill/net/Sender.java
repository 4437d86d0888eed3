package dev.redistill.net;

import dev.redistill.command.Session;
import dev.redistill.config.Settings;
import dev.redistill.pubsub.Outbox;
import dev.redistill.resp.ReplyWriter;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.SelectionKey;
import org.jspecify.annotations.Nullable;

/**
 * The sending half of a connection: replies go out at the end of a turn or, when there are many of
 * them, before; for a moment they can be held to be sent together with those of others. What the
 * socket does not take waits for the next turn.
 */
final class Sender {

  private static final Logger LOG = System.getLogger(Sender.class.getName());
  private static final int SEND_FROM = 48 * 1024;
  private static final int MOST_ROUNDS = 16;

  /** After so many bytes the others have their turn, however much a client asks for at once. */
  private static final int FAIR_SHARE = 256 * 1024;

  private final Session session;
  private final ReplyWriter reply;
  private final Carrier carrier;

  /** Whether the socket took nothing more in this turn: it is not asked again before the next. */
  private boolean blocked;

  /** Bytes that were sent since others had their turn. */
  private int sentAtOnce;

  /** Where the replies of the last turn are, and where they go to, if they are held. */
  private @Nullable OutputBuffer held;

  private @Nullable Wire heldFor;

  Sender(Session session, ReplyWriter reply, Carrier carrier) {
    this.session = session;
    this.reply = reply;
    this.carrier = carrier;
  }

  /** A turn begins. */
  void begin(Buffers buffers) {
    sendHeld();
    reply.lend(buffers.out.array);
    blocked = false;
    sentAtOnce = 0;
  }

  /** A turn has ended. */
  void end() {
    if (held == null) {
      reply.giveBack();
    }
  }

  /**
   * What to wait for. Replies that wait do not keep us from reading: the client may be one that
   * writes first and reads later.
   */
  int wanted() {
    if (waiting() == 0) {
      return SelectionKey.OP_READ;
    }
    return session.isClosing()
        ? SelectionKey.OP_WRITE
        : SelectionKey.OP_READ | SelectionKey.OP_WRITE;
  }

  /** Bytes of replies that wait until the socket takes them. */
  long waiting() {
    return held == null ? reply.pending() : 0;
  }

  /** Sends all that a turn has brought, or holds it; answers whether the connection goes on. */
  boolean send(Wire wire, Buffers buffers) throws IOException {
    Outbox outbox = session.messaging().outboxIfAny();
    boolean isPlain = outbox == null && !blocked && !session.isClosing();
    if (isPlain && carrier.holds() && wire.mayHold(reply)) {
      held = buffers.out;
      heldFor = wire;
      buffers.out = carrier.hold(this, buffers.out);
      return true;
    }
    sendNow(wire, buffers);
    if (outbox != null) {
      sendMessages(wire, buffers, outbox);
    }
    boolean leaves = session.isClosing() || wire.isEnded();
    return !leaves || reply.pending() > 0 || wire.isBlocked();
  }

  /** Sends what is held, if anything is. Called by the thread of the carrier. */
  void sendHeld() {
    OutputBuffer buffer = held;
    Wire wire = heldFor;
    if (buffer == null || wire == null) {
      return;
    }
    held = null;
    heldFor = null;
    count(Math.max(0, wire.writeHeld(reply, buffer)));
    reply.giveBack();
    if (reply.pending() > 0) {
      wire.wake();
    }
  }

  /** Sends before the end of a turn what has become much. */
  void sendIfMany(Wire wire, Buffers buffers) throws IOException {
    if (reply.pending() >= SEND_FROM) {
      sendNow(wire, buffers);
    }
  }

  /** Sends what the socket takes in the middle of a command. */
  void sendWhatFits(Wire wire) {
    if (blocked) {
      return;
    }
    Buffers buffers = carrier.buffers().borrow();
    try {
      wire.flush();
      count(wire.writeCopy(reply, buffers));
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "{0} takes no replies: {1}", session.link().address(), e.getMessage());
    } finally {
      carrier.buffers().giveBack(buffers);
    }
  }

  /** Sends what the socket takes now. */
  private void sendNow(Wire wire, Buffers buffers) throws IOException {
    if (blocked) {
      checkLimit();
      return;
    }
    wire.flush();
    while (reply.pending() > 0) {
      int count = wire.write(reply, buffers);
      if (count == 0) {
        blocked = true;
        checkLimit();
        return;
      }
      count(count);
      sentAtOnce += count;
      if (sentAtOnce >= FAIR_SHARE) {
        sentAtOnce = 0;
        carrier.stepBack();
      }
    }
  }

  private void count(int bytes) {
    session.traffic().sent(bytes);
    reply.sent(bytes);
  }

  /** The client does not take what it is sent, which is not to become too much. */
  private void checkLimit() throws OverLimitException {
    long most = session.messaging().outputLimit().hardBytes();
    if (most > 0 && reply.pending() > most) {
      throw new OverLimitException(Settings.CLIENT_OUTPUT_BUFFER_LIMIT);
    }
  }

  /**
   * Sends messages that others have left for the client, until the socket takes no more or it is
   * time to let others run.
   */
  private void sendMessages(Wire wire, Buffers buffers, Outbox outbox) throws IOException {
    for (int i = 0; i < MOST_ROUNDS && reply.pending() == 0 && !session.isClosing(); i++) {
      if (outbox.isEmpty()) {
        break;
      }
      outbox.moveTo(reply, SEND_FROM);
      sendNow(wire, buffers);
    }
    outbox.left(reply.pending(), reply.pending() > 0);
    if (outbox.isBroken()) {
      throw new OverLimitException(Settings.CLIENT_OUTPUT_BUFFER_LIMIT);
    }
    if (reply.pending() == 0 && session.messaging().goesOn(outbox)) {
      wire.wake();
    }
  }
}
