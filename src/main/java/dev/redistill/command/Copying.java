package dev.redistill.command;

import dev.redistill.pubsub.Outbox;
import dev.redistill.resp.Ascii;
import dev.redistill.resp.Push;
import dev.redistill.snapshot.Receiver;
import java.util.Arrays;

/**
 * What a client has said about the copy of all keys that it wants, as replicas of Redis do, and the
 * copy on its way. Written by the client's own connection; its bytes come from another thread.
 */
public final class Copying implements Receiver {

  private final Session session;
  private boolean knowsMarks;
  private boolean replica;
  private volatile boolean begun;
  private volatile boolean complete;

  Copying(Session session) {
    this.session = session;
  }

  /** It can find the end of the copy by a mark, and need not know its size before. */
  public void knowsMarks() {
    knowsMarks = true;
  }

  /** It wants to follow all changes from then on. */
  public void replica() {
    replica = true;
  }

  public boolean isReplica() {
    return replica;
  }

  /** From here on the client is told nothing but the copy. */
  public void begin() {
    begun = true;
    session.replies(Replies.OFF);
  }

  /** Whether the copy is on its way, or was sent. To other threads it is a moment old. */
  public boolean hasBegun() {
    return begun;
  }

  /** All of the copy was taken: the connection ends when it is sent. */
  public void end() {
    complete = true;
    session.link().wake();
  }

  /** Whether nothing more will be taken. */
  public boolean isComplete() {
    return complete;
  }

  /** Ends the connection: there will be no complete copy. */
  public void fail() {
    session.link().close();
  }

  @Override
  public String name() {
    return session.link().address();
  }

  @Override
  public boolean wantsSize() {
    return !knowsMarks;
  }

  @Override
  public void size(long bytes) {
    take(Ascii.bytes("$" + bytes + "\r\n"));
  }

  @Override
  public void take(byte[] bytes) {
    byte[] head = {bytes[0]};
    session.push(new Push(head, head, Arrays.copyOfRange(bytes, 1, bytes.length)));
  }

  @Override
  public long waiting() {
    Outbox outbox = session.messaging().outboxIfAny();
    if (outbox == null) {
      return 0;
    }
    return outbox.isBroken() ? -1 : outbox.bytes();
  }
}
