package dev.redistill.net;

import java.util.ArrayDeque;

/**
 * The replies of connections that had their turns one after the other on a carrier. As long as many
 * more are waiting for theirs, replies are held until there are several, and sent together: a
 * client that reads many connections is woken once for all, and not by each because it has gone to
 * sleep since the one before. With few connections nothing is held: the client would have nothing
 * to do while the server works, and then the server nothing.
 *
 * <p>Confined to the carrier's thread.
 */
final class Round {

  private static final int MOST = 16;
  private static final int WORTH_IT_FROM = 8;

  /* Each with the buffer that its replies are in. */
  private final ArrayDeque<Sender> senders = new ArrayDeque<>(MOST);
  private final ArrayDeque<OutputBuffer> buffers = new ArrayDeque<>(MOST);

  private final ArrayDeque<OutputBuffer> spare = new ArrayDeque<>(MOST);

  /** Whether replies are to be held while so many other connections are ready to have a turn. */
  boolean holds(int others) {
    return others >= WORTH_IT_FROM && !isFull();
  }

  boolean isFull() {
    return senders.size() == MOST;
  }

  /** Holds what one has in its buffer; answers a buffer for the next one. */
  OutputBuffer hold(Sender sender, OutputBuffer buffer) {
    senders.add(sender);
    buffers.add(buffer);
    OutputBuffer other = spare.poll();
    return other == null ? new OutputBuffer() : other;
  }

  /** Has all connections send what is held of them, in the order of their turns. */
  void send() {
    Sender sender;
    while ((sender = senders.poll()) != null) {
      spare.push(buffers.remove());
      sender.sendHeld();
    }
  }
}
