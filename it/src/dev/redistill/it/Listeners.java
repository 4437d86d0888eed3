package dev.redistill.it;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/**
 * Many subscribers of one channel that read whatever comes in one thread and compare it, byte for
 * byte, with the numbered messages of one publisher.
 */
final class Listeners implements AutoCloseable {
  private static final String CHANNEL = "c";
  private static final int DIGITS = 10;

  private final String padding;
  private final Selector selector = Selector.open();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 18);
  private final byte[] chunk = new byte[1 << 18];
  private final long total;
  private int unfinished;

  /** One subscriber: how far it is in the stream of bytes that it has to get. */
  private final class Listener {
    private final byte[] message = Wire.bytes(expected(0));
    private long position;

    private void take(int count) {
      int at = 0;
      while (at < count) {
        int offset = (int) (position % message.length);
        if (offset == 0) {
          number(position / message.length);
        }
        int length = Math.min(count - at, message.length - offset);
        if (!Arrays.equals(message, offset, offset + length, chunk, at, at + length)) {
          throw new AssertionError(
              "instead of message "
                  + position / message.length
                  + ": "
                  + Wire.escape(
                      new String(chunk, at, length, java.nio.charset.StandardCharsets.ISO_8859_1)));
        }
        at += length;
        position += length;
      }
    }

    private void number(long value) {
      long left = value;
      int end = message.length - 2 - padding.length();
      for (int i = 1; i <= DIGITS; i++) {
        message[end - i] = (byte) ('0' + left % 10);
        left /= 10;
      }
    }

    private boolean isFinished() {
      return position == total * message.length;
    }
  }

  /**
   * Subscribers that have to get so many messages.
   *
   * @param padding how many bytes each message has besides its number
   */
  Listeners(int port, int count, long total, int padding) throws IOException {
    this.total = total;
    this.padding = "x".repeat(padding);
    for (int i = 0; i < count; i++) {
      SocketChannel channel =
          SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      ByteBuffer request = ByteBuffer.wrap(Wire.bytes(Wire.request("SUBSCRIBE", CHANNEL)));
      while (request.hasRemaining()) {
        channel.write(request);
      }
      ByteBuffer confirmation =
          ByteBuffer.allocate("*3\r\n$9\r\nsubscribe\r\n$1\r\nc\r\n:1\r\n".length());
      while (confirmation.hasRemaining() && channel.read(confirmation) >= 0) {
        // Reads all of it.
      }
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ, new Listener());
      unfinished++;
    }
  }

  /** The request that publishes a message. */
  String publish(long number) {
    return Wire.request("PUBLISH", CHANNEL, text(number));
  }

  private String text(long number) {
    return ("%0" + DIGITS + "d").formatted(number) + padding;
  }

  private String expected(long number) {
    String text = text(number);
    return "*3\r\n$7\r\nmessage\r\n$1\r\nc\r\n$" + text.length() + "\r\n" + text + "\r\n";
  }

  /** Reads until every subscriber has got every message, in order and nothing else. */
  void run(Duration patience) throws IOException {
    Instant end = Instant.now().plus(patience);
    while (unfinished > 0) {
      if (Instant.now().isAfter(end)) {
        throw new AssertionError(unfinished + " subscribers have not got everything");
      }
      selector.select(this::read, 100);
    }
  }

  private void read(SelectionKey key) {
    Listener listener = (Listener) key.attachment();
    try {
      int count = ((SocketChannel) key.channel()).read(buffer.clear());
      if (count < 0) {
        throw new AssertionError("closed at byte " + listener.position);
      }
      buffer.flip().get(chunk, 0, count);
      listener.take(count);
    } catch (IOException e) {
      throw new AssertionError("closed at byte " + listener.position, e);
    }
    if (listener.isFinished()) {
      key.cancel();
      unfinished--;
    }
  }

  @Override
  public void close() throws IOException {
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
  }
}
