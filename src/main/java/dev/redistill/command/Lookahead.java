package dev.redistill.command;

import dev.redistill.resp.Request;
import dev.redistill.resp.RequestBatch;
import dev.redistill.store.Prefetch;
import dev.redistill.store.Probe;
import org.jspecify.annotations.Nullable;

/**
 * What can be known of a batch of requests before they run: their commands and the hashes of their
 * first keys. The entries of those keys are touched together, so that their cache misses overlap
 * instead of following one another. Reused.
 */
public final class Lookahead {

  private final @Nullable Command[] commands = new Command[RequestBatch.CAPACITY];
  private final boolean[] hasKey = new boolean[RequestBatch.CAPACITY];
  private final Probe[] probes = new Probe[RequestBatch.CAPACITY];
  private final Prefetch prefetch = new Prefetch(RequestBatch.CAPACITY);

  public Lookahead() {
    for (int i = 0; i < probes.length; i++) {
      probes[i] = new Probe();
    }
  }

  /** Looks at the requests of a batch. */
  public void prepare(Session session, RequestBatch batch) {
    CommandTable table = session.call().services().commands();
    int count = batch.count();
    prefetch.clear();
    for (int i = 0; i < count; i++) {
      Request request = batch.get(i);
      Command command = table.find(request);
      commands[i] = command;
      int place = command == null ? 0 : command.keys().first();
      hasKey[i] = place > 0 && place < request.count();
      if (hasKey[i]) {
        Probe probe = probes[i];
        probe.set(request.buffer(), request.offset(place), request.length(place));
        prefetch.add(probe);
      }
    }
    prefetch.touch(session.database());
  }

  /** Lets go of the keys. */
  public void forget() {
    for (Probe probe : probes) {
      probe.forget();
    }
  }

  /** The command that a request names. */
  @Nullable Command command(int place) {
    return commands[place];
  }

  /** The first key of a request. */
  @Nullable Probe key(int place) {
    return hasKey[place] ? probes[place] : null;
  }
}
