package dev.redistill.command;

import dev.redistill.resp.ReplyWriter;
import dev.redistill.resp.Request;
import dev.redistill.store.Accesses;
import dev.redistill.store.Database;
import dev.redistill.store.Entry;
import dev.redistill.store.HashEdit;
import dev.redistill.store.HashValue;
import dev.redistill.store.Locks;
import dev.redistill.store.Lookup;
import dev.redistill.store.Probe;
import dev.redistill.store.SetValue;
import dev.redistill.store.Text;
import org.jspecify.annotations.Nullable;

/**
 * One run of a command as its handler sees it: the request, what the dispatcher has looked up for
 * it, and where the reply goes. Each session has one and reuses it. Confined to the session's
 * connection.
 */
public final class Call {

  private static final int SPREAD = 0x9E3779B9;

  final Lookup lookup = new Lookup();
  final Locks locks = new Locks();
  private final Services services;
  private final Session session;
  private final ReplyWriter reply;
  private final Arguments arguments = new Arguments();
  private final Probe ownKey = new Probe();
  private final Probe other = new Probe();
  private final HashEdit edit;
  private Request request = new Request();
  private Probe key = ownKey;
  private boolean keyIsSet;
  private Database database;
  private long now;
  private int events;
  private int accesses;
  private int unsampled = Integer.MAX_VALUE;
  private int recency;

  /**
   * How many keys may still be used until {@link KeyFigures} learn of one, and what it stands for.
   */
  private int left;

  private int weight = 1;
  private long rested;

  Call(Services services, Session session, ReplyWriter reply) {
    this.services = services;
    this.session = session;
    this.reply = reply;
    reply.whenLarge(() -> session.guard(Session.LARGE, true));
    this.database = services.keyspace().database(0);
    edit = new HashEdit(database, ownKey, null, 0);
    recency = (int) session.id() * SPREAD | 1;
    draw();
  }

  /** Begins a call; its first key may be known already. */
  void start(Request newRequest, @Nullable Probe firstKey) {
    request = newRequest;
    arguments.start(newRequest);
    keyIsSet = firstKey != null;
    key = firstKey == null ? ownKey : firstKey;
  }

  /** Begins a turn at this time. */
  void startTurn(long millis) {
    now = millis;
    noticeSettings();
  }

  /** Looks again at the settings that hold for a whole turn, because this call has changed some. */
  public void noticeSettings() {
    events = services.events().wanted();
    accesses = services.keyspace().accesses().kind();
    unsampled = services.keyspace().unsampled() & Integer.MAX_VALUE;
  }

  /** Ends a turn: keeps no hold of a value, nor of what was received if that was much. */
  void endTurn(boolean large) {
    lookup.clear();
    edit.forget();
    if (large) {
      ownKey.forget();
      other.forget();
    }
  }

  /** The command has waited for so long, which does not count as its run. */
  void rested(long nanos) {
    rested += nanos;
  }

  long takeRested() {
    long nanos = rested;
    rested = 0;
    return nanos;
  }

  void database(Database selected) {
    database = selected;
  }

  /** The request, for arguments at known places. */
  public Request request() {
    return request;
  }

  /** The arguments from the first one behind the command's name, or where they were left. */
  public Arguments arguments() {
    return arguments;
  }

  public ReplyWriter reply() {
    return reply;
  }

  public Session session() {
    return session;
  }

  public Services services() {
    return services;
  }

  /** The selected database. */
  public Database database() {
    return database;
  }

  /** The time of this batch of requests in Unix milliseconds. */
  public long now() {
    return now;
  }

  /** The first key of the command. */
  public Probe key() {
    return key;
  }

  /** Begins to change the hash of the first key. */
  public HashEdit edit() {
    edit.begin(database, key, entry(), now);
    return edit;
  }

  /** The live entry of the first key. */
  public @Nullable Entry entry() {
    return lookup.entry();
  }

  /** The value of the first key, as it was when it was looked up. */
  public @Nullable Object value() {
    return lookup.value();
  }

  /** The value of the first key if it is a string; anything else is an error. */
  public @Nullable Object text() {
    return text(lookup.value());
  }

  /** A value if it is a string; anything else is an error. */
  public static @Nullable Object text(@Nullable Object value) {
    if (value != null && !Text.isText(value)) {
      throw CommandException.WRONG_TYPE;
    }
    return value;
  }

  /** The value of the first key if it is a hash, one without fields if it is missing. */
  public HashValue hash() {
    Object value = lookup.value();
    if (value == null) {
      return HashValue.EMPTY;
    }
    if (value instanceof HashValue hash) {
      return hash;
    }
    throw CommandException.WRONG_TYPE;
  }

  /** The value of the first key if it is a set, one without members if it is missing. */
  public SetValue set() {
    return set(lookup.value());
  }

  /** A value if it is a set, a set without members for none; anything else is an error. */
  public static SetValue set(@Nullable Object value) {
    if (value == null) {
      return SetValue.EMPTY;
    }
    if (value instanceof SetValue set) {
      return set;
    }
    throw CommandException.WRONG_TYPE;
  }

  /** A copy of an argument. */
  public byte[] bytes(int place) {
    return request.bytes(place);
  }

  /** A probe for the key at a place; it holds until the next one. */
  public Probe probe(int place) {
    return other.set(request.buffer(), request.offset(place), request.length(place));
  }

  Probe firstKey(int place) {
    if (!keyIsSet) {
      key.set(request.buffer(), request.offset(place), request.length(place));
      keyIsSet = true;
    }
    return key;
  }

  /**
   * Publishes an event of the first key if somebody asks for it, under the lock of its shard and
   * after the change. Costs one branch if nobody does.
   *
   * @param eventClass the class that the event belongs to
   * @param event its name, as Redis has it
   */
  public void event(EventClass eventClass, String event) {
    event(eventClass, event, key);
  }

  /** Publishes an event of a key of the selected database if somebody asks for it. */
  public void event(EventClass eventClass, String event, Probe about) {
    event(eventClass, event, about, session.databaseIndex());
  }

  /** Publishes an event of a key of any database if somebody asks for it. */
  public void event(EventClass eventClass, String event, Probe about, int databaseIndex) {
    if (events != 0 && (events & eventClass.bit()) != 0) {
      services.events().publish(event, about.copy(), databaseIndex);
    }
  }

  /** Looks up the live entry of the key at a place, under its lock. */
  public @Nullable Entry find(int place) {
    return database.find(probe(place), now);
  }

  /** Looks a key up to read it, under its lock: counts a hit or a miss and stamps the access. */
  public @Nullable Entry read(int place) {
    Entry entry = find(place);
    countRead(other, entry);
    return entry;
  }

  /** Looks a key up under its lock to see whether it is there, which is no use of it. */
  public @Nullable Entry peek(int place) {
    Entry entry = find(place);
    count(other, entry);
    return entry;
  }

  /** Counts a lookup of the first key to read it as a hit or a miss and stamps the access. */
  public void countRead() {
    countRead(key, lookup.entry());
  }

  private void countRead(Probe about, @Nullable Entry entry) {
    count(about, entry);
    if (entry != null) {
      touch(entry);
    }
  }

  /** Counts a lookup of the first key that has found this. */
  void countLookup(@Nullable Entry entry) {
    countLookup(key, entry);
  }

  private void countLookup(Probe about, @Nullable Entry entry) {
    session.traffic().lookup(entry != null);
    /* One branch for both: whether the key is one that is followed, and whether it is time for a sample. */
    if (((about.hash() & unsampled) - 1 | --left) < 0) {
      sample(about, entry);
    }
  }

  private void sample(Probe about, @Nullable Entry entry) {
    if ((about.hash() & services.keyspace().unsampled()) == 0) {
      services.keyspace().samples().looked(about.hash(), entry);
    }
    if (left < 0) {
      services.keyFigures().looked(session.databaseIndex(), about, entry, weight);
      draw();
    }
  }

  /** Counts that a command which may change the first key runs on it. */
  void countWrite() {
    if (--left < 0) {
      services.keyFigures().written(session.databaseIndex(), key, weight);
      draw();
    }
  }

  /** Draws when the next use of a key is told of. */
  private void draw() {
    weight = services.keyFigures().interval();
    left = (random() & Integer.MAX_VALUE) % (2 * weight - 1);
  }

  private void count(Probe about, @Nullable Entry entry) {
    countLookup(about, entry);
    if (entry == null) {
      event(EventClass.MISS, "keymiss", about);
    }
  }

  /**
   * Stamps the access to an entry: always when its stamp is old, else about one time in {@value
   * Accesses#ONE_IN}, so that keys in demand are seldom written to.
   */
  public void touch(Entry entry) {
    int second = services.keyspace().clock().second();
    if (accesses != Accesses.STAMPED && !session.isNoTouch()) {
      services.keyspace().accesses().used(entry, second, random());
    }
    int age = entry.idle(second);
    if (age == 0 || accesses == Accesses.UNSEEN || session.isNoTouch()) {
      return;
    }
    if (age >= Accesses.SURE_AFTER_SECONDS || chance()) {
      entry.stamp(second);
    }
  }

  /** Records an access to an entry for certain. */
  public void use(Entry entry) {
    touch(entry);
    entry.stamp(services.keyspace().clock().second());
  }

  private boolean chance() {
    return (random() & Accesses.ONE_IN - 1) == 0;
  }

  private int random() {
    recency ^= recency << 13;
    recency ^= recency >>> 17;
    recency ^= recency << 5;
    return recency;
  }
}
