package dev.redistill.command;

import dev.redistill.config.OutputLimits;
import dev.redistill.pubsub.Interest;
import dev.redistill.pubsub.Kind;
import dev.redistill.pubsub.Outbox;
import dev.redistill.pubsub.Subscriptions;
import dev.redistill.resp.Push;
import dev.redistill.tracking.Client;
import dev.redistill.tracking.Tracker;
import dev.redistill.tracking.TrackingMode;
import dev.redistill.util.FieldHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * What a session is told without having asked: what it has subscribed to, and the messages that
 * wait for it. Confined to the session's connection, but for {@link #push} and what may be guessed.
 */
public final class Messaging implements Client, Interest {

  private static final VarHandle OUTBOX =
      FieldHandle.of(MethodHandles.lookup(), "outbox", Outbox.class);

  private final Services services;
  private final Session session;
  private int told;
  private volatile @Nullable Outbox outbox;
  private volatile @Nullable Tracker tracker;
  private @Nullable Subscriptions subscriptions;
  private volatile @Nullable Copying copying;

  /** Since when more waits than the soft limit allows, 0 if it does not; the watchdog's. */
  private long overSoftLimitSince;

  Messaging(Services services, Session session) {
    this.services = services;
    this.session = session;
  }

  @Override
  public long id() {
    return session.id();
  }

  @Override
  public boolean isResp3() {
    return session.reply().isResp3();
  }

  @Override
  public void push(Push message) {
    outbox().put(message);
  }

  @Override
  public void pushToSubscriber(Push message) {
    boolean unused = outbox().put(message, this);
  }

  private Outbox outbox() {
    Outbox present = outbox;
    if (present != null) {
      return present;
    }
    Outbox made = new Outbox(session.link()::wake, () -> outputLimit().hardBytes());
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
    if (isCopying()) {
      return limits.replica();
    }
    return isSubscriber() ? limits.subscriber() : limits.normal();
  }

  @Override
  public boolean isLive() {
    return isSubscriber();
  }

  /**
   * Whether more waits than the soft limit allows, and has for longer than it allows. To be asked
   * time and again by one thread.
   */
  public boolean isOverSoftLimit(long bytes, long now) {
    OutputLimits.Limit limit = outputLimit();
    if (limit.softBytes() == 0 || bytes <= limit.softBytes()) {
      overSoftLimitSince = 0;
      return false;
    }
    if (overSoftLimitSince == 0) {
      overSoftLimitSince = now;
    }
    return now - overSoftLimitSince > limit.softSeconds() * 1000;
  }

  /** How many channels or patterns the client has subscribed to. */
  public int count(Kind kind) {
    return subscriptions == null ? 0 : subscriptions.count(kind);
  }

  /** What the client has subscribed to. */
  public Subscriptions subscriptions() {
    if (subscriptions == null) {
      subscriptions = new Subscriptions(services.pubSub(), outbox());
    }
    return subscriptions;
  }

  /** Whether the client has subscribed to anything. To other threads it is a moment old. */
  @Override
  public boolean isSubscriber() {
    return subscriptions != null && !subscriptions.isEmpty();
  }

  /** Whether messages come where replies are expected, as RESP2 does not tell them apart. */
  public boolean isInSubscriberMode() {
    return isSubscriber() && !isResp3();
  }

  /** What the client has said about a copy of all keys. */
  public Copying copying() {
    Copying present = copying;
    if (present == null) {
      present = new Copying(session);
      copying = present;
    }
    return present;
  }

  /** Whether the client gets a copy of all keys. To other threads it is a moment old. */
  public boolean isCopying() {
    Copying present = copying;
    return present != null && present.hasBegun();
  }

  /** Whether the client got a copy of all keys, behind which nothing comes. */
  public boolean isCopied() {
    Copying present = copying;
    return present != null && present.isComplete();
  }

  /**
   * Whether more waits in the outbox when all so far is sent; if that was the end of a copy, the
   * connection ends. Asked by the connection.
   */
  public boolean goesOn(Outbox waiting) {
    boolean last = isCopied();
    boolean more = !waiting.isEmpty();
    if (last && !more) {
      session.closeAfterReply();
    }
    return more;
  }

  /** Bytes of replies and messages that wait to be sent; to other threads a guess. */
  public long outputBytes() {
    Outbox waiting = outbox;
    return waiting == null ? Math.max(0, session.link().outputBuffer()) : waiting.bytes();
  }

  void track(TrackingMode mode) {
    tracker = services.tracking().start(this, tracker, mode);
  }

  void untrack() {
    Tracker last = tracker;
    if (last != null) {
      tracker = null;
      services.tracking().stop(last);
    }
  }

  /** What the client has asked for with CLIENT TRACKING, or null if it does not track. */
  public @Nullable Tracker tracker() {
    return tracker;
  }

  /** Begins a turn of a client that tracks. */
  void startTurn() {
    Tracker present = tracker;
    if (present != null) {
      services.tracking().enter(present);
    }
  }

  /** Ends a turn of a client that tracks. */
  void endTurn() {
    services.tracking().limit();
    services.tracking().leave();
  }

  /** Those who keep copies of what has just changed hear of it before the client goes on. */
  void letOthersHear() {
    int now = services.tracking().told();
    if (now != told) {
      told = now;
      session.link().letOthersRun();
    }
  }

  void caching(boolean yes) {
    Tracker present = tracker;
    if (present != null) {
      present.caching(yes);
    }
  }

  boolean isCaching() {
    Tracker present = tracker;
    return present != null && present.isCaching();
  }

  /** Ends all subscriptions. */
  void unsubscribe() {
    if (subscriptions != null) {
      subscriptions.clear();
    }
  }

  /** Takes no messages any more: the connection has ended. */
  void end() {
    untrack();
    unsubscribe();
    Outbox last = outbox;
    if (last != null) {
      last.breakDown();
    }
  }
}
