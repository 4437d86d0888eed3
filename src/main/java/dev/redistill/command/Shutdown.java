package dev.redistill.command;

import dev.redistill.snapshot.Snapshots;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** The end of the server, with a last snapshot or without one, as a client or a signal wants it. */
public final class Shutdown {

  private static final Logger LOG = System.getLogger(Shutdown.class.getName());
  private static final long FOREVER = Long.MAX_VALUE / 4;

  private final Services services;

  /** The end of the server that has these parts. */
  public Shutdown(Services services) {
    this.services = services;
  }

  /** Whether the settings want a snapshot at the end. */
  public boolean isToSave() {
    return !services.config().saveRules().isEmpty();
  }

  /**
   * Begins to end the server; answers false if it goes on because the keys cannot be saved.
   *
   * @param save whether to write a snapshot, unless the keys are only just being loaded
   * @param force whether to end even if that fails
   */
  public boolean begin(boolean save, boolean force) {
    boolean wanted = save && services.snapshots().isReady();
    boolean saved = wanted && saveNow();
    if (wanted && !saved && !force) {
      LOG.log(Level.WARNING, "no shutdown: the keys cannot be saved");
      return false;
    }
    services.snapshots().saveAtEnd(saved);
    services.lifecycle().shutdown();
    return true;
  }

  /**
   * Writes a snapshot behind which no client has written anything, and keeps it so if it went well;
   * answers whether it did.
   */
  private boolean saveNow() {
    Snapshots snapshots = services.snapshots();
    services.pause().begin(FOREVER, true);
    boolean unused = snapshots.cancel();
    CompletableFuture<Boolean> result = snapshots.beginNext();
    boolean good = result != null && await(result);
    if (!good) {
      services.pause().end();
    }
    return good;
  }

  /** Waits for a snapshot; answers whether it went well. */
  public static boolean await(CompletableFuture<Boolean> result) {
    try {
      return result.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
