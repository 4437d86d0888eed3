package dev.redistill.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Comparator.comparingLong;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redistill.command.BlockedClients;
import dev.redistill.command.CommandTable;
import dev.redistill.command.Dispatcher;
import dev.redistill.command.Events;
import dev.redistill.command.KeyFigures;
import dev.redistill.command.Lifecycle;
import dev.redistill.command.Memory;
import dev.redistill.command.Pause;
import dev.redistill.command.Services;
import dev.redistill.command.Session;
import dev.redistill.command.Sessions;
import dev.redistill.command.Statistics;
import dev.redistill.commands.AccessGuard;
import dev.redistill.commands.AccessLists;
import dev.redistill.commands.CommandGroups;
import dev.redistill.config.Config;
import dev.redistill.config.ConfigLoader;
import dev.redistill.eviction.Evictor;
import dev.redistill.pubsub.PubSub;
import dev.redistill.snapshot.SnapshotFixture;
import dev.redistill.snapshot.Snapshots;
import dev.redistill.store.Keyspace;
import dev.redistill.tracking.Tracking;
import dev.redistill.util.Clock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections over real sockets, on carriers of our own and on the JDK's scheduler. */
@Timeout(60)
final class NetworkTest {

  @TempDir private Path directory;
  private final List<Network> networks = new ArrayList<>();
  private final Sessions sessions = new Sessions();

  private void start(String scheduler) throws IOException {
    ConfigLoader settings = new ConfigLoader();
    settings.readOption("port", List.of("0"));
    settings.readOption("unixsocket", List.of(directory.resolve("socket").toString()));
    settings.readOption("unixsocketperm", List.of("700"));
    settings.readOption("io-threads", List.of("2"));
    settings.readOption("carrier-scheduler", List.of(scheduler));
    assertThat(settings.check()).as(settings.problems()).isTrue();
    Config config = settings.config();
    Clock clock = Clock.system();
    Keyspace keyspace = new Keyspace(16, 16);
    CommandTable commands = new CommandTable(CommandGroups.all());
    Services services =
        new Services(
            config,
            keyspace,
            commands,
            sessions,
            new PubSub(),
            new Statistics(),
            new KeyFigures(config, keyspace),
            new Events(config, keyspace, (channel, message) -> {}),
            new Tracking(keyspace, sessions::messaging, () -> 0),
            new Snapshots(keyspace, clock, () -> SnapshotFixture.options(config), Runnable::run),
            new Memory(
                config, keyspace, sessions, new Evictor(keyspace, 42), clock, Long.MAX_VALUE),
            new Pause(clock),
            new BlockedClients(clock),
            AccessLists.open(config, commands),
            new AccessGuard(),
            clock,
            new Random(),
            new NoLifecycle());
    Network opened = new Network(services, new Dispatcher(services), null);
    networks.add(opened);
    opened.open();
    opened.start();
  }

  @AfterEach
  void stop() {
    networks.forEach(Network::close);
  }

  private SocketChannel connect() throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    channel.connect(UnixDomainSocketAddress.of(directory.resolve("socket")));
    return channel;
  }

  private static void send(SocketChannel channel, String bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes.getBytes(ISO_8859_1));
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  /** Reads so many bytes, or fewer if the connection ends before. */
  private static String receive(SocketChannel channel, int count) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(count);
    int got;
    do {
      got = channel.read(buffer);
    } while (buffer.hasRemaining() && got >= 0);
    return new String(buffer.array(), 0, buffer.position(), ISO_8859_1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"own", "jdk"})
  void pipelines_areAnsweredInOrder(String scheduler) throws IOException {
    start(scheduler);
    try (SocketChannel client = connect()) {
      StringBuilder requests = new StringBuilder();
      ByteArrayOutputStream expected = new ByteArrayOutputStream();
      for (int i = 0; i < 5000; i++) {
        requests.append("SET key" + i + " " + i + "\r\nGET key" + i + "\r\n");
        String number = Integer.toString(i);
        expected.writeBytes(
            ("+OK\r\n$" + number.length() + "\r\n" + number + "\r\n").getBytes(ISO_8859_1));
      }
      send(client, requests.toString());
      assertThat(receive(client, expected.size())).isEqualTo(expected.toString(ISO_8859_1));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"own", "jdk"})
  void aClientThatWritesEverythingBeforeItReads_isServed(String scheduler) throws IOException {
    start(scheduler);
    try (SocketChannel client = connect()) {
      String value = "x".repeat(1024);
      send(client, "SET a " + value + "\r\n");
      assertThat(receive(client, 5)).isEqualTo("+OK\r\n");
      int count = 50_000;
      send(client, "GET a\r\n".repeat(count));
      String reply = "$1024\r\n" + value + "\r\n";
      for (int i = 0; i < count; i++) {
        assertThat(receive(client, reply.length())).isEqualTo(reply);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"own", "jdk"})
  void counters_areExactUnderManyClients(String scheduler) throws Exception {
    start(scheduler);
    List<Thread> clients = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      clients.add(
          Thread.ofVirtual()
              .start(() -> {
                try (SocketChannel client = connect()) {
                  send(client, "INCR n\r\n".repeat(2000));
                  client.shutdownOutput();
                  assertThat(receive(client, 1 << 20).lines()).hasSize(2000);
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              }));
    }
    for (Thread client : clients) {
      client.join();
    }
    try (SocketChannel client = connect()) {
      send(client, "GET n\r\n");
      assertThat(receive(client, 11)).isEqualTo("$5\r\n40000\r\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"own", "jdk"})
  void aClientThatLeavesInTheMiddleOfARequest_isForgotten(String scheduler) throws Exception {
    start(scheduler);
    SocketChannel client = connect();
    send(client, "PING\r\n*2\r\n$3\r\nGET\r\n$10\r\nabc");
    assertThat(receive(client, 7)).isEqualTo("+PONG\r\n");
    client.close();
    while (sessions.count() > 0) {
      Thread.onSpinWait();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"own", "jdk"})
  void aConnectionThatWaits_canBeClosedAndFinishedByOthers(String scheduler) throws IOException {
    start(scheduler);
    for (boolean gently : new boolean[] {true, false}) {
      try (SocketChannel client = connect()) {
        send(client, "PING\r\n");
        assertThat(receive(client, 7)).isEqualTo("+PONG\r\n");
        /* The one before may still be listed: its client sees the end first. */
        Session session = Collections.max(sessions.all(), comparingLong(Session::id));
        if (gently) {
          session.link().finish();
        } else {
          session.link().close();
        }
        assertThat(receive(client, 1)).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"own", "jdk"})
  void theUnixSocket_hasItsPermissionsAndGoesWithTheServer(String scheduler) throws IOException {
    start(scheduler);
    Path socket = directory.resolve("socket");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
        .isEqualTo("rwx------");
    networks.forEach(Network::close);
    assertThat(socket).doesNotExist();
  }

  /** A server that nobody stops. */
  private static final class NoLifecycle implements Lifecycle {

    @Override
    public void shutdown() {}

    @Override
    public int port() {
      return 0;
    }

    @Override
    public String configFile() {
      return "";
    }

    @Override
    public String runId() {
      return "0".repeat(40);
    }

    @Override
    public long startedAt() {
      return 0;
    }
  }
}
