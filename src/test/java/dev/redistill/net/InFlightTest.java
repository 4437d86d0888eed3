package dev.redistill.net;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redistill.command.Lookahead;
import dev.redistill.command.Session;
import dev.redistill.commands.Console;
import dev.redistill.resp.ProtocolException;
import dev.redistill.resp.ReplyWriter;
import dev.redistill.resp.RequestBatch;
import dev.redistill.resp.RequestReader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Bytes of large requests count while they come, and no longer. */
final class InFlightTest {

  private static final int LARGE = 600_000;
  private static final int ROOM = 1_000_000;
  private static final int BUFFER = 64 * 1024;
  private static final String OOM = "-OOM command not allowed when used memory > 'maxmemory'.\r\n";

  private final Console console = new Console();
  private final ClientMemory clients = new ClientMemory(console.services());

  /** A client that sends one argument of {@link #LARGE} bytes in pieces. */
  private final class Client {
    final FakeLink link = new FakeLink();
    final RequestReader reader = new RequestReader(() -> 512 << 20);
    final ReplyWriter reply = new ReplyWriter();
    final Session session = new Session(console.services(), link, reader, reply);
    final ClientMemory.Share share = clients.share(session);
    final InFlight budget =
        new InFlight(console.services().memory(), console.dispatcher(), session, share);

    Client() {
      reader.budget(budget);
      reader.authenticated(true);
    }

    /** Sends the beginning of a request with so many bytes of its argument. */
    void begin(String command, int bytes) throws ProtocolException {
      String head =
          "*3\r\n$%d\r\n%s\r\n$1\r\nk\r\n$%d\r\n".formatted(command.length(), command, LARGE);
      receive(head.getBytes(US_ASCII));
      receive(new byte[bytes]);
    }

    /** Sends what is missing of it if so many bytes were sent. */
    void end(int sent) throws ProtocolException {
      receive(new byte[LARGE - sent]);
      receive("\r\n".getBytes(US_ASCII));
    }

    /** One turn of a connection. */
    private void receive(byte[] bytes) throws ProtocolException {
      RequestBatch batch = new RequestBatch();
      reader.lend(new byte[BUFFER]);
      reader.append(ByteBuffer.wrap(bytes));
      session.startTurn(console.now());
      while (reader.read(batch) > 0) {
        Lookahead lookahead = new Lookahead();
        lookahead.prepare(session, batch);
        for (int i = 0; i < batch.count(); i++) {
          console.dispatcher().dispatch(session, batch.get(i), lookahead, i);
        }
      }
      session.endTurn(0);
      reader.giveBack();
      link.queryBuffer = reader.waiting();
      share.holds(session.waitingBytes());
    }
  }

  private static String reply(Client client) {
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(client.reply.pending()));
    client.reply.peek(bytes);
    client.reply.sent(bytes.position());
    return new String(bytes.array(), US_ASCII);
  }

  private long used() {
    return console.services().keyspace().meter().used();
  }

  private void limitTo(long bytes) {
    String limit = Long.toString(bytes);
    String[] words = {"CONFIG", "SET", "maxmemory-clients", "0", "maxmemory", limit};
    assertThat(console.run(words)).contains("OK");
  }

  @Test
  void aLargeArgument_countsUntilItsRequestHasRun() throws ProtocolException {
    long before = used();
    Client client = new Client();
    client.begin("ECHO", LARGE / 2);
    assertThat(used() - before).isBetween(LARGE / 2L, LARGE + 1000L);
    client.receive(new byte[LARGE / 4]);
    assertThat(used() - before).isBetween(LARGE * 3L / 4, LARGE + 1000L);
    client.end(LARGE / 4 * 3);
    assertThat(used()).isEqualTo(before);
  }

  @Test
  void aClientThatGoesInTheMiddle_leavesNothing() throws ProtocolException {
    long before = used();
    Client client = new Client();
    client.begin("SET", LARGE / 2);
    assertThat(used()).isGreaterThan(before);
    long held = client.share.leave();
    assertThat(held).isGreaterThanOrEqualTo(LARGE / 2);
    assertThat(used()).isEqualTo(before);
    assertThat(console.services().memory().clients()).isZero();
  }

  @Test
  void ofTwoThatDoNotFitTogether_theSecondIsRefusedWhenItIsWholeAndLaterHasRoom()
      throws ProtocolException {
    long before = used();
    limitTo(before + ROOM);
    Client first = new Client();
    Client second = new Client();
    first.begin("ECHO", LARGE - 10);
    second.begin("ECHO", LARGE - 10);
    assertThat(used() - before).isLessThanOrEqualTo(ROOM);
    assertThat(second.reply.pending()).as("bytes of a reply before the request is whole").isZero();

    second.end(LARGE - 10);
    assertThat(reply(second)).isEqualTo(OOM);
    first.end(LARGE - 10);
    second.begin("ECHO", LARGE - 10);
    assertThat(used() - before).isBetween(LARGE - 10L, (long) ROOM);
    second.end(LARGE - 10);
    assertThat(used()).isEqualTo(before);
  }

  @Test
  void aLargeValue_isStoredWhereItFitsOnce() throws ProtocolException {
    for (int i = 0; i < 19; i++) {
      assertThat(console.run("SET", "filler:" + i, "v".repeat(ROOM))).contains("OK");
    }
    limitTo(used() + ROOM);
    Client client = new Client();
    client.begin("SET", LARGE - 10);
    client.end(LARGE - 10);
    assertThat(reply(client)).isEqualTo("+OK\r\n");
  }

  @Test
  void thoseThatAskAtOnce_neverGetMoreThanThereIs() throws Exception {
    long before = used();
    limitTo(before + ROOM);
    int threads = 4;
    CyclicBarrier together = new CyclicBarrier(threads);
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      for (int round = 0; round < 300; round++) {
        List<Client> asking = new ArrayList<>();
        List<Future<Boolean>> answers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
          Client client = new Client();
          asking.add(client);
          answers.add(
              pool.submit(() -> {
                int unused = together.await();
                client.begin("SET", BUFFER * 3);
                return client.share.held() >= LARGE;
              }));
        }
        int granted = 0;
        for (Future<Boolean> answer : answers) {
          granted += answer.get() ? 1 : 0;
        }
        assertThat(granted).as("granted in round %d", round).isLessThanOrEqualTo(1);
        asking.forEach(client -> client.share.leave());
        assertThat(used()).as("after round %d", round).isEqualTo(before);
      }
    }
  }
}
