package dev.redistill.loadtest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redistill.loadtest.Workload.Mode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class LoadTest {
  private static final Duration SHORT = Duration.ofMillis(150);
  private static final int PIPELINE = 8;
  private static final int REQUEST_LENGTH = 36;
  private static final Workload GETS = new Workload(Mode.GET_SET, 100, 100, 0, 3, PIPELINE, 5);

  @Test
  void rightReplies_areCountedWithTheirLatencies() throws IOException, InterruptedException {
    try (FakeServer server = new FakeServer("$3\r\nabc\r\n");
        Load load = Load.start(server.address(), GETS, drive(2, 0), System::nanoTime)) {
      load.go(SHORT);
      load.stop();
      Load.Sample sample = load.sample();
      Histogram latencies = load.takeLatencies();
      assertThat(load.faults().any()).isFalse();
      assertThat(sample.operations()).isPositive();
      assertThat(latencies.getTotalCount() * PIPELINE).isEqualTo(sample.operations());
      assertThat(server.requests()).isGreaterThanOrEqualTo(sample.operations());
    }
  }

  @Test
  void misses_areCounted() throws IOException, InterruptedException {
    try (FakeServer server = new FakeServer("$-1\r\n");
        Load load = Load.start(server.address(), GETS, drive(1, 0), System::nanoTime)) {
      load.go(SHORT);
      load.stop();
      assertThat(load.faults().misses()).isPositive().isEqualTo(load.sample().operations());
    }
  }

  @Test
  void errors_areCountedAndTheLastIsKept() throws IOException, InterruptedException {
    try (FakeServer server = new FakeServer("-ERR out of order\r\n");
        Load load = Load.start(server.address(), GETS, drive(1, 0), System::nanoTime)) {
      load.go(SHORT);
      load.stop();
      Faults faults = load.faults();
      assertThat(faults.errors()).isPositive().isEqualTo(load.sample().operations());
      assertThat(faults.lastError()).isEqualTo("ERR out of order");
    }
  }

  @Test
  void valuesOfAnotherLength_areFaults() throws IOException, InterruptedException {
    try (FakeServer server = new FakeServer("$4\r\nabcd\r\n");
        Load load = Load.start(server.address(), GETS, drive(1, 0), System::nanoTime)) {
      load.go(SHORT);
      load.stop();
      assertThat(load.faults().wrongBatches() * PIPELINE)
          .isPositive()
          .isEqualTo(load.sample().operations());
    }
  }

  @Test
  void offeredRate_isKept() throws IOException, InterruptedException {
    double rate = 4_000;
    try (FakeServer server = new FakeServer("$3\r\nabc\r\n");
        Load load = Load.start(server.address(), GETS, drive(1, rate), System::nanoTime)) {
      load.go(SHORT);
      Load.Sample before = load.sample();
      load.go(SHORT.multipliedBy(4));
      Load.Sample after = load.sample();
      double seconds = (after.nanos() - before.nanos()) / 1e9;
      double achieved = (after.operations() - before.operations()) / seconds;
      assertThat(achieved).isBetween(rate / 2, rate * 2);
    }
  }

  @Test
  void serverThatClosesAConnection_endsTheLoad() throws IOException, InterruptedException {
    try (FakeServer server = new FakeServer("");
        Load load = Load.start(server.address(), GETS, drive(1, 0), System::nanoTime)) {
      assertThatThrownBy(() -> load.go(Duration.ofSeconds(20)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("the load broke off");
    }
  }

  @Test
  void serverThatAnswersTooMuch_endsTheLoad() throws IOException, InterruptedException {
    try (FakeServer server = new FakeServer("+OK\r\n+OK\r\n");
        Load load = Load.start(server.address(), GETS, drive(1, 0), System::nanoTime)) {
      assertThatThrownBy(() -> load.go(Duration.ofSeconds(20)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("more replies than commands");
    }
  }

  private static Load.Drive drive(int threads, double rate) {
    return new Load.Drive(threads, rate, 1, false);
  }

  /** Gives the same reply to every GET; without a reply it closes the connection. */
  private static final class FakeServer implements AutoCloseable {
    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final AtomicLong requests = new AtomicLong();
    private final String reply;

    FakeServer(String reply) throws IOException {
      this.reply = reply;
      Thread.ofVirtual().start(this::accept);
    }

    InetSocketAddress address() {
      return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    long requests() {
      return requests.get();
    }

    private void accept() {
      try {
        while (true) {
          Socket socket = listener.accept();
          Thread.ofVirtual().start(() -> serve(socket));
        }
      } catch (IOException e) {
        assertThat(listener.isClosed()).isTrue();
      }
    }

    private void serve(Socket socket) {
      try (socket) {
        socket.setTcpNoDelay(true);
        InputStream in = socket.getInputStream();
        OutputStream out = socket.getOutputStream();
        byte[] request = new byte[REQUEST_LENGTH];
        while (!reply.isEmpty() && in.readNBytes(request, 0, REQUEST_LENGTH) == REQUEST_LENGTH) {
          requests.incrementAndGet();
          out.write(reply.getBytes(ISO_8859_1));
        }
      } catch (IOException e) {
        assertThat(e).hasMessageMatching(".*(reset|closed|Broken pipe).*");
      }
    }

    @Override
    public void close() throws IOException {
      listener.close();
    }
  }
}
