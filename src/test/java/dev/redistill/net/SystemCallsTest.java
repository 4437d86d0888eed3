package dev.redistill.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class SystemCallsTest {

  private final byte[] array = new byte[64];
  private ServerSocketChannel listener;
  private SocketChannel near;
  private SocketChannel far;

  @BeforeEach
  void connect() throws Exception {
    SystemCalls.load();
    assumeTrue(Runtime.version().feature() >= 22, "the foreign-function interface is not there");
    listener = ServerSocketChannel.open();
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    near = SocketChannel.open(listener.getLocalAddress());
    far = listener.accept();
  }

  @AfterEach
  void close() throws Exception {
    if (listener != null) {
      listener.close();
      near.close();
      far.close();
    }
  }

  @Test
  void theJdkHasThem() {
    assertThat(SystemCalls.areAvailable()).isTrue();
  }

  @Test
  void send_writesFromTheFrontOfTheArray() throws Exception {
    byte[] bytes = "hello, world".getBytes(StandardCharsets.US_ASCII);

    int count = SystemCalls.send(SystemCalls.descriptor(near), SystemCalls.segment(bytes), 5);

    ByteBuffer received = ByteBuffer.allocate(64);
    far.read(received);
    assertThat(count).isEqualTo(5);
    assertThat(new String(received.array(), 0, received.position(), StandardCharsets.US_ASCII))
        .isEqualTo("hello");
  }

  @Test
  void receive_readsToTheFrontOfTheArray() throws Exception {
    far.write(ByteBuffer.wrap("hello".getBytes(StandardCharsets.US_ASCII)));

    int count = receive();

    assertThat(count).isEqualTo(5);
    assertThat(new String(array, 0, 5, StandardCharsets.US_ASCII)).isEqualTo("hello");
  }

  @Test
  void receive_isZeroAtTheEnd() throws Exception {
    far.close();

    assertThat(receive()).isZero();
  }

  @Test
  void receive_isNegativeWhenNothingIsThere() throws Exception {
    near.configureBlocking(false);

    assertThat(receive()).isNegative();
  }

  @Test
  void send_isNegativeWhenTheOtherSideIsGone() throws Exception {
    far.close();
    int descriptor = SystemCalls.descriptor(near);
    int count = 0;
    for (int i = 0; i < 1000 && count >= 0; i++) {
      count = SystemCalls.send(descriptor, SystemCalls.segment(array), array.length);
    }

    assertThat(count).isNegative();
  }

  @Test
  void isReset_onlyWhenNothingCanBeReadOrSentAnyMore() throws Exception {
    int descriptor = SystemCalls.descriptor(near);
    near.configureBlocking(false);
    assertThat(SystemCalls.isReset(descriptor)).as("open").isFalse();

    far.write(ByteBuffer.wrap(new byte[] {'a'}));
    assertThat(SystemCalls.isReset(descriptor)).as("open, with a byte").isFalse();

    far.setOption(StandardSocketOptions.SO_LINGER, 0);
    far.close();
    assertThat(SystemCalls.isReset(descriptor)).as("a byte is left").isFalse();
    assertThat(receive()).isEqualTo(1);
    assertThat(SystemCalls.isReset(descriptor)).isTrue();
  }

  @Test
  void isReset_notWhenTheOtherSideOnlySendsNoMore() throws Exception {
    near.configureBlocking(false);
    far.shutdownOutput();

    assertThat(SystemCalls.isReset(SystemCalls.descriptor(near))).isFalse();
  }

  private int receive() {
    return SystemCalls.receive(
        SystemCalls.descriptor(near), SystemCalls.segment(array), array.length);
  }
}
