package dev.redistill.command;

import dev.redistill.resp.Request;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The commands between MULTI and EXEC. Confined to the session's connection. */
public final class Transaction {

  /** A command that waits for EXEC, with a copy of its request. */
  record Queued(Command command, Request request) {}

  private final List<Queued> queue = new ArrayList<>();
  private @Nullable Command latest;
  private boolean failed;
  private long bytes;

  void add(Command command, Request request) {
    queue.add(new Queued(command, request.copy()));
    bytes += request.size();
    latest = command;
  }

  /** EXEC has come. */
  void ends(Command exec) {
    latest = exec;
  }

  /** The last command that was queued, or the EXEC that runs them; null before the first one. */
  @Nullable Command latest() {
    return latest;
  }

  /** A command could not be queued: EXEC will refuse. */
  public void fail() {
    failed = true;
  }

  boolean isFailed() {
    return failed;
  }

  List<Queued> queue() {
    return queue;
  }

  /** Whether a queued command may change keys. */
  boolean writes() {
    return queue.stream().anyMatch(queued -> queued.command().is(Flag.WRITE));
  }

  /** Whether a queued command may take memory. */
  boolean grows() {
    return queue.stream().anyMatch(queued -> queued.command().grows());
  }

  /** The number of bytes of the arguments that wait for EXEC. */
  public long bytes() {
    return bytes;
  }

  /** The number of commands that wait for EXEC. */
  public int size() {
    return queue.size();
  }
}
