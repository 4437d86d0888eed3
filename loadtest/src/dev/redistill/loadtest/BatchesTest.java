package dev.redistill.loadtest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redistill.loadtest.Workload.Mode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class BatchesTest {
  private static final int PIPELINE = 16;

  @Test
  void everyBatch_isOnePipelineOfWholeRequests() {
    Batches batches = build(new Workload(Mode.GET_SET, 50, 1_000, 0, 3, PIPELINE, 1));
    assertThat(batches.count()).isEqualTo(65_536 / PIPELINE);
    for (int batch = 0; batch < batches.count(); batch += 100) {
      assertThat(requests(batches, batch))
          .hasSize(PIPELINE)
          .allMatch(request -> request.matches("GET key:0{9}\\d{3}|SET key:0{9}\\d{3} xxx"));
    }
  }

  @Test
  void getPercent_isTheShareOfGet() {
    Batches batches = build(new Workload(Mode.GET_SET, 90, 1_000, 0, 3, PIPELINE, 1));
    int gets = 0;
    for (int batch = 0; batch < batches.count(); batch++) {
      gets += (int) requests(batches, batch).stream().filter(r -> r.startsWith("GET")).count();
    }
    assertThat(gets / (double) (batches.count() * PIPELINE)).isBetween(0.89, 0.91);
  }

  @Test
  void keys_areAllWithinTheWorkload() {
    Set<String> keys = new HashSet<>();
    Batches batches = build(new Workload(Mode.GET_SET, 100, 100, 0, 3, PIPELINE, 1));
    for (int batch = 0; batch < batches.count(); batch++) {
      requests(batches, batch).forEach(request -> keys.add(request.substring(4)));
    }
    assertThat(keys).hasSize(100).contains("key:000000000000", "key:000000000099");
  }

  @Test
  void otherModes_writeTheirCommands() {
    assertThat(requests(build(new Workload(Mode.INCR, 0, 10, 0, 3, 2, 1)), 0))
        .hasSize(2)
        .allMatch(request -> request.matches("INCR key:0{11}\\d"));
    assertThat(requests(build(new Workload(Mode.PING, 0, 10, 0, 3, 2, 1)), 0))
        .containsExactly("PING", "PING");
    assertThat(requests(build(new Workload(Mode.MSET, 0, 10, 0, 3, 2, 1)), 1))
        .hasSize(2)
        .allMatch(request -> request.matches("MSET( key:0{11}\\d xxx){10}"));
  }

  @Test
  void hashModes_writeTheirCommands() {
    assertThat(requests(build(new Workload(Mode.HASH, 100, 10, 0, 3, 2, 1)), 0))
        .allMatch(request -> request.matches("HGET key:0{11}\\d field:000[0-4]"));
    assertThat(requests(build(new Workload(Mode.HASH, 0, 10, 0, 3, 2, 1)), 0))
        .allMatch(request -> request.matches("HSET key:0{11}\\d field:000[0-4] xxx"));
    assertThat(requests(build(new Workload(Mode.FIELD, 50, 10, 0, 3, 16, 1)), 0))
        .hasSize(16)
        .allMatch(request -> request.matches("HGET hash key:0{11}\\d|HSET hash key:0{11}\\d xxx"));
    assertThat(requests(build(new Workload(Mode.FIELD_INCR, 0, 10, 0, 3, 2, 1)), 0))
        .allMatch(request -> request.matches("HINCRBY hash key:0{11}\\d 1"));
    assertThat(requests(build(new Workload(Mode.FIELD_DEL, 0, 10, 0, 3, 16, 1)), 0))
        .allMatch(request -> request.matches("HDEL hash key:0{11}\\d|HSET hash key:0{11}\\d xxx"));
  }

  @Test
  void keysOfACache_changeWheneverABatchIsSent() {
    Batches batches = build(new Workload(Mode.CACHE, 50, 20_000_000, 0, 3, PIPELINE, 1));
    ByteBuffer view = batches.view();
    List<String> first = requests(batches, view, 7);
    int next = batches.renew(view, 7, batches.firstKey(7));
    List<String> second = requests(batches, view, 7);
    assertThat(batches.renew(view, 7, next)).isEqualTo(next + PIPELINE);
    List<String> third = requests(batches, view, 7);
    assertThat(commands(second)).isEqualTo(commands(first)).isEqualTo(commands(third));
    assertThat(Set.of(first, second, third)).hasSize(3);
    assertThat(second)
        .allMatch(request -> request.matches("GET key:0{4}\\d{8}|SET key:0{4}\\d{8} xxx"));
    assertThat(requests(batches, batches.view(), 7)).isEqualTo(first);
  }

  @Test
  void largeValues_limitTheNumberOfBatches() {
    Batches batches = build(new Workload(Mode.GET_SET, 0, 100_000, 0, 1 << 20, 4, 1));
    assertThat(batches.count()).isBetween(30, 33);
    assertThat(requests(batches, batches.count() - 1)).hasSize(4);
  }

  @Test
  void replies_mustBeOfTheKindAndLengthAskedFor() {
    Batches gets = build(new Workload(Mode.GET_SET, 100, 10, 0, 3, 2, 1));
    assertThat(gets.isAnsweredBy(0, replies("$3\r\nabc\r\n$3\r\nabc\r\n"))).isTrue();
    assertThat(gets.isAnsweredBy(0, replies("$3\r\nabc\r\n$-1\r\n"))).isFalse();
    assertThat(gets.isAnsweredBy(0, replies("$3\r\nabc\r\n$2\r\nab\r\n"))).isFalse();
    assertThat(gets.isAnsweredBy(0, replies("$3\r\nabc\r\n+OK\r\n"))).isFalse();
    assertThat(gets.isAnsweredBy(0, replies("$3\r\nabc\r\n-ERR\r\n"))).isFalse();

    Batches cached = build(new Workload(Mode.CACHE, 100, 10, 0, 3, 2, 1));
    assertThat(cached.isAnsweredBy(0, replies("$3\r\nabc\r\n$-1\r\n"))).isTrue();
    assertThat(cached.isAnsweredBy(0, replies("$-1\r\n$2\r\nab\r\n"))).isFalse();
    assertThat(cached.isAnsweredBy(0, replies("$3\r\nabc\r\n+OK\r\n"))).isFalse();

    Batches increments = build(new Workload(Mode.INCR, 0, 10, 0, 3, 2, 1));
    assertThat(increments.isAnsweredBy(0, replies(":1\r\n:2\r\n"))).isTrue();
    assertThat(increments.isAnsweredBy(0, replies(":1\r\n+OK\r\n"))).isFalse();

    Batches fields = build(new Workload(Mode.HASH, 0, 10, 0, 3, 2, 1));
    assertThat(fields.isAnsweredBy(0, replies(":0\r\n:0\r\n"))).isTrue();
    assertThat(fields.isAnsweredBy(0, replies(":0\r\n+OK\r\n"))).isFalse();

    Batches sets = build(new Workload(Mode.GET_SET, 0, 10, 0, 3, 2, 1));
    assertThat(sets.isAnsweredBy(0, replies("+OK\r\n+OK\r\n"))).isTrue();
    assertThat(sets.isAnsweredBy(0, replies("+OK\r\n:1\r\n"))).isFalse();
  }

  @Test
  void sameSeed_givesTheSameRequests() {
    Workload workload = new Workload(Mode.GET_SET, 50, 1_000, 0.99, 3, PIPELINE, 1);
    assertThat(build(workload).view()).isEqualTo(build(workload).view());
  }

  private static Batches build(Workload workload) {
    return Batches.build(workload, new SplittableRandom(1));
  }

  private static List<String> commands(List<String> requests) {
    return requests.stream().map(request -> request.substring(0, 3)).toList();
  }

  private static ReplyCounter replies(String text) {
    ReplyCounter counter = new ReplyCounter();
    byte[] bytes = text.getBytes(ISO_8859_1);
    counter.feed(bytes, 0, bytes.length);
    return counter;
  }

  /** The requests of a batch, each as its words; fails on anything that is not well formed. */
  private static List<String> requests(Batches batches, int batch) {
    return requests(batches, batches.view(), batch);
  }

  private static List<String> requests(Batches batches, ByteBuffer all, int batch) {
    ByteBuffer view = all.duplicate();
    view.limit(batches.end(batch)).position(batches.start(batch));
    List<String> requests = new ArrayList<>();
    while (view.hasRemaining()) {
      int words = number(view, '*');
      List<String> request = new ArrayList<>();
      for (int i = 0; i < words; i++) {
        byte[] word = new byte[number(view, '$')];
        view.get(word);
        assertThat(view.get()).isEqualTo((byte) '\r');
        assertThat(view.get()).isEqualTo((byte) '\n');
        request.add(new String(word, ISO_8859_1));
      }
      requests.add(String.join(" ", request));
    }
    return requests;
  }

  private static int number(ByteBuffer view, char type) {
    assertThat((char) view.get()).isEqualTo(type);
    StringBuilder digits = new StringBuilder();
    char c = (char) view.get();
    while (c != '\r') {
      digits.append(c);
      c = (char) view.get();
    }
    assertThat(view.get()).isEqualTo((byte) '\n');
    return Integer.parseInt(digits.toString());
  }
}
