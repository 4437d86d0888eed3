package dev.redistill.net;

import dev.redistill.command.Dispatcher;
import dev.redistill.command.Memory;
import dev.redistill.command.Session;
import dev.redistill.resp.Budget;

/**
 * Makes room in the store for what a client is sending, as for what it stores: requests that are
 * under way count, and where nothing can be evicted for them they are answered with an error.
 */
final class InFlight implements Budget {

  private final Memory memory;
  private final Dispatcher dispatcher;
  private final Session session;
  private final ClientMemory.Share share;

  InFlight(Memory memory, Dispatcher dispatcher, Session session, ClientMemory.Share share) {
    this.memory = memory;
    this.dispatcher = dispatcher;
    this.session = session;
    this.share = share;
  }

  /** These bytes wait on the session already: its reader says what it wants before it asks. */
  @Override
  public boolean hasRoom(int bytes) {
    long more = session.waitingBytes() - share.held();
    if (more > 0) {
      if (!memory.takeWithin(more)) {
        return false;
      }
      share.took(more);
    }
    return true;
  }

  @Override
  public void refused() {
    dispatcher.outOfMemory(session);
  }
}
