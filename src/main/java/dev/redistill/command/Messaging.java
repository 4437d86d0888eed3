package dev.redistill.command;

import dev.redistill.config.OutputLimits;
import dev.redistill.pubsub.Outbox;
import dev.redistill.pubsub.Subscriptions;
import dev.redistill.resp.Push;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * What a session is told without having asked: what it has subscribed to, and the messages that
 * wait for it. Confined to the session's connection, but for {@link #push} and what may be guessed.
 */
public final class Messaging {

  private static final VarHandle OUTBOX;

  static {
    try {
      OUTBOX = MethodHandles.lookup().findVarHandle(Messaging.class, "outbox", Outbox.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Services services;
  private final Link link;
  private volatile @Nullable Outbox outbox;
  private @Nullable Subscriptions subscriptions;

  Messaging(Services services, Link link) {
    this.services = services;
    this.link = link;
  }

  void push(Push message) {
    outbox().put(message);
  }

  private Outbox outbox() {
    Outbox present = outbox;
    if (present != null) {
      return present;
    }
    Outbox made = new Outbox(link::wake, () -> outputLimit().hardBytes());
    Outbox other = (Outbox) OUTBOX.compareAndExchange(this, null, made);
    return other == null ? made : other;
  }

  /** Messages that wait to be sent, or null if there never was one. Safe from any thread. */
  public @Nullable Outbox outboxIfAny() {
    return outbox;
  }

  /** How much output may wait. To other threads it is a moment old. */
  public OutputLimits.Limit outputLimit() {
    OutputLimits limits = services.config().outputLimits();
    return isSubscriber() ? limits.subscriber() : limits.normal();
  }

  /** What the client has subscribed to. */
  public Subscriptions subscriptions() {
    if (subscriptions == null) {
      subscriptions = new Subscriptions(services.pubSub(), outbox());
    }
    return subscriptions;
  }

  /** Whether the client has subscribed to anything. To other threads it is a moment old. */
  public boolean isSubscriber() {
    return subscriptions != null && !subscriptions.isEmpty();
  }

  /** Ends all subscriptions. */
  void unsubscribe() {
    if (subscriptions != null) {
      subscriptions.clear();
    }
  }

  /** Takes no messages any more: the connection has ended. */
  void end() {
    unsubscribe();
    Outbox last = outbox;
    if (last != null) {
      last.breakDown();
    }
  }
}
