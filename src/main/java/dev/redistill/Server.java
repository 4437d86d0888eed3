package dev.redistill;

import dev.redistill.command.BlockedClients;
import dev.redistill.command.CommandTable;
import dev.redistill.command.Dispatcher;
import dev.redistill.command.Events;
import dev.redistill.command.KeyFigures;
import dev.redistill.command.Lifecycle;
import dev.redistill.command.Memory;
import dev.redistill.command.Pause;
import dev.redistill.command.Sampler;
import dev.redistill.command.Services;
import dev.redistill.command.Sessions;
import dev.redistill.command.Shutdown;
import dev.redistill.command.Statistics;
import dev.redistill.commands.AccessGuard;
import dev.redistill.commands.AccessLists;
import dev.redistill.commands.CommandGroups;
import dev.redistill.config.Config;
import dev.redistill.config.HeapPlan;
import dev.redistill.config.Setting;
import dev.redistill.config.Settings;
import dev.redistill.eviction.Evictor;
import dev.redistill.expiry.Expirer;
import dev.redistill.http.HttpPort;
import dev.redistill.net.Network;
import dev.redistill.pubsub.PubSub;
import dev.redistill.snapshot.Snapshots;
import dev.redistill.store.Keyspace;
import dev.redistill.tls.Tls;
import dev.redistill.tracking.Tracking;
import dev.redistill.util.Clock;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The server: builds all its parts, starts them in order and stops them in reverse. */
public final class Server implements Lifecycle {

  private static final Logger LOG = System.getLogger(Server.class.getName());
  private static final int RUN_ID_BYTES = 20;
  private static final long GRACE_NANOS = 1_000_000_000;
  private static final long GRACE_STEP_NANOS = 1_000_000;
  private static final long TICK_MILLIS = 100;

  private final Clock clock = Clock.system();
  private final Config config;
  private final String configFile;
  private final String runId;
  private final long startedAt = clock.millis();
  private final Sessions sessions = new Sessions();
  private final Expirer expirer;
  private final Sampler sampler;
  private final @Nullable Tls tls;
  private final Network network;
  private final Services services;
  private final Dispatcher dispatcher;
  private volatile @Nullable HttpPort http;
  private final Snapshots snapshots;
  private final Memory memory;
  private final Pause pause;
  private final Shutdown end;
  private final ScheduledExecutorService writer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("snapshot").daemon().factory());
  private final AtomicBoolean signalled = new AtomicBoolean();
  private final CountDownLatch stopping = new CountDownLatch(1);

  public Server(Config config, String configFile) throws IOException {
    this.config = config;
    this.configFile = configFile;
    SecureRandom chance = new SecureRandom();
    runId = newRunId(chance);
    Keyspace keyspace = newKeyspace(config);
    snapshots = new Snapshots(keyspace, clock, () -> SnapshotSettings.of(config), writer);
    pause = new Pause(clock);
    Evictor evictor = new Evictor(keyspace, chance.nextLong());
    memory = new Memory(config, keyspace, sessions, evictor, clock, HeapPlan.capacity());
    PubSub pubSub = new PubSub();
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
            new Events(config, keyspace, pubSub::publish),
            new Tracking(keyspace, sessions::messaging, this::mostTracked),
            snapshots,
            memory,
            pause,
            new BlockedClients(clock),
            AccessLists.open(config, commands),
            new AccessGuard(),
            clock,
            chance,
            this);
    connect();
    end = new Shutdown(services);
    expirer = new Expirer(keyspace, clock);
    sampler = new Sampler(services);
    tls = config.integer(Settings.TLS_PORT) == 0 ? null : new Tls(config, chance);
    dispatcher = new Dispatcher(services);
    network = new Network(services, dispatcher, tls);
  }

  /** Tells parts of each other that cannot know each other before. */
  private void connect() {
    memory.count(services.tracking()::footprint);
    snapshots.listen(this::noticeSnapshots);
    config.onChange(Settings.SAVE, this::noticeSnapshots);
    config.onChange(Settings.STOP_WRITES_ON_BGSAVE_ERROR, this::noticeSnapshots);
  }

  private long mostTracked() {
    return config.number(Settings.TRACKING_TABLE_MAX_KEYS);
  }

  private static Keyspace newKeyspace(Config config) {
    return new Keyspace(config.integer(Settings.DATABASES), config.integer(Settings.SHARDS));
  }

  private static String newRunId(SecureRandom chance) {
    byte[] id = new byte[RUN_ID_BYTES];
    chance.nextBytes(id);
    return HexFormat.of().formatHex(id);
  }

  private void noticeSnapshots() {
    pause.refuseWrites(snapshots.failed() && SnapshotSettings.failureStopsWrites(config));
  }

  /** Says how much memory there is for keys. */
  private static void logMemory(Config config) {
    long capacity = HeapPlan.capacity();
    long limit = config.bytes(Settings.MAXMEMORY);
    LOG.log(
        Level.INFO,
        "keys may take {0} MB ({1}); the heap can hold {2} MB, and there are {3} MB of memory",
        limit == 0 ? capacity >> 20 : limit >> 20,
        config.text(Settings.MAXMEMORY_POLICY),
        capacity >> 20,
        HeapPlan.machine() >> 20);
  }

  /** Opens the addresses: whoever connects has to wait. */
  public void open() throws IOException {
    logMemory(config);
    snapshots.prepare();
    network.open();
  }

  /** Begins to serve; if there are keys to load, most commands are refused until they are. */
  public void start() {
    if (!snapshots.isFound(config.flag(Settings.LOAD_PREVIOUS))) {
      snapshots.startEmpty();
    }
    pause.loading(!snapshots.isReady());
    network.start();
    Thread.ofPlatform().name("expirer").daemon().start(expirer);
    Thread.ofPlatform().name("sampler").daemon().start(sampler);
  }

  /** Begins to serve without keys, whether there is a file of them or not. */
  void startEmpty() {
    snapshots.startEmpty();
    start();
  }

  /** Opens the HTTP port, if there is to be one. */
  public void watch() throws IOException {
    http =
        HttpPort.open(
            services,
            dispatcher,
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("http-", 0).factory()));
  }

  /** Loads the keys, and from then on saves them. */
  public void load() throws IOException {
    snapshots.load(
        config.flag(Settings.LOAD_PREVIOUS),
        Thread.ofPlatform().name("loader-", 0).daemon().factory(),
        memory::admit);
    pause.loading(false);
    var unused =
        writer.scheduleWithFixedDelay(
            snapshots::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    network.kinds().forEach(kind -> LOG.log(Level.INFO, "Ready to accept connections {0}", kind));
  }

  /** Waits until somebody asks the server to stop. */
  public void awaitShutdown() throws InterruptedException {
    stopping.await();
  }

  /** Has the server stop by itself when somebody asks for it; answers the thread that waits. */
  Thread stopWhenAsked() {
    return Thread.ofPlatform()
        .name("end")
        .daemon()
        .start(() -> {
          try {
            awaitShutdown();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          boolean unused = stop();
        });
  }

  @Override
  public void shutdown() {
    stopping.countDown();
    snapshots.cancelLoading();
  }

  @Override
  public boolean isStopping() {
    return stopping.getCount() == 0;
  }

  /** Does what the settings say of a signal; a second one does not wait for that. */
  public void signalled(String name) {
    if (isStopping() || !signalled.compareAndSet(false, true)) {
      LOG.log(Level.WARNING, "Received SIG{0} again. Exiting now.", name);
      Runtime.getRuntime().halt(1);
    }
    LOG.log(Level.WARNING, "Received SIG{0} scheduling shutdown...", name);
    Setting setting =
        name.equals("INT") ? Settings.SHUTDOWN_ON_SIGINT : Settings.SHUTDOWN_ON_SIGTERM;
    List<String> actions = List.of(config.text(setting).split(" ", -1));
    boolean save = actions.contains("save") || (end.isToSave() && !actions.contains("nosave"));
    if (!end.begin(save, actions.contains("force"))) {
      LOG.log(
          Level.WARNING,
          "SIG{0} received but errors trying to shut down the server, check the logs for more"
              + " information",
          name);
      signalled.set(false);
    }
  }

  /** Gives its addresses back: it never was ready. */
  public void abandon() {
    network.close();
  }

  /**
   * Lets the commands in hand finish, for a second at most, ends all connections, and saves the
   * keys if that is wanted; answers whether that went well.
   */
  public boolean stop() {
    LOG.log(Level.INFO, "User requested shutdown...");
    network.finish();
    long deadline = clock.nanos() + GRACE_NANOS;
    while (sessions.count() > 0 && clock.nanos() < deadline) {
      LockSupport.parkNanos(GRACE_STEP_NANOS);
    }
    network.close();
    expirer.stop();
    sampler.stop();
    HttpPort watched = http;
    if (watched != null) {
      watched.close();
    }
    boolean saved = closeSnapshots();
    LOG.log(Level.INFO, "Redistill is now ready to exit, bye bye...");
    return saved;
  }

  private boolean closeSnapshots() {
    boolean unused = snapshots.cancel();
    writer.shutdown();
    try {
      boolean ended = writer.awaitTermination(1, TimeUnit.MINUTES);
      return ended && snapshots.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public int port() {
    return network.port();
  }

  @Override
  public @Nullable Instant certificateEnd() {
    return tls == null ? null : tls.certificateEnd();
  }

  @Override
  public String configFile() {
    return configFile;
  }

  @Override
  public String runId() {
    return runId;
  }

  @Override
  public long startedAt() {
    return startedAt;
  }
}
