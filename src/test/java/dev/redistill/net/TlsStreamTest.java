package dev.redistill.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redistill.config.ConfigLoader;
import dev.redistill.resp.ProtocolException;
import dev.redistill.resp.ReplyWriter;
import dev.redistill.resp.RequestBatch;
import dev.redistill.resp.RequestReader;
import dev.redistill.tls.TestIdentity;
import dev.redistill.tls.Tls;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records in any pieces, at any moment, and how the two sides part. */
@Timeout(60)
@ParameterizedClass
@ValueSource(strings = {"bouncycastle", "jdk"})
final class TlsStreamTest {

  private static final TestIdentity IDENTITY = TestIdentity.ofItself("server", "EC");
  private static final String NEWEST = "TLSv1.3";
  private static final int TURNS = 20;

  @Parameter String provider = "";

  @TempDir private Path directory;
  private final Buffers buffers = new Buffers();
  private final RequestReader reader = new RequestReader(() -> 1 << 29);
  private final List<TlsPeer> peers = new ArrayList<>();

  @AfterEach
  void closeAll() throws IOException {
    for (TlsPeer peer : peers) {
      peer.close();
    }
  }

  private TlsPeer peer(String protocol) throws Exception {
    TlsPeer peer = new TlsPeer(protocol);
    peers.add(peer);
    return peer;
  }

  private TlsStream stream(TlsPeer peer) throws IOException {
    IDENTITY.write(directory, "server");
    ConfigLoader loader = new ConfigLoader();
    loader.readOption("tls-port", List.of("1"));
    loader.readOption("tls-cert-file", List.of(directory.resolve("server.crt").toString()));
    loader.readOption("tls-key-file", List.of(directory.resolve("server.key").toString()));
    loader.readOption("tls-auth-clients", List.of("no"));
    loader.readOption("tls-provider", List.of(provider));
    assertThat(loader.check()).as(loader.problems()).isTrue();
    return new TlsStream(peer.server, new Tls(loader.config(), new SecureRandom()).engine());
  }

  /** Reads what arrives; answers how many bytes that were, or -1 at the end. */
  private int read(TlsStream stream) throws IOException {
    return read(stream, 1);
  }

  private int read(TlsStream stream, int wanted) throws IOException {
    int sum = 0;
    while (sum < wanted && TlsPeer.awaits(peers.getFirst().server)) {
      reader.lend(buffers.in);
      int count;
      try {
        count = stream.read(reader, buffers);
      } finally {
        reader.giveBack();
      }
      if (count < 0) {
        return sum == 0 ? -1 : sum;
      }
      sum += count;
    }
    return sum;
  }

  private TlsStream open(TlsPeer peer) throws IOException {
    TlsStream stream = stream(peer);
    for (int i = 0; i < TURNS && !stream.isOpen(); i++) {
      peer.transmit(peer.flight());
      assertThat(read(stream)).isZero();
    }
    assertThat(stream.isOpen()).isTrue();
    peer.endHandshake();
    return stream;
  }

  /** The names of the commands that have come whole. */
  private List<String> requests() throws ProtocolException {
    List<String> names = new ArrayList<>();
    RequestBatch batch = new RequestBatch();
    reader.lend(buffers.in);
    for (int count = reader.read(batch); count > 0; count = reader.read(batch)) {
      for (int i = 0; i < count; i++) {
        names.add(batch.get(i).text(0));
      }
    }
    reader.giveBack();
    return names;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  @ParameterizedTest
  @ValueSource(strings = {NEWEST, "TLSv1.2"})
  void requests_comeThrough(String protocol) throws Exception {
    TlsPeer peer = peer(protocol);
    TlsStream stream = open(peer);
    assertThat(stream.session().getProtocol()).isEqualTo(protocol);

    peer.transmit(peer.records(bytes("PING\r\nECHO a\r\n")));

    assertThat(read(stream)).isEqualTo(14);
    assertThat(requests()).containsExactly("PING", "ECHO");
    assertThat(read(stream)).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {NEWEST, "TLSv1.2"})
  void aHandshakeAndARecord_byteByByte_comeThrough(String protocol) throws Exception {
    TlsPeer peer = peer(protocol);
    TlsStream stream = stream(peer);
    for (int i = 0; i < TURNS && !stream.isOpen(); i++) {
      assertThat(trickle(peer, stream, peer.flight())).isZero();
    }
    assertThat(stream.isOpen()).isTrue();
    peer.endHandshake();

    int plain = trickle(peer, stream, peer.records(bytes("PING\r\n")));

    assertThat(plain).isEqualTo(6);
    assertThat(requests()).containsExactly("PING");
  }

  private int trickle(TlsPeer peer, TlsStream stream, ByteBuffer records) throws IOException {
    int plain = 0;
    while (records.hasRemaining()) {
      peer.transmit(ByteBuffer.wrap(new byte[] {records.get()}));
      if (TlsPeer.awaits(peer.server)) {
        reader.lend(buffers.in);
        plain += stream.read(reader, buffers);
        reader.giveBack();
      }
    }
    return plain;
  }

  @Test
  void severalRecords_andTheBeginningOfAnother_areReadAtOnce() throws Exception {
    TlsPeer peer = peer(NEWEST);
    TlsStream stream = open(peer);
    ByteBuffer first = peer.records(bytes("PING\r\n"));
    ByteBuffer second = peer.records(bytes("TIME\r\n"));
    ByteBuffer third = peer.records(bytes("ROLE\r\n"));
    ByteBuffer rest = third.duplicate().position(third.limit() / 2);
    third.limit(third.limit() / 2);
    peer.transmit(first);
    peer.transmit(second);
    peer.transmit(third);

    assertThat(read(stream, 12)).isEqualTo(12);
    assertThat(requests()).containsExactly("PING", "TIME");

    peer.transmit(rest);
    assertThat(read(stream)).isEqualTo(6);
    assertThat(requests()).containsExactly("ROLE");
  }

  @Test
  void aRequestLargerThanTheBuffer_arrivesWhole() throws Exception {
    TlsPeer peer = peer(NEWEST);
    TlsStream stream = open(peer);
    reader.authenticated(true);
    String value = "x".repeat(5 * Buffers.SIZE);
    String request = "*2\r\n$4\r\nECHO\r\n$" + value.length() + "\r\n" + value + "\r\n";
    peer.transmit(peer.records(bytes(request)));

    assertThat(read(stream, request.length())).isEqualTo(request.length());
    assertThat(requests()).containsExactly("ECHO");
  }

  @Test
  void aReplyLargerThanARecordAndThanTheSocket_arrivesWhole() throws Exception {
    TlsPeer peer = peer(NEWEST);
    TlsStream stream = open(peer);
    ReplyWriter reply = new ReplyWriter();
    byte[] value = new byte[8 << 20];
    new SecureRandom().nextBytes(value);
    reply.bulk(value);
    ByteArrayOutputStream arrived = new ByteArrayOutputStream();
    boolean blocked = false;

    while (arrived.size() < value.length + 12) {
      int written = stream.write(reply, buffers);
      reply.sent(written);
      blocked |= stream.isBlocked();
      if (written == 0 || stream.isBlocked()) {
        arrived.writeBytes(peer.receive());
      }
      assertThat(stream.unsent()).isLessThanOrEqualTo(2 * Buffers.SIZE);
    }

    assertThat(blocked).isTrue();
    assertThat(reply.pending()).isZero();
    byte[] all = arrived.toByteArray();
    assertThat(new String(all, 0, 10, ISO_8859_1)).isEqualTo("$8388608\r\n");
    assertThat(Arrays.equals(all, 10, 10 + value.length, value, 0, value.length)).isTrue();
  }

  @Test
  void aFarewell_isTheEnd_behindWhatCameBefore() throws Exception {
    TlsPeer peer = peer(NEWEST);
    TlsStream stream = open(peer);
    peer.transmit(peer.records(bytes("PING\r\n")));
    peer.sayFarewell();

    assertThat(read(stream)).isEqualTo(6);
    assertThat(requests()).containsExactly("PING");
    int unused = read(stream);
    assertThat(stream.isEnded()).isTrue();
  }

  @Test
  void whoLeavesInTheMiddleOfARecord_isAtTheEnd() throws Exception {
    TlsPeer peer = peer(NEWEST);
    TlsStream stream = open(peer);
    ByteBuffer record = peer.records(bytes("PING\r\n"));
    peer.transmit(record.limit(record.limit() - 1));
    assertThat(read(stream)).isZero();

    peer.leave();

    assertThat(read(stream)).isEqualTo(-1);
    assertThat(requests()).isEmpty();
  }

  @Test
  void ourFarewell_reachesThePeer() throws Exception {
    TlsPeer peer = peer(NEWEST);
    TlsStream stream = open(peer);

    stream.end(buffers);
    byte[] unused = peer.receive();

    assertThat(peer.engine().isInboundDone()).isTrue();
  }

  @Test
  void plainText_isRefused() throws Exception {
    TlsPeer peer = peer(NEWEST);
    TlsStream stream = stream(peer);
    peer.transmit(ByteBuffer.wrap(bytes("*1\r\n$4\r\nPING\r\n")));

    assertThatThrownBy(() -> read(stream)).isInstanceOf(SSLException.class);
    assertThat(stream.isOpen()).isFalse();
  }

  @Test
  void aChangedRecord_isRefusedWithAnAlert() throws Exception {
    TlsPeer peer = peer(NEWEST);
    TlsStream stream = open(peer);
    ByteBuffer record = peer.records(bytes("PING\r\n"));
    int last = record.limit() - 1;
    record.put(last, (byte) (record.get(last) ^ 1));
    peer.transmit(record);

    assertThatThrownBy(() -> read(stream)).isInstanceOf(SSLException.class);
    assertThat(requests()).isEmpty();
    assertThatThrownBy(peer::receive)
        .isInstanceOf(SSLException.class)
        .hasMessageContaining("bad_record_mac");
  }

  @Test
  void whoAsksToShakeHandsAgain_getsNoSecondHandshake() throws Exception {
    TlsPeer peer = peer("TLSv1.2");
    TlsStream stream = open(peer);
    byte[] before = stream.session().getId();

    peer.engine().beginHandshake();
    peer.transmit(peer.flight());

    try {
      for (int i = 0; i < 5; i++) {
        assertThat(read(stream)).isLessThanOrEqualTo(0);
      }
    } catch (SSLException e) {
      assertThat(e).hasMessageMatching(".*(renegotiation|shake hands again).*");
    }
    assertThat(stream.session().getId()).isEqualTo(before);
  }
}
