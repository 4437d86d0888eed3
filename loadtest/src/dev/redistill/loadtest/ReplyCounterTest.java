package dev.redistill.loadtest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class ReplyCounterTest {
  private static final String EVERY_KIND =
      """
      +OK
      $5
      hello
      $0

      $-1
      *-1
      -ERR no such thing
      :-42
      :1234567890
      $8
      $-1
      +

      *0
      *3
      :1
      *2
      $1
      a
      $-1
      *0
      +
      """
          .replace("\n", "\r\n");

  private static final int REPLIES = 12;

  @Test
  void everyKind_isCounted() {
    ReplyCounter counter = new ReplyCounter();
    feed(counter, EVERY_KIND);
    assertCounts(counter, "in one piece");
  }

  @Test
  void stream_mayBeCutAtAnyByte() {
    for (int cut = 0; cut <= EVERY_KIND.length(); cut++) {
      ReplyCounter counter = new ReplyCounter();
      feed(counter, EVERY_KIND.substring(0, cut));
      feed(counter, EVERY_KIND.substring(cut));
      assertCounts(counter, "cut at " + cut);
    }
  }

  @Test
  void stream_mayComeByteByByte() {
    ReplyCounter counter = new ReplyCounter();
    for (int i = 0; i < EVERY_KIND.length(); i++) {
      feed(counter, EVERY_KIND.substring(i, i + 1));
    }
    assertCounts(counter, "byte by byte");
  }

  @Test
  void stream_mayComeInAnyPieces() {
    for (long seed = 0; seed < 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      ReplyCounter counter = new ReplyCounter();
      int from = 0;
      while (from < EVERY_KIND.length()) {
        int to = Math.min(EVERY_KIND.length(), from + random.nextInt(12));
        feed(counter, EVERY_KIND.substring(from, to));
        from = to;
      }
      assertCounts(counter, "seed " + seed);
    }
  }

  @Test
  void feed_takesOnlyItsPartOfTheArray() {
    ReplyCounter counter = new ReplyCounter();
    counter.feed(bytes("xx+OK\r\n:1\r\nyy"), 2, 11);
    assertThat(counter.complete()).isEqualTo(2);
  }

  @Test
  void reply_isCompleteOnlyWithItsLastByte() {
    for (String reply :
        new String[] {"+OK\r\n", "$3\r\nabc\r\n", "$-1\r\n", "*2\r\n:1\r\n:2\r\n"}) {
      ReplyCounter counter = new ReplyCounter();
      feed(counter, reply.substring(0, reply.length() - 1));
      assertThat(counter.complete()).as(reply).isZero();
      feed(counter, "\n");
      assertThat(counter.complete()).as(reply).isEqualTo(1);
    }
  }

  @Test
  void reset_keepsWhatIsReadOfAnIncompleteReply() {
    ReplyCounter counter = new ReplyCounter();
    feed(counter, "+OK\r\n$10\r\n01234");
    counter.reset();
    assertThat(counter.complete()).isZero();
    feed(counter, "56789\r\n");
    assertThat(counter.complete()).isEqualTo(1);
    assertThat(counter.simples()).isZero();
  }

  @Test
  void lastError_isTheTextOfTheLastOne() {
    ReplyCounter counter = new ReplyCounter();
    feed(counter, "-ERR the first one, which is longer\r\n-WRONG");
    feed(counter, "TYPE second\r\n");
    assertThat(counter.lastError()).isEqualTo("WRONGTYPE second");
    feed(counter, "-" + "e".repeat(500) + "\r\n");
    assertThat(counter.lastError()).isEqualTo("e".repeat(120));
    assertThat(counter.complete()).isEqualTo(3);
  }

  @Test
  void whatIsNoReply_isRefused() {
    for (String garbage : new String[] {"HTTP/1.1 400\r\n", "?\r\n", "$4x\r\n", "\r\n"}) {
      assertThatThrownBy(() -> feed(new ReplyCounter(), garbage))
          .as(garbage)
          .isInstanceOf(IllegalStateException.class);
    }
  }

  private static void assertCounts(ReplyCounter counter, String how) {
    assertThat(counter.complete()).as(how).isEqualTo(REPLIES);
    assertThat(counter.simples()).as(how).isEqualTo(2);
    assertThat(counter.integers()).as(how).isEqualTo(3);
    assertThat(counter.bulks()).as(how).isEqualTo(4);
    assertThat(counter.bulkBytes()).as(how).isEqualTo(14);
    assertThat(counter.nils()).as(how).isEqualTo(3);
    assertThat(counter.errors()).as(how).isEqualTo(1);
    assertThat(counter.lastError()).as(how).isEqualTo("ERR no such thing");
  }

  private static void feed(ReplyCounter counter, String text) {
    byte[] bytes = bytes(text);
    counter.feed(bytes, 0, bytes.length);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }
}
