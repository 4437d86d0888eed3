package dev.redistill.command;

import dev.redistill.resp.Push;
import dev.redistill.resp.ReplyWriter;
import dev.redistill.resp.RequestReader;
import dev.redistill.store.Database;
import dev.redistill.tracking.TrackingMode;
import dev.redistill.util.FieldHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The state of one client: who it is, what it has selected, and the transaction it may be in.
 * Written by its own connection's thread; other threads read it for CLIENT LIST and may set what is
 * volatile.
 */
public final class Session {

  /** Reasons for which a command does not simply run; none is set on the normal way. */
  static final int NOT_AUTHENTICATED = 1;

  static final int IN_TRANSACTION = 2;
  static final int SUBSCRIBED = 4;
  static final int MONITORING = 256;

  /** What is read has to be remembered, under the lock of its key. */
  static final int TRACKING = 8;

  /** CLIENT REPLY or CLIENT CACHING asks for something when a command has ended. */
  static final int SEQUEL = 16;

  /** The user may not do everything. */
  static final int RESTRICTED = 32;

  /** The user, or what it may do, is another since the last look; set by any thread. */
  static final int USER_CHANGED = 64;

  /** Requests of this turn, or their replies, may be large. */
  static final int LARGE = 128;

  /** Commands are queued, or may not be allowed. */
  static final int SPECIAL = IN_TRANSACTION | SUBSCRIBED | MONITORING | RESTRICTED;

  private static final int TIMED_ONE_IN = 8;
  private static final VarHandle GUARDS =
      FieldHandle.of(MethodHandles.lookup(), "guards", int.class);

  private final Services services;
  private final long id;
  private final Link link;
  private final RequestReader reader;
  private final ReplyWriter reply;
  private final Call call;
  private final Traffic traffic = new Traffic();
  private final long connectedAt;

  private int guards = USER_CHANGED;
  private int databaseIndex;
  private @Nullable Database database;
  private long swaps;
  private @Nullable Transaction transaction;
  private @Nullable WatchedKeys watched;
  private final Messaging messaging;
  private final Account account;
  private volatile String name = "";

  /** Written at every turn and read by others now and then, who may see it a moment late. */
  private long lastActive;

  private final Tally tally = new Tally();
  private int turns;
  private boolean noTouch;
  private boolean noEvict;
  private boolean closing;
  private Replies replies = Replies.ON;

  public Session(Services services, Link link, RequestReader reader, ReplyWriter reply) {
    this.services = services;
    this.link = link;
    this.reader = reader;
    this.reply = reply;
    id = services.sessions().nextId();
    connectedAt = services.clock().millis();
    lastActive = connectedAt;
    call = new Call(services, this, reply);
    messaging = new Messaging(services, this);
    account = new Account(services, this);
    account.reset();
  }

  /** Begins a turn: the requests that one read has brought run at this time. */
  public void startTurn(long now) {
    call.startTurn(now);
    lastActive = now;
    services.keyspace().clock().tick(now);
    if (reader.isLarge() != ((guards & LARGE) != 0)) {
      guard(LARGE, reader.isLarge());
    }
    if ((guards & TRACKING) != 0) {
      messaging.startTurn();
    }
  }

  /**
   * Whether this turn is one of those whose time is taken: the first, and then one in eight; each
   * while the latency monitor is on.
   */
  public boolean isTimed() {
    return isCounted() || services.statistics().latencyMonitor().isOn();
  }

  private boolean isCounted() {
    return (turns & TIMED_ONE_IN - 1) == 0;
  }

  /** Ends a turn: adds what it has counted to the totals; 0 if its time was not taken. */
  public void endTurn(long nanos) {
    int weight = turns == 0 ? 1 : TIMED_ONE_IN;
    long brief = tally.endTurn(nanos, isCounted() ? weight : 0);
    LoggedRuns.noteTurn(tally.latest(), this, brief);
    call.endTurn(reader.isLarge());
    turns++;
    services.tracking().settled();
    if ((guards & TRACKING) != 0) {
      messaging.endTurn();
    }
    messaging.letOthersHear();
  }

  /** Counts a run of a brief command. */
  void count(Command command) {
    traffic.commands++;
    tally.count(command);
  }

  /** A command begins that is measured by itself. */
  void begin(Command command) {
    traffic.commands++;
    tally.begin(command);
  }

  /** A command that was measured by itself has ended; it has also rested for a time. */
  void end(Command command, long nanos, long rested) {
    tally.end(command, nanos, rested);
  }

  /** Forgets everything that the client has asked for, as RESET does. */
  public void reset() {
    discardTransaction();
    messaging.unsubscribe();
    services.sessions().monitors().remove(this);
    subscribed();
    untrack();
    select(0);
    name = "";
    reply.resp3(false);
    replies(Replies.ON);
    noTouch = false;
    noEvict = false;
    account.reset();
  }

  /** Lets go of what the session holds elsewhere; its connection has ended. */
  public void end() {
    discardTransaction();
    messaging.end();
    services.sessions().monitors().remove(this);
    services.sessions().remove(this);
  }

  /** Selects a database by its number. */
  public void select(int index) {
    databaseIndex = index;
    database = null;
  }

  /** The selected database. */
  Database database() {
    Database selected = database;
    if (selected == null || swaps != services.keyspace().swaps()) {
      swaps = services.keyspace().swaps();
      selected = services.keyspace().database(databaseIndex);
      database = selected;
    }
    return selected;
  }

  /** Whether no databases have been exchanged since {@link #database} answered. */
  boolean isDatabaseCurrent() {
    return swaps == services.keyspace().swaps();
  }

  /** Says whether the client has proved who it is. */
  public void authenticated(boolean yes) {
    guard(NOT_AUTHENTICATED, !yes);
    reader.authenticated(yes);
  }

  public boolean isAuthenticated() {
    return (guards & NOT_AUTHENTICATED) == 0;
  }

  int guards() {
    return guards;
  }

  /** Sets a guard, or takes it away; safe from any thread. */
  void guard(int bit, boolean on) {
    int unused =
        on ? (int) GUARDS.getAndBitwiseOr(this, bit) : (int) GUARDS.getAndBitwiseAnd(this, ~bit);
  }

  /** The transaction between MULTI and EXEC, or null. */
  public @Nullable Transaction transaction() {
    return transaction;
  }

  public void beginTransaction() {
    transaction = new Transaction();
    guard(IN_TRANSACTION, true);
  }

  /** From here on the commands of the transaction run; they are queued no more. */
  void endQueueing() {
    guard(IN_TRANSACTION, false);
  }

  /** Ends the transaction, run or not, and forgets the watched keys. */
  public void discardTransaction() {
    transaction = null;
    guard(IN_TRANSACTION, false);
    unwatch();
  }

  /** The keys that WATCH has named. */
  public WatchedKeys watched() {
    if (watched == null) {
      watched = new WatchedKeys(services.keyspace());
    }
    return watched;
  }

  @Nullable WatchedKeys watchedIfAny() {
    return watched;
  }

  public void unwatch() {
    if (watched != null) {
      watched.forget();
      watched = null;
    }
  }

  /**
   * Sends the client a message that answers no request. May be called by any thread, whatever locks
   * it holds: it never waits. The message comes between replies, never inside one.
   */
  public void push(Push message) {
    messaging.push(message);
  }

  /** Who the client is. */
  public Account account() {
    return account;
  }

  /** Somebody has woken the connection: its messages may not be all that there is to see to. */
  public void woken() {
    if ((guards & USER_CHANGED) != 0) {
      account.refresh();
    }
  }

  /** What the client is told without having asked. */
  public Messaging messaging() {
    return messaging;
  }

  /** Subscriptions have begun or ended. */
  public void subscribed() {
    guard(SUBSCRIBED, messaging.isSubscriber());
  }

  /** Turns client-side caching on, or into another mode. */
  public void track(TrackingMode mode) {
    messaging.track(mode);
    guard(TRACKING, true);
  }

  /** Turns client-side caching off. */
  public void untrack() {
    messaging.untrack();
    guard(TRACKING, false);
  }

  /** CLIENT CACHING was called, which holds for the next command or transaction. */
  public void caching(boolean yes) {
    messaging.caching(yes);
    settleSequel();
  }

  /** Which replies the client wants. */
  public void replies(Replies wanted) {
    replies = wanted;
    settleSequel();
  }

  private void settleSequel() {
    guard(SEQUEL, replies != Replies.ON || messaging.isCaching());
  }

  public Replies replies() {
    return replies;
  }

  /** Closes the connection once the replies so far are sent. */
  public void closeAfterReply() {
    closing = true;
  }

  public boolean isClosing() {
    return closing;
  }

  public long id() {
    return id;
  }

  public Link link() {
    return link;
  }

  /** What waits on the connection; to other threads it is a guess while the connection works. */
  public long waitingBytes() {
    return requestBytes() + reader.spare() + messaging.outputBytes();
  }

  /** Bytes of requests that wait: one that is half-received, and queued commands. */
  public long requestBytes() {
    Transaction queued = transaction;
    return Math.max(0, link.queryBuffer()) + (queued == null ? 0 : queued.bytes());
  }

  public Traffic traffic() {
    return traffic;
  }

  public Call call() {
    return call;
  }

  public ReplyWriter reply() {
    return reply;
  }

  public int databaseIndex() {
    return databaseIndex;
  }

  /** When the client connected, in Unix milliseconds. */
  public long connectedAt() {
    return connectedAt;
  }

  /** When the client last sent something, in Unix milliseconds. */
  public long lastActive() {
    return lastActive;
  }

  public String name() {
    return name;
  }

  public void name(String text) {
    name = text;
  }

  /** The command that was sent last, queued or run, or null before the first one. */
  public @Nullable Command lastCommand() {
    Command queued = transaction == null ? null : transaction.latest();
    return queued == null ? tally.latest() : queued;
  }

  public boolean isNoTouch() {
    return noTouch;
  }

  public void noTouch(boolean yes) {
    noTouch = yes;
  }

  public boolean isNoEvict() {
    return noEvict;
  }

  public void noEvict(boolean yes) {
    noEvict = yes;
  }
}
