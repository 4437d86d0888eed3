package dev.redistill.resp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Requests are found wherever the bytes are cut, and what is no request is refused in Redis' words.
 */
final class RequestReaderTest {

  private static final String MIXED =
      "*2\r\n$3\r\nGET\r\n$1\r\na\r\n\r\nPING\r\n*0\r\n*-1\r\nset  'a b' \"c\\x41\\n\"\n"
          + "*3\r\n$3\r\nSET\r\n$3\r\nk\r\n\r\n$0\r\n\r\n*1\r\n$4\r\nQUIT\r\n";
  private static final List<List<String>> MIXED_REQUESTS =
      List.of(
          List.of("GET", "a"),
          List.of("PING"),
          List.of("set", "a b", "cA\n"),
          List.of("SET", "k\r\n", ""),
          List.of("QUIT"));

  /** Feeds the pieces turn by turn, as a connection does, and collects the requests. */
  private static final class Feed {

    final RequestReader reader = new RequestReader(() -> 1 << 20);
    final List<List<String>> requests = new ArrayList<>();
    private final byte[] lent = new byte[64];
    String failure = "";

    Feed() {
      reader.authenticated(true);
    }

    Feed give(String bytes) {
      return give(bytes.getBytes(ISO_8859_1));
    }

    Feed give(byte[] bytes) {
      reader.lend(lent);
      reader.append(ByteBuffer.wrap(bytes));
      RequestBatch batch = new RequestBatch();
      try {
        while (reader.read(batch) > 0) {
          for (int i = 0; i < batch.count(); i++) {
            requests.add(words(batch.get(i)));
          }
        }
      } catch (ProtocolException e) {
        failure = String.valueOf(e.getMessage());
      }
      reader.giveBack();
      Arrays.fill(lent, (byte) '#');
      return this;
    }

    private static List<String> words(Request request) {
      List<String> words = new ArrayList<>();
      for (int i = 0; i < request.count(); i++) {
        words.add(request.text(i));
      }
      return words;
    }
  }

  @Test
  void requestsOfAllKinds_areFoundInOnePiece() {
    assertThat(new Feed().give(MIXED).requests).isEqualTo(MIXED_REQUESTS);
  }

  @Test
  void requests_areFoundByteByByte() {
    Feed feed = new Feed();
    for (byte b : MIXED.getBytes(ISO_8859_1)) {
      feed.give(new byte[] {b});
    }
    assertThat(feed.requests).isEqualTo(MIXED_REQUESTS);
    assertThat(feed.reader.waiting()).isZero();
  }

  @Test
  void requests_areFoundWhereverTheyAreCut() {
    for (int cut = 0; cut <= MIXED.length(); cut++) {
      Feed feed = new Feed().give(MIXED.substring(0, cut)).give(MIXED.substring(cut));
      assertThat(feed.requests).as("cut at %d", cut).isEqualTo(MIXED_REQUESTS);
    }
  }

  @Test
  void requests_areFoundInRandomPieces() {
    StringBuilder stream = new StringBuilder();
    List<List<String>> expected = new ArrayList<>();
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 300; i++) {
      String value = "v".repeat(random.nextInt(random.nextInt(10) == 0 ? 5000 : 40));
      expected.add(List.of("SET", "key" + i, value));
      stream
          .append("*3\r\n$3\r\nSET\r\n$" + ("key" + i).length() + "\r\nkey" + i + "\r\n$")
          .append(value.length() + "\r\n" + value + "\r\n");
    }
    Feed feed = new Feed();
    for (int at = 0; at < stream.length(); ) {
      int end = Math.min(stream.length(), at + 1 + random.nextInt(700));
      feed.give(stream.substring(at, end));
      at = end;
    }
    assertThat(feed.requests).as("seed %d", seed).isEqualTo(expected);
  }

  @Test
  void anyNegativeCount_isAnEmptyRequest() {
    assertThat(new Feed().give("*-10\r\n*-9223372036854775808\r\nPING\r\n").requests)
        .isEqualTo(List.of(List.of("PING")));
  }

  @Test
  void aVerticalTab_separatesNoWords() {
    assertThat(new Feed().give("\u000bECHO a\u000bb\tc\r\n").requests)
        .isEqualTo(List.of(List.of("ECHO", "a\u000bb", "c")));
  }

  @Test
  void moreRequestsThanABatchHolds_areAllFound() {
    assertThat(new Feed().give("PING\r\n".repeat(1000)).requests).hasSize(1000);
  }

  @Test
  void aDeclaredLength_takesNoMemoryBeforeItsBytesArrive() {
    Feed feed = new Feed().give("*1048576\r\n$1048576\r\nabc");
    assertThat(feed.reader.waiting()).isLessThan(64);
    assertThat(feed.failure).isEmpty();
  }

  @Test
  void whatIsNoRequest_isRefusedAsRedisDoes() {
    String protocol = "ERR Protocol error: ";
    refused("*1048577\r\n", protocol + "invalid multibulk length");
    refused("*+1\r\n", protocol + "invalid multibulk length");
    refused("*01\r\n", protocol + "invalid multibulk length");
    refused("* 1\r\n", protocol + "invalid multibulk length");
    refused("*\r\n", protocol + "invalid multibulk length");
    refused("*99999999999999999999\r\n", protocol + "invalid multibulk length");
    refused("*1\r\n$-1\r\n", protocol + "invalid bulk length");
    refused("*1\r\n$1048577\r\n", protocol + "invalid bulk length");
    refused("*1\r\n$x\r\n", protocol + "invalid bulk length");
    refused("*1\r\n:1\r\n", protocol + "expected '$', got ':'");
    refused("*1\r\n*1\r\n", protocol + "expected '$', got '*'");
    refused("*1\r\n\r\n", protocol + "expected '$', got ' '");
    refused("*1\r\n$4\r\nPINGXX", "ERR Protocol error");
    refused("set \"a\r\n", protocol + "unbalanced quotes in request");
    refused("set 'a'b\r\n", protocol + "unbalanced quotes in request");
    refused("*" + "1".repeat(70_000), protocol + "too big mbulk count string");
    refused("*1\r\n$" + "1".repeat(70_000), protocol + "too big bulk count string");
    refused("a".repeat(70_000), protocol + "too big inline request");
    refused("POST / HTTP/1.1\r\n", "");
  }

  private static void refused(String bytes, String message) {
    Feed whole = new Feed();
    whole.failure = "none";
    assertThat(whole.give(bytes).failure).as(bytes.substring(0, 3)).isEqualTo(message);
    assertThat(whole.requests).isEmpty();
  }

  @Test
  void requestsBeforeWhatIsWrong_areAnsweredFirst() {
    Feed feed = new Feed().give("PING\r\nPING\r\n*1\r\n:1\r\n");
    assertThat(feed.requests).hasSize(2);
    assertThat(feed.failure).isEqualTo("ERR Protocol error: expected '$', got ':'");
  }

  @Test
  void whoHasNotAuthenticated_isHeldToSmallRequests() {
    Feed many = new Feed();
    many.reader.authenticated(false);
    assertThat(many.give("*11\r\n").failure)
        .isEqualTo("ERR Protocol error: unauthenticated multibulk length");
    Feed large = new Feed();
    large.reader.authenticated(false);
    assertThat(large.give("*2\r\n$4\r\nAUTH\r\n$16385\r\n").failure)
        .isEqualTo("ERR Protocol error: unauthenticated bulk length");
    Feed fitting = new Feed();
    fitting.reader.authenticated(false);
    assertThat(fitting.give("*2\r\n$4\r\nAUTH\r\n$1\r\nx\r\n").requests).hasSize(1);
  }
}
