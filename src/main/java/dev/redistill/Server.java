package dev.redistill;

import dev.redistill.command.CommandTable;
import dev.redistill.command.Dispatcher;
import dev.redistill.command.Lifecycle;
import dev.redistill.command.Pause;
import dev.redistill.command.Services;
import dev.redistill.command.Sessions;
import dev.redistill.command.Statistics;
import dev.redistill.commands.CommandGroups;
import dev.redistill.config.Config;
import dev.redistill.config.Settings;
import dev.redistill.expiry.Expirer;
import dev.redistill.net.Network;
import dev.redistill.store.Keyspace;
import dev.redistill.util.Clock;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.CountDownLatch;

/** The server: builds all its parts, starts them in order and stops them in reverse. */
public final class Server implements Lifecycle, AutoCloseable {

  private static final int RUN_ID_BYTES = 20;

  private final Clock clock = Clock.system();
  private final String configFile;
  private final String runId;
  private final long startedAt = clock.millis();
  private final Expirer expirer;
  private final Network network;
  private final CountDownLatch stopping = new CountDownLatch(1);

  public Server(Config config, String configFile) throws IOException {
    this.configFile = configFile;
    SecureRandom chance = new SecureRandom();
    byte[] id = new byte[RUN_ID_BYTES];
    chance.nextBytes(id);
    runId = HexFormat.of().formatHex(id);
    Keyspace keyspace =
        new Keyspace(config.integer(Settings.DATABASES), config.integer(Settings.SHARDS));
    Services services =
        new Services(
            config,
            keyspace,
            new CommandTable(CommandGroups.all()),
            new Sessions(),
            new Statistics(),
            new Pause(clock),
            clock,
            chance,
            this);
    expirer = new Expirer(keyspace, clock);
    network = new Network(services, new Dispatcher(services));
  }

  /** Opens the addresses and begins to serve. */
  public void start() throws IOException {
    network.open();
    network.start();
    Thread.ofPlatform().name("expirer").daemon().start(expirer);
  }

  /** Waits until somebody asks the server to stop. */
  public void awaitShutdown() throws InterruptedException {
    stopping.await();
  }

  @Override
  public void shutdown() {
    stopping.countDown();
  }

  @Override
  public void close() {
    network.close();
    expirer.stop();
  }

  @Override
  public int port() {
    return network.port();
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
