package dev.redistill.resp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Replies in both versions of the protocol, sent in whatever pieces the socket takes. */
final class ReplyWriterTest {

  private static String written(boolean resp3, Consumer<ReplyWriter> replies) {
    ReplyWriter writer = new ReplyWriter();
    writer.resp3(resp3);
    replies.accept(writer);
    return drain(writer, 1000);
  }

  private static String drain(ReplyWriter writer, int piece) {
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    ByteBuffer target = ByteBuffer.allocate(piece);
    while (writer.pending() > 0) {
      writer.peek(target.clear());
      target.flip();
      int count = target.remaining();
      sent.write(target.array(), 0, count);
      writer.sent(count);
    }
    return sent.toString(ISO_8859_1);
  }

  private static void bothWrite(String resp2, String resp3, Consumer<ReplyWriter> replies) {
    assertThat(written(false, replies)).isEqualTo(resp2);
    assertThat(written(true, replies)).isEqualTo(resp3);
  }

  @Test
  void replies_haveTheirFormInEachVersion() {
    bothWrite("+OK\r\n", "+OK\r\n", ReplyWriter::ok);
    bothWrite("-ERR a  b\r\n", "-ERR a  b\r\n", reply -> reply.error("ERR a\r\nb"));
    bothWrite("$-1\r\n", "_\r\n", ReplyWriter::nil);
    bothWrite("*-1\r\n", "_\r\n", ReplyWriter::nilArray);
    bothWrite("*4\r\n", "%2\r\n", reply -> reply.map(2));
    bothWrite("*2\r\n", "~2\r\n", reply -> reply.set(2));
    bothWrite("*2\r\n", ">2\r\n", reply -> reply.push(2));
    bothWrite(":1\r\n", "#t\r\n", reply -> reply.bool(true));
    bothWrite("$3\r\n1.5\r\n", ",1.5\r\n", reply -> reply.decimal("1.5"));
    bothWrite("$2\r\n12\r\n", "(12\r\n", reply -> reply.bigNumber("12"));
    bothWrite(
        "$2\r\nhi\r\n", "=6\r\ntxt:hi\r\n", reply -> reply.verbatim("txt", Ascii.bytes("hi")));
    bothWrite(":-12345\r\n", ":-12345\r\n", reply -> reply.integer(-12345));
    bothWrite("*100\r\n", "*100\r\n", reply -> reply.array(100));
  }

  @Test
  void numbers_areWrittenAsJavaWritesThem() {
    long[] edges = {0, 1, -1, 9, 10, 99, 100, 101, 12345, Long.MAX_VALUE, Long.MIN_VALUE};
    for (long edge : edges) {
      for (long number = edge - 1; number != edge + 2; number++) {
        long value = number;
        assertThat(written(false, reply -> reply.integer(value))).isEqualTo(":" + value + "\r\n");
        byte[] text = Ascii.bytes(Long.toString(value));
        assertThat(Ascii.isLong(text, 0, text.length)).isTrue();
        assertThat(Ascii.parseLong(text, 0, text.length)).isEqualTo(value);
      }
    }
  }

  @Test
  void whatIsNoNumber_isNotTakenForOne() {
    for (String text :
        new String[] {
          "",
          "-",
          "+1",
          "01",
          "-0",
          " 1",
          "1 ",
          "9223372036854775808",
          "-9223372036854775809",
          "1.0",
          "99999999999999999999"
        }) {
      assertThat(Ascii.isLong(Ascii.bytes(text), 0, text.length())).as(text).isFalse();
    }
  }

  @Test
  void largeAndSmallValues_areSentInOrderInAnyPieces() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 50; round++) {
      ReplyWriter writer = new ReplyWriter();
      StringBuilder expected = new StringBuilder();
      StringBuilder sent = new StringBuilder();
      for (int i = 0; i < 20; i++) {
        writer.lend(new byte[128]);
        byte[] value =
            new byte[random.nextInt(3) == 0 ? 16_384 + random.nextInt(5) : random.nextInt(50)];
        java.util.Arrays.fill(value, (byte) ('a' + i));
        writer.bulk(value);
        expected.append("$" + value.length + "\r\n" + new String(value, ISO_8859_1) + "\r\n");
        ByteBuffer target = ByteBuffer.allocate(1 + random.nextInt(20_000));
        writer.peek(target);
        int count = random.nextInt(target.position() + 1);
        sent.append(new String(target.array(), 0, count, ISO_8859_1));
        writer.sent(count);
        writer.giveBack();
      }
      sent.append(drain(writer, 1 + random.nextInt(5000)));
      assertThat(sent.toString()).as("seed %d", seed).isEqualTo(expected.toString());
    }
  }

  @Test
  void aFailedCommand_isTakenBackToItsMark() {
    ReplyWriter writer = new ReplyWriter();
    writer.ok();
    long mark = writer.mark();
    writer.array(2);
    writer.bulk(new byte[20_000]);
    writer.rollback(mark);
    writer.error("ERR failed");
    assertThat(drain(writer, 10)).isEqualTo("+OK\r\n-ERR failed\r\n");
  }
}
