package dev.redistill.loadtest;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Clients that mean no good, all at once. Each kind comes from a thread of its own; what is
 * connected stays so until the server ends it, or {@link #close}.
 */
final class Storm implements AutoCloseable {
  /** The key that the clients which never read ask for; its value has a megabyte. */
  static final String LARGE = "storm:large";

  private static final int MEGABYTE = 1 << 20;
  private static final int GETS = 1000;
  private static final byte[] HALF = ascii("*2\r\n$3\r\nGET\r\n$100\r\nab");
  private static final byte[] HELLO = {22, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc, 3, 3, 0, 0, 0};
  private static final byte[] GET =
      ascii("*2\r\n$3\r\nGET\r\n$" + LARGE.length() + "\r\n" + LARGE + "\r\n");
  private static final byte[] DECLARED = ascii("*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$536870912\r\n");

  private final InetSocketAddress plain;
  private final InetSocketAddress tls;
  private final List<SocketChannel> connected = Collections.synchronizedList(new ArrayList<>());
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger resets = new AtomicInteger();

  /** How many there are of each kind. */
  record Size(int halves, int handshakes, int unread, int declared, int resets) {}

  Storm(InetSocketAddress plain, InetSocketAddress tls) {
    this.plain = plain;
    this.tls = tls;
  }

  void begin(Size size) {
    start("half requests", () -> each(size.halves(), plain, HALF, 1));
    start("stalled handshakes", () -> each(size.handshakes(), tls, HELLO, 1));
    start("never read", () -> each(size.unread(), plain, GET, GETS));
    start("declared", () -> declare(size.declared()));
    start("connect and reset", () -> reset(size.resets()));
  }

  private void start(String name, Runnable attack) {
    threads.add(Thread.ofPlatform().name(name).daemon().start(attack));
  }

  /** Waits for those that still connect or send. */
  void join(long millis) throws InterruptedException {
    for (Thread thread : threads) {
      thread.join(millis);
    }
  }

  int refused() {
    return refused.get();
  }

  int resets() {
    return resets.get();
  }

  private void each(int count, InetSocketAddress address, byte[] bytes, int times) {
    ByteBuffer input = ByteBuffer.allocateDirect(bytes.length * times);
    for (int i = 0; i < times; i++) {
      input.put(bytes);
    }
    input.flip();
    for (int i = 0; i < count; i++) {
      send(connect(address), input.duplicate());
    }
  }

  private void declare(int count) {
    ByteBuffer megabyte = ByteBuffer.allocateDirect(MEGABYTE);
    for (int i = 0; i < count; i++) {
      SocketChannel channel = connect(plain);
      send(channel, ByteBuffer.wrap(DECLARED));
      send(channel, megabyte.duplicate());
    }
  }

  private @Nullable SocketChannel connect(InetSocketAddress address) {
    try {
      SocketChannel channel = SocketChannel.open(address);
      connected.add(channel);
      return channel;
    } catch (IOException e) {
      refused.incrementAndGet();
      return null;
    }
  }

  /** Sends what the server takes; one that has closed takes nothing. */
  private void send(@Nullable SocketChannel channel, ByteBuffer bytes) {
    if (channel == null) {
      return;
    }
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      refused.incrementAndGet();
    }
  }

  private void reset(int count) {
    for (int i = 0; i < count; i++) {
      try (SocketChannel channel = SocketChannel.open(plain)) {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        resets.incrementAndGet();
      } catch (IOException e) {
        refused.incrementAndGet();
      }
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
  }

  /** Ends those that are still connected. */
  void end() throws IOException {
    for (SocketChannel channel : List.copyOf(connected)) {
      channel.close();
    }
  }

  @Override
  public void close() throws IOException {
    end();
  }
}
