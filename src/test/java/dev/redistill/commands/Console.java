package dev.redistill.commands;

import dev.redistill.auth.Acl;
import dev.redistill.command.BlockedClients;
import dev.redistill.command.CommandTable;
import dev.redistill.command.Dispatcher;
import dev.redistill.command.Events;
import dev.redistill.command.KeyFigures;
import dev.redistill.command.Lifecycle;
import dev.redistill.command.Link;
import dev.redistill.command.Memory;
import dev.redistill.command.Pause;
import dev.redistill.command.Services;
import dev.redistill.command.Session;
import dev.redistill.command.Sessions;
import dev.redistill.command.Statistics;
import dev.redistill.config.Config;
import dev.redistill.config.Settings;
import dev.redistill.eviction.Evictor;
import dev.redistill.pubsub.Outbox;
import dev.redistill.pubsub.PubSub;
import dev.redistill.resp.Ascii;
import dev.redistill.resp.ReplyWriter;
import dev.redistill.resp.Request;
import dev.redistill.resp.RequestReader;
import dev.redistill.snapshot.SnapshotFixture;
import dev.redistill.snapshot.Snapshots;
import dev.redistill.store.Keyspace;
import dev.redistill.tracking.Tracking;
import dev.redistill.util.ManualClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.LongSupplier;

/**
 * A client of a server without sockets: what it runs goes through the real dispatcher to the real
 * commands, under a clock that stands still. Each console made by {@link #Console()} has a server
 * of its own.
 */
public final class Console {

  private final Services services;
  private final Dispatcher dispatcher;
  private final ManualClock clock;
  private final FakeLifecycle lifecycle;
  private final FakeLink link = new FakeLink();
  private final PubSub pubSub = new PubSub();
  private final ReplyWriter reply = new ReplyWriter();
  private final List<String> events = new ArrayList<>();
  private final Session session;

  /** A client of a new server with the default settings. */
  public Console() {
    this(Config.defaults());
  }

  /** A client of a new server with these settings. */
  public Console(Config config) {
    clock = new ManualClock();
    lifecycle = new FakeLifecycle(clock.millis());
    Keyspace keyspace =
        new Keyspace(config.integer(Settings.DATABASES), config.integer(Settings.SHARDS));
    Sessions sessions = new Sessions();
    LongSupplier mostTracked = () -> config.number(Settings.TRACKING_TABLE_MAX_KEYS);
    Snapshots snapshots =
        new Snapshots(keyspace, clock, () -> SnapshotFixture.options(config), Runnable::run);
    CommandTable commands = new CommandTable(CommandGroups.all(), config.startNotes().renames());
    services =
        new Services(
            config,
            keyspace,
            commands,
            sessions,
            pubSub,
            new Statistics(),
            new KeyFigures(config, keyspace),
            new Events(config, keyspace, this::publish),
            new Tracking(keyspace, sessions::messaging, mostTracked),
            snapshots,
            new Memory(
                config, keyspace, sessions, new Evictor(keyspace, 42), clock, Long.MAX_VALUE),
            new Pause(clock),
            new BlockedClients(clock),
            accessList(config, commands),
            new AccessGuard(),
            clock,
            new Random(42),
            lifecycle);
    dispatcher = new Dispatcher(services);
    session = connect();
  }

  private static Acl accessList(Config config, CommandTable commands) {
    try {
      return AccessLists.open(config, commands);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Console(Console first) {
    clock = first.clock;
    lifecycle = first.lifecycle;
    services = first.services;
    dispatcher = first.dispatcher;
    session = connect();
  }

  private void publish(byte[] channel, byte[] message) {
    int unused = pubSub.publish(channel, message);
    events.add(
        Ascii.text(channel, 0, channel.length) + " " + Ascii.text(message, 0, message.length));
  }

  /** The keyspace events since the last time, as "channel message". */
  public List<String> takeEvents() {
    List<String> taken = List.copyOf(events);
    events.clear();
    return taken;
  }

  private Session connect() {
    RequestReader reader =
        new RequestReader(() -> services.config().number(Settings.PROTO_MAX_BULK_LEN));
    Session connected = new Session(services, link, reader, reply);
    services.sessions().add(connected);
    return connected;
  }

  /** Another client of the same server. */
  public Console other() {
    return new Console(this);
  }

  /** Runs a command, one byte per character; answers its reply as {@link ReplyText} shows it. */
  public String run(String... words) {
    return ReplyText.of(raw(words));
  }

  /** Runs a command of any bytes. */
  public String run(byte[]... words) {
    return ReplyText.of(raw(words));
  }

  /** Runs a command; answers the bytes of its reply, one character per byte. */
  public String raw(String... words) {
    byte[][] arguments = new byte[words.length][];
    for (int i = 0; i < words.length; i++) {
      arguments[i] = Ascii.bytes(words[i]);
    }
    return raw(arguments);
  }

  /** Runs a command of any bytes; answers the bytes of its reply, one character per byte. */
  public String raw(byte[]... words) {
    session.startTurn(clock.millis());
    dispatcher.dispatch(session, Request.of(words));
    session.endTurn(0);
    return takeReply();
  }

  /** The messages that have come since the last time without being replies, in their order. */
  public List<String> messages() {
    return ReplyText.all(rawMessages());
  }

  /** The bytes of the messages, one character per byte. */
  String rawMessages() {
    Outbox outbox = session.messaging().outboxIfAny();
    if (outbox != null) {
      outbox.moveTo(reply, Long.MAX_VALUE);
    }
    return takeReply();
  }

  private String takeReply() {
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(reply.pending()));
    reply.peek(bytes);
    reply.sent(bytes.position());
    return Ascii.text(bytes.array(), 0, bytes.position());
  }

  /** From now on replies come in RESP3. */
  public Console resp3() {
    reply.resp3(true);
    return this;
  }

  /** Moves the server's clock forward by so many milliseconds. */
  public Console advance(long millis) {
    clock.advance(millis);
    return this;
  }

  /** The server's time in Unix milliseconds. */
  public long now() {
    return clock.millis();
  }

  public ManualClock clock() {
    return clock;
  }

  public Services services() {
    return services;
  }

  public Dispatcher dispatcher() {
    return dispatcher;
  }

  public Session session() {
    return session;
  }

  /** Whether somebody has closed this client's connection. */
  public boolean isClosed() {
    return link.closed;
  }

  /** Whether a command has asked the server to stop. */
  public boolean isShutDown() {
    return lifecycle.shutDown;
  }

  /** A connection that nothing goes through. */
  private final class FakeLink implements Link {

    private boolean closed;

    @Override
    public void finish() {
      close();
    }

    @Override
    public void close() {
      closed = true;
    }

    @Override
    public void wake() {
      // Messages are taken when the test asks for them.
    }

    @Override
    public void letOthersRun() {
      // There is only one thread.
    }

    @Override
    public void sendReplies() {
      // They are taken when the test asks for them.
    }

    @Override
    public boolean rest(long nanos) {
      clock.advance(nanos / 1_000_000);
      return !closed;
    }

    @Override
    public String address() {
      return "127.0.0.1:50000";
    }

    @Override
    public String localAddress() {
      return "127.0.0.1:6379";
    }

    @Override
    public int descriptor() {
      return 8;
    }

    @Override
    public int queryBuffer() {
      return 0;
    }

    @Override
    public boolean isWaiting() {
      return true;
    }

    @Override
    public boolean isShakingHands() {
      return false;
    }

    @Override
    public long outputBuffer() {
      return 0;
    }
  }

  /** A server's life in which nothing happens. */
  private static final class FakeLifecycle implements Lifecycle {

    private final long startedAt;
    private boolean shutDown;

    FakeLifecycle(long startedAt) {
      this.startedAt = startedAt;
    }

    @Override
    public void shutdown() {
      shutDown = true;
    }

    @Override
    public int port() {
      return 6379;
    }

    @Override
    public String configFile() {
      return "";
    }

    @Override
    public String runId() {
      return "0123456789abcdef0123456789abcdef01234567";
    }

    @Override
    public long startedAt() {
      return startedAt;
    }
  }
}
