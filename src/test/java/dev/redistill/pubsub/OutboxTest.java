package dev.redistill.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redistill.resp.Ascii;
import dev.redistill.resp.Push;
import dev.redistill.resp.ReplyWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class OutboxTest {

  private static final byte[] NOTHING = new byte[0];

  private final AtomicInteger wakeUps = new AtomicInteger();
  private final ReplyWriter reply = new ReplyWriter();
  private long limit;
  private final Outbox outbox = new Outbox(wakeUps::incrementAndGet, () -> limit);

  private static Push message(String text) {
    return new Push(Ascii.bytes("2"), Ascii.bytes("3"), Ascii.bytes(text));
  }

  private String take(long enough) {
    outbox.moveTo(reply, enough);
    ByteBuffer bytes = ByteBuffer.allocate((int) reply.pending());
    reply.peek(bytes);
    reply.sent(bytes.position());
    outbox.left(reply.pending(), false);
    return Ascii.text(bytes.array(), 0, bytes.position());
  }

  @Test
  void messages_comeOutInTheirOrder() {
    outbox.put(message("a"));
    outbox.put(message("b"));
    outbox.put(message("c"));
    assertThat(take(3)).isEqualTo("2a2b");
    outbox.put(message("d"));
    outbox.put(message("e"));
    assertThat(outbox.count()).isEqualTo(3);
    assertThat(take(Long.MAX_VALUE)).isEqualTo("2c2d2e");
    assertThat(outbox.isEmpty()).isTrue();
    assertThat(outbox.bytes()).isZero();
  }

  @Test
  void theVersionOfTheProtocol_isThatOfTheMomentOfSending() {
    outbox.put(message("a"));
    outbox.put(message("b"));
    assertThat(take(1)).isEqualTo("2a");
    reply.resp3(true);
    assertThat(take(Long.MAX_VALUE)).isEqualTo("3b");
  }

  @Test
  void messagesOnlyForResp3_areLeftOutInResp2() {
    outbox.put(new Push(NOTHING, Ascii.bytes("3"), Ascii.bytes("a")));
    outbox.put(message("b"));
    assertThat(take(Long.MAX_VALUE)).isEqualTo("2b");
    assertThat(outbox.messageBytes()).isZero();
  }

  @Test
  void theConnection_isWokenOnceUntilItTakesMessages() {
    outbox.put(message("a"));
    outbox.put(message("b"));
    assertThat(wakeUps).hasValue(1);
    assertThat(take(Long.MAX_VALUE)).hasSize(4);
    outbox.put(message("c"));
    assertThat(wakeUps).hasValue(2);
  }

  @Test
  void tooMuch_breaksIt() {
    limit = 10;
    outbox.put(message("12345"));
    assertThat(outbox.isBroken()).isFalse();
    outbox.put(message("1234"));
    assertThat(outbox.isBroken()).isTrue();
    assertThat(wakeUps).hasValue(2);
    outbox.put(message("x"));
    assertThat(take(Long.MAX_VALUE)).isEmpty();
    assertThat(outbox.isBroken()).isTrue();
    assertThat(outbox.isEmpty()).isFalse();
  }

  @Test
  void repliesThatAreNotSent_countToo() {
    limit = 10;
    outbox.left(8, true);
    outbox.put(message("12"));
    assertThat(outbox.isBroken()).isTrue();
  }

  @Test
  void messagesMovedButNotSent_countToo() {
    limit = 10;
    outbox.put(message("1234"));
    outbox.put(message("1234"));
    outbox.moveTo(reply, 1);
    outbox.left(reply.pending(), true);
    assertThat(outbox.bytes()).isEqualTo(10);
    outbox.put(message("x"));
    assertThat(outbox.isBroken()).isTrue();
  }

  @Test
  void much_isALagUnlessTheClientDoesNotRead() {
    outbox.put(message("m".repeat(1 << 18)));
    assertThat(outbox.isLagging()).isTrue();
    outbox.left(1, true);
    assertThat(outbox.isLagging()).isFalse();
  }

  @Test
  void whatCameBeforeASubscriptionEnded_isStillTold() {
    Subscription subscription = new Subscription(outbox);
    assertThat(subscription.send(message("a"))).isFalse();
    outbox.collect();
    subscription.end();
    assertThat(subscription.send(message("b"))).isFalse();
    outbox.put(message("c"));
    assertThat(take(Long.MAX_VALUE)).isEqualTo("2a2c");
    assertThat(outbox.count()).isZero();
  }

  @Test
  void producers_loseNothingAndKeepTheirOrder() throws InterruptedException {
    int each = 20_000;
    List<Thread> producers = new ArrayList<>();
    for (String producer : List.of("a", "b", "c")) {
      producers.add(
          Thread.ofPlatform()
              .start(() -> {
                for (int i = 0; i < each; i++) {
                  outbox.put(message(producer + i + " "));
                }
              }));
    }
    StringBuilder taken = new StringBuilder();
    while (producers.stream().anyMatch(Thread::isAlive)) {
      taken.append(take(1 << 16));
    }
    for (Thread producer : producers) {
      producer.join();
    }
    while (!outbox.isEmpty()) {
      taken.append(take(Long.MAX_VALUE));
    }
    int[] next = new int[3];
    for (String message : taken.toString().split(" ", -1)) {
      if (!message.isEmpty()) {
        int producer = message.charAt(1) - 'a';
        assertThat(message.substring(2)).isEqualTo(Integer.toString(next[producer]++));
      }
    }
    assertThat(next).containsExactly(each, each, each);
    assertThat(outbox.bytes()).isZero();
  }
}
