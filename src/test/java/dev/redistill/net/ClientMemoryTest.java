package dev.redistill.net;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redistill.command.Session;
import dev.redistill.commands.Console;
import dev.redistill.config.Settings;
import dev.redistill.resp.ProtocolException;
import dev.redistill.resp.ReplyWriter;
import dev.redistill.resp.RequestBatch;
import dev.redistill.resp.RequestReader;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** What connections hold, and who has to go. */
final class ClientMemoryTest {

  private final Console console = new Console();
  private final ClientMemory memory = new ClientMemory(console.services());

  /** A client of the server. */
  private final class Client {
    final FakeLink link = new FakeLink();
    final RequestReader reader = new RequestReader(() -> 512 << 20);
    final Session session = new Session(console.services(), link, reader, new ReplyWriter());
    final ClientMemory.Share share = memory.share(session);
  }

  @Test
  void whatIsHeld_isCountedAndReturned() {
    Client one = new Client();
    Client other = new Client();
    one.share.holds(100);
    other.share.holds(1000);
    one.share.holds(10);
    assertThat(console.services().memory().clients()).isEqualTo(1010);

    one.share.leave();
    assertThat(console.services().memory().clients()).isEqualTo(1000);
    other.share.leave();
    other.share.leave();
    other.share.holds(5);
    assertThat(console.services().memory().clients()).isZero();
  }

  @Test
  void halfARequest_countsWithTheMemoryKeptForTheRestOfIt() throws ProtocolException {
    Client client = new Client();
    client.reader.authenticated(true);
    ByteBuffer head = ByteBuffer.wrap("*2\r\n$4\r\nECHO\r\n$1000000\r\n".getBytes(US_ASCII));
    client.reader.append(head);
    assertThat(client.reader.read(new RequestBatch())).isZero();
    client.reader.append(ByteBuffer.allocate(600_000));
    client.link.queryBuffer = client.reader.waiting();
    assertThat(client.session.waitingBytes()).isBetween(1_000_000L, 1_000_100L);
    assertThat(client.session.requestBytes()).isBetween(600_000L, 600_100L);
  }

  @Test
  void theLargest_goesFirstAndOnlyAsManyAsNeeded() {
    console.run("CONFIG", "SET", "maxmemory-clients", "1000");
    Client small = new Client();
    Client large = new Client();
    Client last = new Client();
    small.share.holds(200);
    large.share.holds(600);
    assertThat(large.link.closed).isFalse();

    last.share.holds(300);
    assertThat(large.link.closed).isTrue();
    assertThat(small.link.closed || last.link.closed).isFalse();
    assertThat(console.services().memory().clients()).isEqualTo(500);
    assertThat(console.services().statistics().evictedClients()).isEqualTo(1);
  }

  @Test
  void whoHasSaidNoEvict_staysEvenIfItIsTheLargest() {
    console.run("CONFIG", "SET", "maxmemory-clients", "1000");
    Client kept = new Client();
    Client other = new Client();
    kept.session.noEvict(true);
    kept.share.holds(5000);
    assertThat(kept.link.closed).isFalse();

    other.share.holds(1);
    assertThat(other.link.closed).isTrue();
    assertThat(kept.link.closed).isFalse();
  }

  @Test
  void whatComesWhileAClientSleeps_isSeenByTheAudit() {
    console.run("CONFIG", "SET", "maxmemory-clients", "1000");
    Client sleeper = new Client();
    sleeper.link.outputBuffer = 900;
    long unused = console.services().memory().survey();
    assertThat(console.services().memory().clients()).isEqualTo(900);
    sleeper.link.outputBuffer = 1100;
    unused = console.services().memory().survey();
    assertThat(sleeper.link.closed).isTrue();
    assertThat(console.services().memory().clients()).isZero();
  }

  @Test
  void theLimit_isBytesOrAShareOfMaxmemoryOrOfTheHeap() {
    var config = console.services().config();
    assertThat(ClientMemory.limit(config, 1000)).isEqualTo(250);
    console.run("CONFIG", "SET", "maxmemory", "4000");
    assertThat(ClientMemory.limit(config, 1000)).isEqualTo(1000);
    console.run("CONFIG", "SET", "maxmemory-clients", "77");
    assertThat(ClientMemory.limit(config, 1000)).isEqualTo(77);
    console.run("CONFIG", "SET", "maxmemory-clients", "0");
    assertThat(ClientMemory.limit(config, 1000)).isZero();
    assertThat(config.number(Settings.MAXMEMORY_CLIENTS)).isZero();
  }
}
