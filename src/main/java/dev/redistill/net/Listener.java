package dev.redistill.net;

import dev.redistill.command.Services;
import dev.redistill.config.Config;
import dev.redistill.config.Setting;
import dev.redistill.config.Settings;
import dev.redistill.resp.Ascii;
import dev.redistill.tls.Tls;
import dev.redistill.util.OncePerMinute;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Accepts the clients of one address on a platform thread of its own and hands them to the
 * carriers.
 */
final class Listener implements Runnable {

  private static final Logger LOG = System.getLogger(Listener.class.getName());
  private static final byte[] FULL = Ascii.bytes("-ERR max number of clients reached\r\n");
  private static final byte[] PROTECTED =
      Ascii.bytes(
          "-DENIED Redistill is running in protected mode: nobody needs a password here, so only"
              + " clients on the same machine are served. Set a password (requirepass, or ACL"
              + " SETUSER for the default user), or say by CONFIG SET protected-mode no that the"
              + " server is meant to be open to everybody who reaches it.\r\n");
  private static final long LONGEST_BREAK = 1_000_000_000;

  private static final String ALL_PERMISSIONS = "rwxrwxrwx";
  private static final int FIRST_PERMISSION = 0400;

  private final ServerSocketChannel server;
  private final Carriers carriers;
  private final Shared shared;
  private final Services services;
  private final @Nullable Tls tls;
  private final Pace pace = new Pace();
  private final OncePerMinute failures = new OncePerMinute();
  private long breakNanos;
  private final CountDownLatch ended = new CountDownLatch(1);
  private boolean started;

  private Listener(
      ServerSocketChannel server, Carriers carriers, Shared shared, @Nullable Tls tls) {
    this.server = server;
    this.carriers = carriers;
    this.shared = shared;
    services = shared.services();
    this.tls = tls;
  }

  static Listener tcp(
      InetSocketAddress address, Carriers carriers, Shared shared, @Nullable Tls tls)
      throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open();
    try {
      server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      server.bind(address, shared.services().config().integer(Settings.TCP_BACKLOG));
    } catch (IOException e) {
      server.close();
      throw e;
    }
    return new Listener(server, carriers, shared, tls);
  }

  static Listener unix(Path path, Carriers carriers, Shared shared) throws IOException {
    boolean unused = Files.deleteIfExists(path);
    Config config = shared.services().config();
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      server.bind(UnixDomainSocketAddress.of(path), config.integer(Settings.TCP_BACKLOG));
      permit(path, config.integer(Settings.UNIXSOCKETPERM));
    } catch (IOException e) {
      server.close();
      throw e;
    }
    return new Listener(server, carriers, shared, null);
  }

  /** Gives a file the permissions of a mode such as 0770; 0 leaves what it has. */
  private static void permit(Path path, int mode) throws IOException {
    if (mode == 0) {
      return;
    }
    StringBuilder text = new StringBuilder(ALL_PERMISSIONS);
    for (int i = 0; i < text.length(); i++) {
      if ((mode & FIRST_PERMISSION >> i) == 0) {
        text.setCharAt(i, '-');
      }
    }
    Set<PosixFilePermission> permissions = PosixFilePermissions.fromString(text.toString());
    Path unused = Files.setPosixFilePermissions(path, permissions);
  }

  /** The port that was bound, 0 for a Unix socket. */
  int port() throws IOException {
    return server.getLocalAddress() instanceof InetSocketAddress inet ? inet.getPort() : 0;
  }

  void start(String name) {
    started = true;
    Thread.ofPlatform().name(name).daemon().start(this);
  }

  /**
   * Stops to listen, and waits for the thread that accepts: until it has noticed, the system keeps
   * the address.
   */
  void close() {
    closeSocket();
    try {
      if (started && !ended.await(1, TimeUnit.SECONDS)) {
        LOG.log(Level.WARNING, "a listener does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void closeSocket() {
    try {
      if (server.isOpen() && server.getLocalAddress() instanceof UnixDomainSocketAddress unix) {
        boolean unused = Files.deleteIfExists(unix.getPath());
      }
      server.close();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "closing a listener failed", e);
    }
  }

  @Override
  public void run() {
    try {
      acceptAll();
    } finally {
      ended.countDown();
    }
  }

  private void acceptAll() {
    while (server.isOpen()) {
      try {
        keepPace();
        admit(server.accept());
        breakNanos = 0;
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException e) {
        backOff(e);
      }
    }
  }

  /** A storm of clients is let in slowly: those who are in are to notice little of it. */
  private void keepPace() {
    Setting most = tls == null ? Settings.MAX_CONNECTION_RATE : Settings.TLS_MAX_HANDSHAKE_RATE;
    long nanos = pace.nanosToWait(services.clock().nanos(), services.config().number(most));
    if (nanos > 0) {
      LockSupport.parkNanos(nanos);
    }
  }

  /**
   * Waits a little longer each time: there are no descriptors left, or the system has another
   * problem.
   */
  private void backOff(IOException e) {
    if (failures.isTime(services.clock().millis())) {
      LOG.log(Level.WARNING, "accepting clients failed, trying again: {0}", e.getMessage());
    }
    breakNanos = Math.min(Math.max(breakNanos * 2, 10_000_000), LONGEST_BREAK);
    LockSupport.parkNanos(breakNanos);
  }

  /** Whether another machine would get in without a password although the settings forbid it. */
  private boolean isUnprotected(SocketChannel channel) throws IOException {
    boolean certified =
        tls != null && services.config().text(Settings.TLS_AUTH_CLIENTS).equals("yes");
    return !certified
        && !services.acl().requiresLogin()
        && services.config().flag(Settings.PROTECTED_MODE)
        && channel.getRemoteAddress() instanceof InetSocketAddress remote
        && !remote.getAddress().isLoopbackAddress();
  }

  private void admit(SocketChannel channel) throws IOException {
    try {
      channel.configureBlocking(false);
      if (hasLeft(channel)) {
        services.statistics().connected();
        channel.close();
        return;
      }
      if (services.sessions().count() >= services.config().integer(Settings.MAXCLIENTS)) {
        refuse(channel, FULL);
        return;
      }
      if (isUnprotected(channel)) {
        refuse(channel, PROTECTED);
        return;
      }
      if (channel.getLocalAddress() instanceof InetSocketAddress) {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.setOption(
            StandardSocketOptions.SO_KEEPALIVE,
            services.config().integer(Settings.TCP_KEEPALIVE) > 0);
      }
      Carrier carrier = carriers.leastLoaded();
      Connection connection = new Connection(channel, carrier, shared, tls);
      services.statistics().connected();
      services.sessions().add(connection.session());
      carrier.start("client-" + connection.session().id(), connection);
    } catch (IOException e) {
      channel.close();
      LOG.log(Level.DEBUG, "client left before it was served: {0}", e.getMessage());
    }
  }

  /** Whether a client is gone already: in a storm of such no carrier is to be troubled. */
  private static boolean hasLeft(SocketChannel channel) throws IOException {
    return channel.getLocalAddress() instanceof InetSocketAddress
        && SystemCalls.areAvailable()
        && SystemCalls.isReset(SystemCalls.descriptor(channel));
  }

  /** One client too many. Without a handshake there are no words for one that wants TLS. */
  private void refuse(SocketChannel channel, byte[] reason) throws IOException {
    services.statistics().refused();
    if (tls == null) {
      int unused = channel.write(ByteBuffer.wrap(reason));
    }
    channel.close();
  }
}
